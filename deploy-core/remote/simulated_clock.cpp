#include <algorithm>
#include <atomic>
#include <cmath>

#include "remote/simulated.h"

namespace deploy {

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

/// Time at another speed, from the moment of its making on.
class ScaledClock final : public Clock {
public:
    ScaledClock(const Clock& real, double speed, WallTime start)
        : real_(real), speed_(speed), startWall_(start), startSteady_(real.steady()) {}

    WallTime wall() const override {
        return startWall_ + std::chrono::duration_cast<milliseconds>(elapsed());
    }
    SteadyTime steady() const override { return startSteady_ + elapsed(); }
    void sleep(milliseconds duration, const std::stop_token& stop) const override {
        constexpr double kLongestMs = 1e12;
        const double wanted = static_cast<double>(duration.count()) / speed_;
        real_.sleep(milliseconds(static_cast<int64_t>(std::min(std::ceil(wanted), kLongestMs))),
                    stop);
    }

private:
    nanoseconds elapsed() const {
        const auto passed = static_cast<double>((real_.steady() - startSteady_).count());
        return nanoseconds(static_cast<int64_t>(passed * speed_));
    }

    const Clock& real_;
    double speed_;
    WallTime startWall_;
    SteadyTime startSteady_;
};

/// Time that sleepers push on: who sleeps wakes at once, and it is then as late as he wanted. Those
/// who sleep at the same time sleep side by side.
class SleeplessClock final : public Clock {
public:
    SleeplessClock(const Clock& real, WallTime start)
        : real_(real), startWall_(start), startSteady_(real.steady()) {}

    WallTime wall() const override {
        return startWall_ + std::chrono::duration_cast<milliseconds>(elapsed());
    }
    SteadyTime steady() const override { return startSteady_ + elapsed(); }
    void sleep(milliseconds duration, const std::stop_token& stop) const override {
        if (stop.stop_requested() || duration.count() <= 0)
            return;
        const int64_t ahead = nanoseconds(duration).count();
        const int64_t target = elapsed().count() + ahead;
        int64_t pushed = pushed_;
        while (real().count() + pushed < target &&
               !pushed_.compare_exchange_weak(pushed, target - real().count())) {
        }
    }

private:
    nanoseconds real() const { return real_.steady() - startSteady_; }
    nanoseconds elapsed() const { return real() + nanoseconds(pushed_.load()); }

    const Clock& real_;
    WallTime startWall_;
    SteadyTime startSteady_;
    mutable std::atomic<int64_t> pushed_ = 0;
};

}  // namespace

std::unique_ptr<Clock> makeScaledClock(const Clock& real, double speed, WallTime notBefore) {
    const WallTime start = std::max(real.wall(), notBefore);
    if (speed <= 0)
        return std::make_unique<SleeplessClock>(real, start);
    return std::make_unique<ScaledClock>(real, speed, start);
}

}  // namespace deploy
