#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace deploy {

enum class EventKind {
    RunStarted,    ///< args: plan_digest, owner, wizard_version, purpose (apply, remove)
    RunResumed,    ///< args: owner
    ServerReady,   ///< connected and locked; where another run's lock was broken, args:
                   ///< broken_owner, broken_run, broken_since, broken_lock_id
    ServerFailed,  ///< error; steps of this server wait for a resume
    StepStarted,   ///< digest, attempt; written before anything is sent
    StepAttached,  ///< a step that was found running on the server is followed again
    StepDecided,   ///< a step without a known end was asked for on the server; args: decision
                   ///< (succeeded, failed, running, never_started, lost)
    StepSkipped,   ///< done before and the server agrees; or its check already held: args: reason
                   ///< (already_done, already_there)
    StepSucceeded,
    StepFailed,     ///< error
    StopRequested,  ///< args: strength (after_step, now)
    RunFinished     ///< args: outcome (succeeded, failed, stopped)
};

std::string eventName(EventKind kind);  ///< "run_started": in the journal and in JSON

/// One record of the journal.
struct Event {
    EventKind kind = EventKind::RunStarted;
    WallTime at{};
    int64_t steadyMs = 0;  ///< monotonic, since the program's start
    HostId host;
    StepId step;
    std::string digest;  ///< the step's
    int attempt = 0;     ///< from 1
    std::optional<Error> error;
    Args args;

    bool operator==(const Event&) const = default;
};

std::string eventToJson(const Event& event);  ///< one line
Result<Event> eventFromJson(const std::string& line, const std::string& where);

}  // namespace deploy
