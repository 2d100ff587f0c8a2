#pragma once

#include <poll.h>

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>

#include "base/clock.h"
#include "base/descriptor.h"
#include "base/result.h"

namespace deploy {

/// A stop request as something that poll(2) sees. Waits until one of the descriptors is ready, the
/// time has come, or stop is requested. One thread at a time; requestStop from any.
class Waiter {
public:
    explicit Waiter(const std::stop_token& stop);

    /// False when stop is requested. `until` may be max(): no limit.
    bool wait(std::span<pollfd> descriptors, SteadyTime until);
    bool stopped() const { return stop_.stop_requested(); }

private:
    struct Wake {
        int fd;
        void operator()() const;
    };
    std::stop_token stop_;
    Descriptor wake_;
    std::optional<std::stop_callback<Wake>> callback_;
};

/// `duration` from now on; zero means never.
SteadyTime deadlineAfter(std::chrono::milliseconds duration);
inline bool passed(SteadyTime deadline) {
    return std::chrono::steady_clock::now() >= deadline;
}

}  // namespace deploy
