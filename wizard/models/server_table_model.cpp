#include "models/server_table_model.h"

#include <QFont>
#include <array>

#include "text/convert.h"

namespace wizard {

namespace {

/// The names that the core's cell errors give to the columns.
constexpr std::array<const char*, ServerTableModel::kColumns> kNames{
    "name", "address", "port", "user",       "auth", "key_file",
    "sudo", "secrets", "jump", "datacenter", "notes"};

}  // namespace

ServerTableModel::ServerTableModel(const Theme& theme, const Texts& texts, Access access,
                                   QObject* parent)
    : TitledTableModel(parent), theme_(theme), texts_(texts), access_(access) {}

void ServerTableModel::setInventory(const deploy::Inventory& inventory) {
    const bool sameRows = inventory.hosts.size() == inventory_.hosts.size();
    if (!sameRows)
        beginResetModel();
    inventory_ = inventory;
    errors_ = deploy::validate(inventory_);
    errorAt_.clear();
    for (size_t i = 0; i < errors_.size(); ++i)
        if (const QModelIndex cell = indexOf(errors_[i]); cell.isValid())
            errorAt_.try_emplace({cell.row(), cell.column()}, i);
    if (!sameRows)
        endResetModel();
    else
        repaintAll();
}

void ServerTableModel::setSecrets(const std::map<deploy::HostId, SecretState>& secrets) {
    secrets_ = secrets;
    repaintAll();
}

void ServerTableModel::repaintAll() {
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
}

QModelIndex ServerTableModel::indexOf(const deploy::CellError& error) const {
    for (int column = 0; column < kColumns; ++column)
        if (error.column == kNames[size_t(column)])
            return index(int(error.row), column);
    return {};
}

QString ServerTableModel::textOf(const deploy::CellError& error) const {
    return texts_.text("inventory." + error.code, error.args);
}

int ServerTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(inventory_.hosts.size());
}

int ServerTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QString ServerTableModel::shown(const deploy::Host& host, int column) const {
    switch (column) {
        case Name:
            return toQt(host.name);
        case Address:
            return toQt(host.address);
        case Port:
            return QString::number(host.port);
        case User:
            return toQt(host.user);
        case Auth:
            return choices(host, Auth).value(int(host.auth));
        case KeyFile:
            return toQt(host.keyFile);
        case Sudo:
            return choices(host, Sudo).value(int(host.sudo));
        case Secrets: {
            const auto it = secrets_.find(host.name);
            return it == secrets_.end() ? QString() : wordOf(it->second);
        }
        case Jump:
            return toQt(host.jump);
        case Datacenter:
            return toQt(host.datacenter);
        case Notes:
            return toQt(host.notes);
    }
    return {};
}

QStringList ServerTableModel::authWords() {
    return {tr("SSH agent"), tr("Key file"), tr("Password")};
}

QStringList ServerTableModel::sudoWords() {
    return {tr("None (logs in as root)"), tr("Without password"), tr("With password")};
}

QStringList ServerTableModel::choices(const deploy::Host& host, int column) const {
    if (column == Auth)
        return authWords();
    if (column == Sudo)
        return sudoWords();
    if (column != Jump)
        return {};
    QStringList names{QString()};
    for (const deploy::Host& other : inventory_.hosts)
        if (other.name != host.name)
            names << toQt(other.name);
    return names;
}

const deploy::CellError* ServerTableModel::errorAt(const QModelIndex& index) const {
    const auto found = errorAt_.find({index.row(), index.column()});
    return found == errorAt_.end() ? nullptr : &errors_[found->second];
}

QVariant ServerTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const deploy::Host& host = inventory_.hosts[size_t(index.row())];
    if (role == Qt::DisplayRole || role == Qt::EditRole)
        return shown(host, index.column());
    if (role == kChoicesRole)
        return choices(host, index.column());
    if (role == Qt::FontRole && index.column() == Name) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    const deploy::CellError* error = errorAt(index);
    if (error == nullptr) {
        const auto it = secrets_.find(host.name);
        const bool missing =
            index.column() == Secrets && it != secrets_.end() && it->second == SecretState::Missing;
        return missing && role == Qt::ForegroundRole ? QVariant(theme_.colors().warn) : QVariant();
    }
    switch (role) {
        case Qt::DecorationRole:
            return themedIcon(QStringLiteral("cross"), theme_.colors().bad);
        case Qt::ForegroundRole:
            return theme_.colors().bad;
        case Qt::ToolTipRole:
        case Qt::AccessibleDescriptionRole:
            return textOf(*error);
        default:
            return {};
    }
}

QString ServerTableModel::columnTitle(int column) const {
    const std::array<QString, kColumns> titles{tr("Name"),
                                               tr("Address"),
                                               tr("Port"),
                                               tr("User"),
                                               tr("Log in by"),
                                               tr("Key file"),
                                               tr("Root rights (sudo)"),
                                               tr("Passwords"),
                                               tr("Jump host"),
                                               tr("Datacenter"),
                                               tr("Notes")};
    return titles[size_t(column)];
}

Qt::ItemFlags ServerTableModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled;
    if (access_ == Access::Edit && index.column() != Secrets)
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool ServerTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !index.isValid() || access_ != Access::Edit)
        return false;
    deploy::Host host = inventory_.hosts[size_t(index.row())];
    const QString text = value.toString().trimmed();
    const int choice = int(choices(host, index.column()).indexOf(text));
    switch (index.column()) {
        case Name:
            host.name = deploy::HostId(fromQt(text));
            break;
        case Address:
            host.address = fromQt(text);
            break;
        case Port: {
            // 0 stands for what is no port; the cell then says so.
            bool number = false;
            const uint port = text.toUInt(&number);
            host.port = number && port <= 65535 ? uint16_t(port) : uint16_t(0);
            break;
        }
        case User:
            host.user = fromQt(text);
            break;
        case Auth:
            if (choice < 0)
                return false;
            host.auth = deploy::AuthMethod(choice);
            break;
        case KeyFile:
            host.keyFile = fromQt(text);
            break;
        case Sudo:
            if (choice < 0)
                return false;
            host.sudo = deploy::SudoMode(choice);
            break;
        case Jump:
            host.jump = deploy::HostId(fromQt(text));
            break;
        case Datacenter:
            host.datacenter = fromQt(text);
            break;
        default:
            host.notes = fromQt(text);
    }
    Q_EMIT edited(index.row(), host);
    return true;
}

}  // namespace wizard
