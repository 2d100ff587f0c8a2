#include "models/import_model.h"

#include <QFont>
#include <algorithm>

#include "inventory/columns.h"
#include "models/server_table_model.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

using deploy::ImportEffect;

ImportModel::ImportModel(const Theme& theme, const Texts& texts, QObject* parent)
    : TitledTableModel(parent), theme_(theme), texts_(texts) {}

void ImportModel::setImport(const deploy::InventoryImport& import,
                            const deploy::Inventory& present) {
    beginResetModel();
    import_ = import;
    present_ = present;
    unticked_.clear();
    judge();
    endResetModel();
    Q_EMIT judged();
}

void ImportModel::setMode(deploy::ImportMode mode) {
    mode_ = mode;
    judge();
    repaintAll();
    Q_EMIT judged();
}

void ImportModel::repaintAll() {
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void ImportModel::judge() {
    chosen_.hosts.clear();
    place_.clear();
    errors_.clear();
    for (int row = 0; row < rowCount(); ++row)
        if (!unticked_.contains(row)) {
            place_.emplace(row, chosen_.hosts.size());
            chosen_.hosts.push_back(import_.inventory.hosts[size_t(row)]);
        }
    merged_ = deploy::mergeInventories(present_, chosen_, mode_);
    const auto keep = [&](int row, deploy::CellError error) {
        error.row = size_t(row);
        errors_.try_emplace({row, error.column}, std::move(error));
    };
    for (const deploy::CellError& error : import_.unreadable)
        if (place_.contains(int(error.row)))
            keep(int(error.row), error);
    std::map<size_t, int> rowAt;  // of the list after the import
    for (const auto& [row, place] : place_)
        rowAt.emplace(merged_.rows[place].row, row);
    for (const deploy::CellError& error : deploy::validate(merged_.inventory))
        if (const auto found = rowAt.find(error.row); found != rowAt.end())
            keep(found->second, error);
}

size_t ImportModel::count(ImportEffect effect) const {
    return size_t(
        std::count_if(merged_.rows.begin(), merged_.rows.end(),
                      [effect](const deploy::ImportedRow& row) { return row.effect == effect; }));
}

std::vector<deploy::CellError> ImportModel::errors() const {
    std::vector<deploy::CellError> all;
    for (const auto& [cell, error] : errors_)
        all.push_back(error);
    return all;
}

QString ImportModel::textOf(const deploy::CellError& error) const {
    return texts_.text("inventory." + error.code, error.args);
}

int ImportModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(import_.inventory.hosts.size());
}

int ImportModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 1 + int(deploy::inventoryColumns().size());
}

const deploy::ImportedRow* ImportModel::rowOf(int row) const {
    const auto found = place_.find(row);
    return found == place_.end() ? nullptr : &merged_.rows[found->second];
}

QString ImportModel::effectText(int row) const {
    const deploy::ImportedRow* merged = rowOf(row);
    if (merged == nullptr)
        return tr("left out");
    switch (merged->effect) {
        case ImportEffect::New:
            return tr("new");
        case ImportEffect::Changed:
            return tr("changes");
        case ImportEffect::Same:
            break;
    }
    return tr("as it is");
}

namespace {
/// As the servers page says it.
QString wordsOf(const deploy::Host& host, const std::string& column) {
    if (column == "auth")
        return ServerTableModel::authWords().value(int(host.auth));
    if (column == "sudo")
        return ServerTableModel::sudoWords().value(int(host.sudo));
    return toQt(deploy::cellText(host, column));
}
}  // namespace

QVariant ImportModel::cellData(int row, const std::string& column, int role) const {
    const deploy::Host& host = import_.inventory.hosts[size_t(row)];
    if (role == Qt::DisplayRole)
        return wordsOf(host, column);
    const deploy::ImportedRow* merged = rowOf(row);
    if (merged == nullptr)
        return role == Qt::ForegroundRole ? QVariant(theme_.colors().muted) : QVariant();
    if (const auto found = errors_.find({row, column}); found != errors_.end()) {
        const deploy::CellError& error = found->second;
        const QString place = toQt(error.where);
        if (role == Qt::DecorationRole)
            return themedIcon(QStringLiteral("cross"), theme_.colors().bad);
        if (role == Qt::ForegroundRole)
            return theme_.colors().bad;
        if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
            return place.isEmpty() ? textOf(error) : place + QStringLiteral(": ") + textOf(error);
        return {};
    }
    const auto& changed = merged->columns;
    if (std::find(changed.begin(), changed.end(), column) == changed.end())
        return {};
    const QString before = wordsOf(merged->before, column);
    if (role == Qt::BackgroundRole)
        return theme_.colors().accentSoft;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
        return before.isEmpty() ? tr("Empty so far") : tr("So far: %1").arg(before);
    return {};
}

QVariant ImportModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const int row = index.row();
    if (index.column() > 0)
        return cellData(row, deploy::inventoryColumns()[size_t(index.column() - 1)], role);
    const deploy::ImportedRow* merged = rowOf(row);
    switch (role) {
        case Qt::DisplayRole:
            return effectText(row);
        case Qt::CheckStateRole:
            return merged == nullptr ? Qt::Unchecked : Qt::Checked;
        case Qt::ForegroundRole:
            return merged == nullptr || merged->effect == ImportEffect::Same ? theme_.colors().muted
                   : merged->effect == ImportEffect::New                     ? theme_.colors().ok
                                                         : theme_.colors().accent;
        case Qt::AccessibleTextRole:
            return labelled(toQt(import_.inventory.hosts[size_t(row)].name), effectText(row));
        default:
            return {};
    }
}

QString ImportModel::columnTitle(int column) const {
    if (column == 0)
        return tr("Take");
    return texts_.text("inventory_column." + deploy::inventoryColumns()[size_t(column - 1)]);
}

Qt::ItemFlags ImportModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled;
    return index.column() == 0 ? flags | Qt::ItemIsUserCheckable : flags;
}

bool ImportModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !index.isValid() || index.column() != 0)
        return false;
    if (value.toInt() == Qt::Checked)
        unticked_.erase(index.row());
    else
        unticked_.insert(index.row());
    judge();
    repaintAll();
    Q_EMIT judged();
    return true;
}

}  // namespace wizard
