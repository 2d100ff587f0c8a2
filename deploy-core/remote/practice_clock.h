#pragma once

#include <condition_variable>
#include <mutex>

#include "base/clock.h"

namespace deploy {

/// Practice time whose speed can be changed, and which can be stopped, while work goes by it.
/// Begins at `real`'s time, which outlives it.
class PracticeClock final : public Clock {
public:
    PracticeClock(const Clock& real, double speed);

    WallTime wall() const override;
    SteadyTime steady() const override;
    void sleep(std::chrono::milliseconds duration, const std::stop_token& stop) const override;

    /// Times as fast as real time; 0: who sleeps wakes at once, and it is as late as he wanted.
    void setSpeed(double speed);
    double speed() const;
    void setPaused(bool paused);
    bool paused() const;

private:
    std::chrono::nanoseconds passed() const;  ///< with mutex_
    void settle();                            ///< with mutex_: later changes count from now on

    const Clock& real_;
    WallTime startWall_;
    SteadyTime startSteady_;
    mutable std::mutex mutex_;
    mutable std::condition_variable_any changed_;
    double speed_;
    bool paused_ = false;
    SteadyTime since_;                           ///< real time of the last change
    mutable std::chrono::nanoseconds before_{};  ///< practice time until then
};

}  // namespace deploy
