#include "models/run_model.h"

#include <QFont>
#include <algorithm>
#include <cmath>
#include <set>

#include "text/convert.h"
#include "text/words.h"

namespace wizard {

namespace {

/// Which of two statuses a cell shows.
int urgency(deploy::StepStatus status) {
    switch (status) {
        case deploy::StepStatus::Succeeded:
        case deploy::StepStatus::Skipped:
            return 0;
        case deploy::StepStatus::Waiting:
            return 1;
        case deploy::StepStatus::Running:
            return 2;
        case deploy::StepStatus::Unknown:
            return 3;
        case deploy::StepStatus::Failed:
            return 4;
    }
    return 0;
}

bool isDone(deploy::StepStatus status) {
    return status == deploy::StepStatus::Succeeded || status == deploy::StepStatus::Skipped;
}

}  // namespace

RunModel::RunModel(const Theme& theme, const Texts& texts, QObject* parent)
    : TitledTableModel(parent), theme_(theme), texts_(texts) {}

void RunModel::setRun(const deploy::Plan& plan, const deploy::RunState& state) {
    beginResetModel();
    plan_ = plan;
    state_ = state;
    progress_.clear();
    servers_.clear();
    stages_.clear();
    std::set<deploy::HostId> seen;
    for (const deploy::Step& step : plan_.steps) {
        if (seen.insert(step.host).second)
            servers_.push_back(step.host);
        if (std::find(stages_.begin(), stages_.end(), step.stage) == stages_.end())
            stages_.push_back(step.stage);
    }
    std::sort(stages_.begin(), stages_.end());
    sortSteps();
    endResetModel();
}

void RunModel::sortSteps() {
    std::map<deploy::HostId, size_t> rows;
    for (const deploy::HostId& host : servers_)
        rows.emplace(host, rows.size());
    const size_t width = stages_.size() + 1;
    cells_.assign(servers_.size() * width, {});
    for (const deploy::Step& step : plan_.steps) {
        const size_t row = rows.at(step.host) * width;
        const auto stage = std::lower_bound(stages_.begin(), stages_.end(), step.stage);
        cells_[row].push_back(&step);
        cells_[row + 1 + size_t(stage - stages_.begin())].push_back(&step);
    }
}

void RunModel::apply(const deploy::Event& event) {
    deploy::apply(state_, event);
    if (!event.step.empty())
        progress_.erase(event.step);
    repaintAll();
}

void RunModel::apply(const deploy::StepProgress& progress) {
    progress_[progress.step] = progress;
    repaintAll();
}

void RunModel::repaintAll() {
    if (rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, std::max(0, columnCount() - 1));
}

const std::vector<const deploy::Step*>& RunModel::stepsAt(const QModelIndex& index) const {
    static const std::vector<const deploy::Step*> kNone;
    if (!index.isValid() || index.row() >= rowCount())
        return kNone;
    return cells_[size_t(index.row()) * (stages_.size() + 1) + size_t(index.column())];
}

RunModel::Cell RunModel::cellAt(const QModelIndex& index) const {
    Cell cell;
    double sum = 0;
    for (const deploy::Step* step : stepsAt(index)) {
        const deploy::StepStatus status = state_.step(step->id).status;
        if (cell.steps == 0 || urgency(status) > urgency(cell.status))
            cell.status = status;
        ++cell.steps;
        if (isDone(status)) {
            ++cell.done;
            sum += 1;
            continue;
        }
        const auto it = progress_.find(step->id);
        if (it == progress_.end())
            continue;
        cell.stalled = cell.stalled || it->second.stalled;
        if (status != deploy::StepStatus::Running)
            continue;
        cell.slow = cell.slow || it->second.slow;
        if (it->second.totalBytes > 0)
            sum += double(it->second.doneBytes) / double(it->second.totalBytes);
    }
    cell.fraction = cell.steps > 0 ? sum / cell.steps : 0;
    // Some done and some waiting: it is under way between two steps.
    if (cell.status == deploy::StepStatus::Waiting && cell.done > 0 &&
        state_.outcome == deploy::RunOutcome::Running)
        cell.status = deploy::StepStatus::Running;
    return cell;
}

int RunModel::doneSteps() const {
    return int(std::count_if(plan_.steps.begin(), plan_.steps.end(), [&](const auto& step) {
        return isDone(state_.step(step.id).status);
    }));
}

uint64_t RunModel::doneBytes() const {
    uint64_t bytes = 0;
    for (const deploy::Step& step : plan_.steps) {
        const auto* put = std::get_if<deploy::PutFile>(&step.action);
        const auto it = progress_.find(step.id);
        if (put != nullptr && isDone(state_.step(step.id).status))
            bytes += put->size;
        else if (it != progress_.end())
            bytes += it->second.doneBytes;
    }
    return bytes;
}

double RunModel::leftOf(const deploy::Step& step) const {
    if (isDone(state_.step(step.id).status))
        return 0;
    const auto whole = double(step.estimate.count());
    const auto it = progress_.find(step.id);
    if (it == progress_.end() || it->second.totalBytes == 0)
        return whole;
    return whole * (1 - double(it->second.doneBytes) / double(it->second.totalBytes));
}

qint64 RunModel::remainingSeconds() const {
    // The plan's order puts each step behind those that it needs.
    std::map<deploy::StepId, double> ends;
    std::map<deploy::HostId, double> busyUntil;
    double longest = 0;
    for (const deploy::Step& step : plan_.steps) {
        const double left = leftOf(step);
        if (left == 0)
            continue;
        double& end = busyUntil[step.host];
        for (const deploy::StepId& need : step.needs)
            if (const auto it = ends.find(need); it != ends.end())
                end = std::max(end, it->second);
        end += left;
        ends[step.id] = end;
        longest = std::max(longest, end);
    }
    return qint64(std::ceil(longest));
}

std::vector<const deploy::Step*> RunModel::runningSteps() const {
    std::vector<const deploy::Step*> found;
    for (const deploy::Step& step : plan_.steps)
        if (state_.step(step.id).status == deploy::StepStatus::Running)
            found.push_back(&step);
    return found;
}

const deploy::ServerState* RunModel::server(int row) const {
    const auto it = state_.servers.find(servers_[size_t(row)]);
    return it == state_.servers.end() ? nullptr : &it->second;
}

int RunModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(servers_.size());
}

int RunModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(stages_.size()) + 1;
}

QVariant RunModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (index.column() == 0) {
        const deploy::ServerState* one = server(index.row());
        const bool failed = one != nullptr && one->error;
        if (role == Qt::DisplayRole)
            return toQt(servers_[size_t(index.row())]);
        if (role == Qt::DecorationRole && failed)
            return themedIcon(QStringLiteral("cross"), theme_.colors().bad);
        if (role == Qt::ToolTipRole && failed)
            return texts_.describe(*one->error);
        if (role == Qt::FontRole) {
            QFont bold;
            bold.setBold(true);
            return bold;
        }
        return {};
    }
    const Cell cell = cellAt(index);
    if (role == kCellRole)
        return int(cell.fraction * 1000);
    if (cell.steps == 0)
        return {};
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
        return tr("%1, %2 of %3 steps").arg(wordOf(cell.status)).arg(cell.done).arg(cell.steps);
    return {};
}

QString RunModel::columnTitle(int column) const {
    if (column == 0)
        return tr("Server");
    return texts_.text("stage." + deploy::stageName(stages_[size_t(column - 1)]));
}

}  // namespace wizard
