#include "remote/practice_clock.h"

#include <algorithm>

namespace deploy {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

PracticeClock::PracticeClock(const Clock& real, double speed)
    : real_(real),
      startWall_(real.wall()),
      startSteady_(real.steady()),
      speed_(speed),
      since_(startSteady_) {}

nanoseconds PracticeClock::passed() const {
    if (paused_)
        return before_;
    // Without waiting it still goes on with real time, as a clock must.
    const double rate = speed_ > 0 ? speed_ : 1;
    const auto real = static_cast<double>((real_.steady() - since_).count());
    return before_ + nanoseconds(static_cast<int64_t>(real * rate));
}

void PracticeClock::settle() {
    before_ = passed();
    since_ = real_.steady();
}

WallTime PracticeClock::wall() const {
    const std::lock_guard lock(mutex_);
    return startWall_ + std::chrono::duration_cast<milliseconds>(passed());
}

SteadyTime PracticeClock::steady() const {
    const std::lock_guard lock(mutex_);
    return startSteady_ + passed();
}

void PracticeClock::sleep(milliseconds duration, const std::stop_token& stop) const {
    // Real time may itself be one of tests: look at it again and again.
    constexpr nanoseconds kLongest = milliseconds(50);
    constexpr nanoseconds kShortest = std::chrono::microseconds(100);
    std::unique_lock lock(mutex_);
    const nanoseconds target = passed() + duration;
    while (!stop.stop_requested() && passed() < target) {
        if (speed_ <= 0 && !paused_) {
            before_ += target - passed();
            continue;
        }
        const double rate = paused_ ? 0 : speed_;
        const auto left = static_cast<double>((target - passed()).count());
        const auto wait =
            rate > 0 ? std::clamp(nanoseconds(static_cast<int64_t>(std::min(left / rate, 1e9))),
                                  kShortest, kLongest)
                     : kLongest;
        changed_.wait_for(lock, stop, wait, [] { return false; });
    }
}

void PracticeClock::setSpeed(double speed) {
    {
        const std::lock_guard lock(mutex_);
        settle();
        speed_ = speed;
    }
    changed_.notify_all();
}

double PracticeClock::speed() const {
    const std::lock_guard lock(mutex_);
    return speed_;
}

void PracticeClock::setPaused(bool paused) {
    {
        const std::lock_guard lock(mutex_);
        settle();
        paused_ = paused;
    }
    changed_.notify_all();
}

bool PracticeClock::paused() const {
    const std::lock_guard lock(mutex_);
    return paused_;
}

}  // namespace deploy
