#pragma once

#include <map>
#include <optional>
#include <string>

#include "plan/plan.h"
#include "run/event.h"

namespace deploy {

enum class StepStatus { Waiting, Running, Unknown, Succeeded, Skipped, Failed };
enum class RunOutcome { Running, Succeeded, Failed, Stopped };

struct StepState {
    StepStatus status = StepStatus::Waiting;
    int attempt = 0;
    std::string digest;
    WallTime startedAt{};
    WallTime finishedAt{};
    std::optional<Error> error;
    bool operator==(const StepState&) const = default;
};

struct ServerState {
    bool ready = false;
    std::optional<Error> error;
    bool operator==(const ServerState&) const = default;
};

/// What a run looks like after its events: a pure fold, the same for screen, console and report.
struct RunState {
    std::map<StepId, StepState> steps;
    std::map<HostId, ServerState> servers;
    RunOutcome outcome = RunOutcome::Running;
    std::string planDigest;
    std::string purpose;  ///< "apply" or "remove"
    WallTime startedAt{};
    WallTime finishedAt{};

    StepState step(const StepId& id) const;  ///< Waiting if no event spoke of it
    bool operator==(const RunState&) const = default;
};

void apply(RunState& state, const Event& event);
RunState fold(const std::vector<Event>& events);

/// After a crash: steps that were Running have no known end.
RunState interrupted(RunState state);

}  // namespace deploy
