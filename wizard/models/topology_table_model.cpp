#include "models/topology_table_model.h"

#include "base/utf8.h"
#include "diagram/drawing.h"
#include "text/convert.h"

namespace wizard {

TopologyTableModel::TopologyTableModel(TopologyEdits& edits, const Texts& texts, QObject* parent)
    : QAbstractTableModel(parent), edits_(edits), texts_(texts) {}

void TopologyTableModel::refresh() {
    const bool open = edits_.draft().isOpen() && edits_.draft().mode() != nullptr;
    deploy::Inventory drawn = open ? edits_.drawn() : deploy::Inventory();
    auto roles = open ? edits_.placement().carriedRoles() : std::vector<deploy::RoleId>();
    const bool sameShape = drawn.hosts.size() == drawn_.hosts.size() && roles == roles_;
    // Ticks that change keep the person's place in the table.
    if (!sameShape)
        beginResetModel();
    drawn_ = std::move(drawn);
    roles_ = std::move(roles);
    if (!sameShape) {
        endResetModel();
        return;
    }
    if (drawn_.hosts.empty())
        return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

deploy::HostId TopologyTableModel::hostAt(int row) const {
    return drawn_.hosts.at(size_t(row)).name;
}

int TopologyTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(drawn_.hosts.size());
}

int TopologyTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : FirstRole + int(roles_.size());
}

TopologyTableModel::Toggle TopologyTableModel::toggleAt(const QModelIndex& index) const {
    const deploy::RoleId& role = roles_.at(size_t(index.column() - FirstRole));
    const deploy::HostId host = hostAt(index.row());
    if (edits_.draft().content().topology.has(role, host))
        return {{{{role, host}}, {}}, {}, true};
    return {{{{role, {}}}, {}}, {DropPlace::Kind::Server, host, {}}, false};
}

QVariant TopologyTableModel::data(const QModelIndex& index, int role) const {
    const deploy::Host& host = drawn_.hosts.at(size_t(index.row()));
    if (index.column() < FirstRole) {
        const bool shown = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
        return shown ? toQt(deploy::escapeForDisplay(index.column() == Name ? host.name.str()
                                                                            : host.address))
                     : QVariant();
    }
    const Toggle toggle = toggleAt(index);
    const QString name = roleName(texts_, roles_.at(size_t(index.column() - FirstRole)));
    switch (role) {
        case Qt::CheckStateRole:
            return toggle.has ? Qt::Checked : Qt::Unchecked;
        case Qt::ToolTipRole:
        case Qt::AccessibleDescriptionRole:
            return edits_.judge(toggle.load, toggle.place, deploy::Carry::Move).text;
        case Qt::AccessibleTextRole:
            return toggle.has ? tr("%1 has %2").arg(toQt(host.name), name)
                              : tr("%1 does not have %2").arg(toQt(host.name), name);
        default:
            return {};
    }
}

QVariant TopologyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == Name)
        return tr("Server");
    if (section == Address)
        return tr("Address");
    return roleName(texts_, roles_.at(size_t(section - FirstRole)));
}

Qt::ItemFlags TopologyTableModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.column() < FirstRole || !edits_.editable())
        return flags;
    const Toggle toggle = toggleAt(index);
    const bool legal =
        edits_.judge(toggle.load, toggle.place, deploy::Carry::Move).kind == Verdict::Kind::Legal;
    return legal ? flags | Qt::ItemIsUserCheckable : Qt::ItemIsSelectable;
}

bool TopologyTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || index.column() < FirstRole)
        return false;
    const Toggle toggle = toggleAt(index);
    if (toggle.has == (value.toInt() == Qt::Checked))
        return false;
    return edits_.drop(toggle.load, toggle.place, deploy::Carry::Move);
}

}  // namespace wizard
