#pragma once

#include <atomic>

#include "base/clock.h"

namespace deploy {

/// Time that passes only when somebody sleeps, and then at once. Thread-safe.
class FakeClock final : public Clock {
public:
    WallTime wall() const override { return WallTime(kBegin + std::chrono::milliseconds(passed_)); }
    SteadyTime steady() const override {
        return SteadyTime(std::chrono::milliseconds(kSteadyBegin + passed_));
    }
    void sleep(std::chrono::milliseconds duration, const std::stop_token&) const override {
        passed_ += duration.count();
    }
    std::chrono::milliseconds passed() const { return std::chrono::milliseconds(passed_); }

private:
    static constexpr std::chrono::milliseconds kBegin{1769854500000};
    static constexpr int64_t kSteadyBegin = 5000;
    mutable std::atomic<int64_t> passed_ = 0;
};

}  // namespace deploy
