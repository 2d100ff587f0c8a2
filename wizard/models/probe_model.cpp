#include "models/probe_model.h"

#include <QFont>
#include <algorithm>
#include <map>

#include "text/convert.h"
#include "text/words.h"

namespace wizard {

int rankOf(deploy::CheckStatus status) {
    switch (status) {
        case deploy::CheckStatus::NotApplicable:
            return 0;
        case deploy::CheckStatus::Pass:
            return 1;
        case deploy::CheckStatus::Waived:
            return 2;
        case deploy::CheckStatus::Warning:
            return 3;
        case deploy::CheckStatus::CouldNotCheck:
            return 4;
        case deploy::CheckStatus::Failed:
            return 5;
    }
    return 0;
}

QColor colorOf(deploy::CheckStatus status, const Colors& colors) {
    switch (status) {
        case deploy::CheckStatus::Pass:
            return colors.ok;
        case deploy::CheckStatus::Warning:
        case deploy::CheckStatus::CouldNotCheck:
            return colors.warn;
        case deploy::CheckStatus::Failed:
            return colors.bad;
        case deploy::CheckStatus::Waived:
            return colors.accent;
        case deploy::CheckStatus::NotApplicable:
            return colors.muted;
    }
    return colors.muted;
}

ProbeModel::ProbeModel(const Theme& theme, const Texts& texts, const Assessment& assessment,
                       QObject* parent)
    : TitledTableModel(parent), theme_(theme), texts_(texts), assessment_(assessment) {}

void ProbeModel::setState(const deploy::Inventory& inventory, std::set<deploy::HostId> running) {
    const bool sameServers = inventory == inventory_;
    if (!sameServers)
        beginResetModel();
    inventory_ = inventory;
    running_ = std::move(running);
    if (const auto judgement = assessment_.judgement(); !sameServers || judgement != judgement_) {
        judgement_ = judgement;
        sortChecks();
    }
    if (!sameServers)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void ProbeModel::sortChecks() {
    std::map<deploy::HostId, size_t> rows;
    for (size_t row = 0; row < inventory_.hosts.size(); ++row)
        rows.emplace(inventory_.hosts[row].name, row);
    checkAt_.assign(inventory_.hosts.size() * kCategories, {});
    const auto& checks = judgement_->checks;
    for (size_t i = 0; i < checks.size(); ++i)
        // While many servers are being judged, what was said before may be of one that is gone.
        if (const auto row = rows.find(checks[i].host); row != rows.end())
            checkAt_[row->second * kCategories + size_t(checks[i].category)].push_back(i);
}

deploy::HostId ProbeModel::hostAt(int row) const {
    return row >= 0 && row < rowCount() ? inventory_.hosts[size_t(row)].name : deploy::HostId();
}

std::vector<deploy::CheckResult> ProbeModel::checksAt(const QModelIndex& index) const {
    std::vector<deploy::CheckResult> found;
    if (index.row() < 0 || index.row() >= rowCount())
        return found;
    const int only = index.column() - FirstCategory;
    for (int category = std::max(only, 0); category < (only < 0 ? kCategories : only + 1);
         ++category)
        for (const size_t i : checkAt_[size_t(index.row()) * kCategories + size_t(category)])
            found.push_back(judgement_->checks[i]);
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return rankOf(a.status) > rankOf(b.status);
    });
    return found;
}

int ProbeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(inventory_.hosts.size());
}

int ProbeModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : FirstCategory + kCategories;
}

QVariant ProbeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const deploy::Host& host = inventory_.hosts[size_t(index.row())];
    if (index.column() >= FirstCategory)
        return categoryData(host.name, index, role);
    if (role == Qt::FontRole && index.column() == Server) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
        case Server:
            return toQt(host.name);
        case Address:
            return toQt(host.address);
        default: {
            const auto it = assessment_.outcomes().find(host.name);
            if (it == assessment_.outcomes().end() || !it->second)
                return QString();
            return toQt(it->second->osName.value_or(it->second->osId.value_or("")));
        }
    }
}

QString ProbeModel::cellText(const deploy::HostId& host,
                             const std::vector<deploy::CheckResult>& checks) const {
    const deploy::CheckResult& worst = checks.front();
    if (rankOf(worst.status) <= rankOf(deploy::CheckStatus::Pass))
        return {};
    // Without facts nothing was measured: the login's cell speaks for the others.
    const auto outcome = assessment_.outcomes().find(host);
    if (outcome == assessment_.outcomes().end() || !outcome->second)
        return worst.status == deploy::CheckStatus::Failed ? wordOf(worst.status) : QString();
    const auto alike = std::count_if(checks.begin(), checks.end(), [&](const auto& check) {
        return check.status == worst.status;
    });
    if (alike > 1 && worst.status == deploy::CheckStatus::Warning)
        return tr("%1 warnings").arg(alike);
    if (alike > 1)
        return tr("%1 %2").arg(alike).arg(wordOf(worst.status));
    return worst.measured.empty() ? wordOf(worst.status) : toQt(worst.measured);
}

QVariant ProbeModel::categoryData(const deploy::HostId& host, const QModelIndex& index,
                                  int role) const {
    const Colors& colors = theme_.colors();
    if (running_.contains(host)) {
        if (role == Qt::DisplayRole)
            return QStringLiteral("…");
        if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
            return tr("being probed");
        return role == Qt::ForegroundRole ? QVariant(colors.muted) : QVariant();
    }
    const auto outcome = assessment_.outcomes().find(host);
    const bool probed = outcome != assessment_.outcomes().end();
    // Nothing failed: a person is to say whether it is the right server.
    const bool unknown = probed && !outcome->second &&
                         outcome->second.error().code == deploy::ErrorCode::SshHostKeyUnknown;
    if (unknown && index.column() == FirstCategory + int(deploy::CheckCategory::Access)) {
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
            return tr("to confirm");
        if (role == Qt::DecorationRole)
            return themedIcon(shapeOf(deploy::CheckStatus::CouldNotCheck), colors.warn);
        return role == Qt::ForegroundRole ? QVariant(colors.warn) : QVariant();
    }
    const auto checks = probed && !unknown ? checksAt(index) : std::vector<deploy::CheckResult>();
    if (checks.empty()) {
        if (role == Qt::DisplayRole)
            return QStringLiteral("·");
        if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
            return tr("not probed yet");
        return role == Qt::ForegroundRole ? QVariant(colors.muted) : QVariant();
    }
    const deploy::CheckResult& worst = checks.front();
    const QColor color = colorOf(worst.status, colors);
    switch (role) {
        case Qt::DecorationRole:
            return themedIcon(shapeOf(worst.status), color);
        case Qt::DisplayRole:
            return cellText(host, checks);
        case Qt::ForegroundRole:
            return color;
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole: {
            QStringList lines;
            for (const deploy::CheckResult& check : checks)
                lines << labelled(wordOf(check.status),
                                  texts_.text("check." + check.id.str() + ".title", check.args));
            return lines.join(QLatin1Char('\n'));
        }
        default:
            return {};
    }
}

QString ProbeModel::columnTitle(int column) const {
    switch (column) {
        case Server:
            return tr("Server");
        case Address:
            return tr("Address");
        case System:
            return tr("Operating system");
        default:
            return wordOf(deploy::CheckCategory(column - FirstCategory));
    }
}

}  // namespace wizard
