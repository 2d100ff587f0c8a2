#pragma once

#include <stop_token>
#include <thread>

#include "run/engine.h"

namespace deploy::cli {

/// Turns Ctrl-C into the two strengths of stopping: the first lets each server end its present
/// step, the second (or SIGTERM, SIGHUP) ends at once. Make it before any other thread: it blocks
/// the signals for all threads that are made later.
class StopOnSignal {
public:
    StopOnSignal();
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    StopTokens tokens() const { return {afterStep_.get_token(), now_.get_token()}; }
    /// For work that has no steps: the first Ctrl-C ends it.
    std::stop_token first() const { return afterStep_.get_token(); }

private:
    std::stop_source afterStep_;
    std::stop_source now_;
    std::jthread waiter_;
};

}  // namespace deploy::cli
