#include "models/host_key_model.h"

#include <QCollator>
#include <QRegularExpression>
#include <algorithm>

#include "text/convert.h"

namespace wizard {

namespace {
QString arg(const deploy::Error& question, const char* name) {
    const auto it = question.args.find(name);
    return it == question.args.end() ? QString() : toQt(it->second);
}

bool isChanged(const HostKeyModel::Row& row) {
    return row.question.code != deploy::ErrorCode::SshHostKeyUnknown;
}
}  // namespace

HostKeyModel::HostKeyModel(const Theme& theme, QObject* parent)
    : TitledTableModel(parent), theme_(theme) {}

void HostKeyModel::clear() {
    beginResetModel();
    rows_.clear();
    endResetModel();
}

void HostKeyModel::add(const deploy::Host& host, const deploy::Error& question) {
    remove(host.name);
    // They come as they answer; people look for them in the order of their names.
    QCollator order;
    order.setNumericMode(true);
    const auto place = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) {
        return order.compare(toQt(host.name), toQt(row.host.name)) < 0;
    });
    const int at = int(place - rows_.begin());
    beginInsertRows({}, at, at);
    Row& added = *rows_.insert(place, {host, question, false});
    added.confirmed = matchOf(added) == Match::Same;
    endInsertRows();
}

void HostKeyModel::remove(const deploy::HostId& host) {
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (rows_[size_t(row)].host.name != host)
            continue;
        beginRemoveRows({}, row, row);
        rows_.erase(rows_.begin() + row);
        endRemoveRows();
    }
}

std::vector<HostKeyModel::Row> HostKeyModel::confirmed() const {
    std::vector<Row> found;
    std::copy_if(rows_.begin(), rows_.end(), std::back_inserter(found),
                 [](const Row& row) { return row.confirmed; });
    return found;
}

bool HostKeyModel::anyChanged() const {
    return std::any_of(rows_.begin(), rows_.end(), isChanged);
}

bool HostKeyModel::mayBeTicked(const Row& row) const {
    return !isChanged(row) || matchOf(row) == Match::Same;
}

void HostKeyModel::compareWith(const QString& text) {
    static const QRegularExpression form(QStringLiteral("SHA256:[A-Za-z0-9+/]{43}"));
    pasted_.clear();
    for (auto it = form.globalMatch(text); it.hasNext();)
        pasted_ << it.next().captured();
    for (Row& row : rows_)
        row.confirmed = mayBeTicked(row) && (row.confirmed || matchOf(row) == Match::Same);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

HostKeyModel::Match HostKeyModel::matchOf(const Row& row) const {
    if (pasted_.isEmpty())
        return Match::NotCompared;
    return pasted_.contains(arg(row.question, "fingerprint")) ? Match::Same : Match::Absent;
}

int HostKeyModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

int HostKeyModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant HostKeyModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = rows_[size_t(index.row())];
    if (index.column() == Server && role == Qt::CheckStateRole)
        return row.confirmed ? Qt::Checked : Qt::Unchecked;
    const Match match = matchOf(row);
    if (index.column() == Compared && role == Qt::ForegroundRole)
        return match == Match::Same                       ? theme_.colors().ok
               : match == Match::Absent || isChanged(row) ? theme_.colors().bad
                                                          : theme_.colors().muted;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
        case Server:
            return toQt(row.host.name);
        case Address:
            return toQt(row.host.address) + QLatin1Char(':') + QString::number(row.host.port);
        case KeyType:
            return arg(row.question, "key_type");
        case Fingerprint:
            return arg(row.question, "fingerprint");
        default:
            return match == Match::Same     ? tr("✓ the same")
                   : match == Match::Absent ? tr("✕ not among those pasted")
                   : isChanged(row)         ? tr("✕ another key than before")
                                            : tr("not compared");
    }
}

QString HostKeyModel::columnTitle(int column) const {
    switch (column) {
        case Server:
            return tr("Server");
        case Address:
            return tr("Address");
        case KeyType:
            return tr("Kind of key");
        case Fingerprint:
            return tr("Fingerprint");
        default:
            return tr("Compared");
    }
}

Qt::ItemFlags HostKeyModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled;
    if (index.column() == Server && mayBeTicked(rows_[size_t(index.row())]))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

bool HostKeyModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || index.column() != Server)
        return false;
    Row& row = rows_[size_t(index.row())];
    const bool ticked = value.toInt() == Qt::Checked;
    if (ticked && !mayBeTicked(row))
        return false;
    row.confirmed = ticked;
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    return true;
}

}  // namespace wizard
