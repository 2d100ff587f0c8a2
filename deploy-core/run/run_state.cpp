#include "run/run_state.h"

namespace deploy {

namespace {

std::string argument(const Event& event, const std::string& name) {
    const auto found = event.args.find(name);
    return found == event.args.end() ? std::string() : found->second;
}

void begin(StepState& step, const Event& event) {
    step.status = StepStatus::Running;
    step.attempt = event.attempt;
    step.digest = event.digest;
    step.startedAt = event.at;
    step.finishedAt = {};
    step.error.reset();
}

void end(StepState& step, const Event& event, StepStatus status) {
    step.status = status;
    if (!event.digest.empty())
        step.digest = event.digest;
    step.finishedAt = event.at;
    step.error = event.error;
}

/// The answer of the server about a step whose end nobody saw.
void decide(StepState& step, const Event& event) {
    const std::string decision = argument(event, "decision");
    if (decision == "succeeded")
        end(step, event, StepStatus::Succeeded);
    else if (decision == "failed")
        end(step, event, StepStatus::Failed);
    else if (decision == "running")
        step.status = StepStatus::Running;
    else
        step.status = StepStatus::Waiting;
}

void skip(StepState& step, const Event& event) {
    // What this very run did stays done by it when a resume finds it so.
    const bool ownWork = step.status == StepStatus::Succeeded && step.digest == event.digest &&
                         argument(event, "reason") == "already_done";
    if (!ownWork)
        end(step, event, StepStatus::Skipped);
}

RunOutcome outcomeOf(const Event& event) {
    const std::string outcome = argument(event, "outcome");
    if (outcome == "succeeded")
        return RunOutcome::Succeeded;
    return outcome == "stopped" ? RunOutcome::Stopped : RunOutcome::Failed;
}

}  // namespace

StepState RunState::step(const StepId& id) const {
    const auto found = steps.find(id);
    return found == steps.end() ? StepState() : found->second;
}

void apply(RunState& state, const Event& event) {
    switch (event.kind) {
        case EventKind::RunStarted:
            state.planDigest = argument(event, "plan_digest");
            state.purpose = argument(event, "purpose");
            state.startedAt = event.at;
            break;
        case EventKind::RunResumed:
            state = interrupted(std::move(state));
            state.outcome = RunOutcome::Running;
            state.finishedAt = {};
            for (auto& [host, server] : state.servers)
                server = {};
            break;
        case EventKind::ServerReady:
            state.servers[event.host] = {true, std::nullopt};
            break;
        case EventKind::ServerFailed:
            state.servers[event.host] = {false, event.error};
            break;
        case EventKind::StepStarted:
            begin(state.steps[event.step], event);
            break;
        case EventKind::StepAttached:
            state.steps[event.step].status = StepStatus::Running;
            break;
        case EventKind::StepDecided:
            decide(state.steps[event.step], event);
            break;
        case EventKind::StepSkipped:
            skip(state.steps[event.step], event);
            break;
        case EventKind::StepSucceeded:
            end(state.steps[event.step], event, StepStatus::Succeeded);
            break;
        case EventKind::StepFailed:
            end(state.steps[event.step], event, StepStatus::Failed);
            break;
        case EventKind::StopRequested:
            break;
        case EventKind::RunFinished:
            state.outcome = outcomeOf(event);
            state.finishedAt = event.at;
            // A server that was lost, or a stop, leaves steps behind that go on without us.
            state = interrupted(std::move(state));
            break;
    }
}

RunState fold(const std::vector<Event>& events) {
    RunState state;
    for (const Event& event : events)
        apply(state, event);
    return state;
}

RunState interrupted(RunState state) {
    for (auto& [id, step] : state.steps)
        if (step.status == StepStatus::Running)
            step.status = StepStatus::Unknown;
    return state;
}

}  // namespace deploy
