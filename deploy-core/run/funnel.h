#pragma once

#include <mutex>
#include <optional>
#include <stop_token>

#include "base/clock.h"
#include "run/engine.h"

namespace deploy {

/// The one place through which all that happens in a run goes: on disk first, then into the state,
/// then to the observer, in one order for all. Thread-safe.
class Funnel {
public:
    /// References are not owned and outlive this. `broken` is requested to stop when the journal
    /// cannot be written.
    Funnel(const Clock& clock, Journal& journal, RunObserver& observer, RunState state,
           std::stop_source broken);

    /// Fills in the times. JournalUnwritable: nothing more may be done on any server.
    Result<void> record(Event event);
    void progress(const StepProgress& progress);
    void log(const StepId& step, std::string_view bytes);

    StepState step(const StepId& id) const;
    RunState state() const;
    std::optional<Error> error() const;

private:
    const Clock& clock_;
    Journal& journal_;
    RunObserver& observer_;
    mutable std::mutex mutex_;
    RunState state_;
    std::optional<Error> error_;
    std::stop_source broken_;
};

}  // namespace deploy
