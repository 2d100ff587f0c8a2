#pragma once

#include <chrono>
#include <stop_token>
#include <string>

namespace deploy {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
using SteadyTime = std::chrono::steady_clock::time_point;

/// The time as the product sees it; simulated time in practice mode and in tests. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    /// For people and records only; it may jump.
    virtual WallTime wall() const = 0;
    /// For deadlines and durations; never jumps.
    virtual SteadyTime steady() const = 0;
    /// Returns early when stop is requested.
    virtual void sleep(std::chrono::milliseconds duration, const std::stop_token& stop) const = 0;
};

/// The machine's own clock; lives for the whole process.
const Clock& systemClock();

/// "2026-01-31T10:15:00.123Z".
std::string toIso8601(WallTime time);

}  // namespace deploy
