#include "run/funnel.h"

namespace deploy {

Funnel::Funnel(const Clock& clock, Journal& journal, RunObserver& observer, RunState state,
               std::stop_source broken)
    : clock_(clock),
      journal_(journal),
      observer_(observer),
      state_(std::move(state)),
      broken_(std::move(broken)) {}

Result<void> Funnel::record(Event event) {
    const std::lock_guard lock(mutex_);
    if (error_)
        return tl::unexpected(*error_);
    event.at = clock_.wall();
    event.steadyMs =
        std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady().time_since_epoch())
            .count();
    if (auto written = journal_.append(event); !written) {
        error_ = written.error();
        broken_.request_stop();
        return written;
    }
    apply(state_, event);
    observer_.onEvent(event);
    return {};
}

void Funnel::progress(const StepProgress& progress) {
    const std::lock_guard lock(mutex_);
    observer_.onProgress(progress);
}

void Funnel::log(const StepId& step, std::string_view bytes) {
    const std::lock_guard lock(mutex_);
    observer_.onLog(step, bytes);
}

StepState Funnel::step(const StepId& id) const {
    const std::lock_guard lock(mutex_);
    return state_.step(id);
}

RunState Funnel::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

std::optional<Error> Funnel::error() const {
    const std::lock_guard lock(mutex_);
    return error_;
}

}  // namespace deploy
