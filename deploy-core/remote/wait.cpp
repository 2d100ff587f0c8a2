#include "remote/wait.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <vector>

namespace deploy {

void Waiter::Wake::operator()() const {
    const uint64_t one = 1;
    // The counter cannot overflow by one write, so there is nothing to be done about a failure.
    [[maybe_unused]] const ssize_t written = ::write(fd, &one, sizeof one);
}

Waiter::Waiter(const std::stop_token& stop) : stop_(stop) {
    if (!stop_.stop_possible())
        return;
    wake_ = Descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    callback_.emplace(stop_, Wake{wake_.get()});
}

bool Waiter::wait(std::span<pollfd> descriptors, SteadyTime until) {
    if (stopped())
        return false;
    std::vector<pollfd> all(descriptors.begin(), descriptors.end());
    if (wake_.valid())
        all.push_back({wake_.get(), POLLIN, 0});
    int timeout = -1;
    if (until != SteadyTime::max()) {
        using std::chrono::milliseconds;
        const auto left =
            std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now()).count();
        // Long waits are cut, so that the number fits; callers wait in a loop.
        timeout = static_cast<int>(std::clamp<int64_t>(left, 0, 60'000));
    }
    for (pollfd& descriptor : all)
        descriptor.revents = 0;
    ::poll(all.data(), all.size(), timeout);
    for (size_t i = 0; i < descriptors.size(); ++i)
        descriptors[i].revents = all[i].revents;
    return !stopped();
}

SteadyTime deadlineAfter(std::chrono::milliseconds duration) {
    return duration.count() <= 0 ? SteadyTime::max() : std::chrono::steady_clock::now() + duration;
}

}  // namespace deploy
