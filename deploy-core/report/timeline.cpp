#include "report/timeline.h"

#include <array>

namespace deploy {

namespace {

bool endsStep(EventKind kind) {
    return kind == EventKind::StepSucceeded || kind == EventKind::StepFailed;
}

bool beginsProgram(EventKind kind) {
    return kind == EventKind::RunStarted || kind == EventKind::RunResumed;
}

std::string argument(const Event& event, const std::string& name) {
    const auto found = event.args.find(name);
    return found == event.args.end() ? std::string() : found->second;
}

std::optional<std::chrono::milliseconds> durationOf(const ReportRun& run, const StepLine& line) {
    const Event* begin = nullptr;
    bool sameProgram = true;
    bool endSeen = false;
    std::optional<std::chrono::milliseconds> monotonic;
    for (const Event& event : run.events) {
        if (beginsProgram(event.kind))
            sameProgram = false;
        if (event.step != line.step)
            continue;
        if (event.kind == EventKind::StepStarted) {
            begin = &event;
            sameProgram = true;
            monotonic.reset();
        }
        if (endsStep(event.kind))
            endSeen = true;
        else if (event.kind == EventKind::StepStarted || event.kind == EventKind::StepDecided)
            endSeen = false;
        if (endsStep(event.kind) && begin != nullptr && sameProgram)
            monotonic = std::chrono::milliseconds(event.steadyMs - begin->steadyMs);
    }
    if (!endSeen)
        return std::nullopt;
    if (monotonic)
        return monotonic;
    if (line.startedAt && line.finishedAt && *line.finishedAt >= *line.startedAt)
        return *line.finishedAt - *line.startedAt;
    return std::nullopt;
}

std::string skipReason(const ReportRun& run, const StepId& step) {
    std::string reason;
    for (const Event& event : run.events)
        if (event.kind == EventKind::StepSkipped && event.step == step)
            reason = argument(event, "reason");
    return reason;
}

std::optional<WallTime> known(WallTime time) {
    return time == WallTime{} ? std::nullopt : std::optional(time);
}

std::optional<Incident::Kind> kindOf(EventKind kind) {
    switch (kind) {
        case EventKind::RunResumed:
            return Incident::Kind::Resumed;
        case EventKind::StopRequested:
            return Incident::Kind::StopRequested;
        case EventKind::ServerFailed:
            return Incident::Kind::ServerFailed;
        case EventKind::StepFailed:
            return Incident::Kind::StepFailed;
        case EventKind::StepAttached:
            return Incident::Kind::StepAttached;
        case EventKind::StepDecided:
            return Incident::Kind::StepDecided;
        default:
            return std::nullopt;
    }
}

}  // namespace

std::vector<StepLine> stepLinesOf(const ReportRun& run) {
    std::vector<StepLine> lines;
    for (const Step& step : run.plan.steps) {
        const StepState state = run.state.step(step.id);
        StepLine line;
        line.step = step.id;
        line.host = step.host;
        line.stage = step.stage;
        line.title = step.title;
        line.args = step.args;
        line.status = state.status;
        line.attempt = state.attempt;
        line.startedAt = known(state.startedAt);
        line.finishedAt = known(state.finishedAt);
        line.error = state.error;
        if (state.status == StepStatus::Skipped)
            line.reason = skipReason(run, step.id);
        else
            line.duration = durationOf(run, line);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<Incident> incidentsOf(const ReportRun& run) {
    std::vector<Incident> incidents;
    const Event* last = nullptr;
    const auto cut = [&] { return last != nullptr && last->kind != EventKind::RunFinished; };
    for (const Event& event : run.events) {
        if (event.kind == EventKind::RunResumed && cut())
            incidents.push_back({Incident::Kind::Interrupted, last->at, {}, {}, {}, {}});
        if (const auto kind = kindOf(event.kind))
            incidents.push_back({*kind, event.at, event.host, event.step, event.args, event.error});
        last = &event;
    }
    if (cut())
        incidents.push_back({Incident::Kind::Interrupted, last->at, {}, {}, {}, {}});
    return incidents;
}

std::string incidentName(Incident::Kind kind) {
    static constexpr std::array kNames = {"interrupted",   "resumed",     "stop_requested",
                                          "server_failed", "step_failed", "step_attached",
                                          "step_decided"};
    return kNames.at(static_cast<size_t>(kind));
}

WallTime beginOf(const ReportRun& run) {
    return run.events.empty() ? run.state.startedAt : run.events.front().at;
}

WallTime endOf(const ReportRun& run) {
    return run.events.empty() ? run.state.finishedAt : run.events.back().at;
}

}  // namespace deploy
