#include "base/clock.h"

#include <array>
#include <condition_variable>
#include <ctime>
#include <mutex>

namespace deploy {

namespace {

class SystemClock final : public Clock {
public:
    WallTime wall() const override {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(
            std::chrono::system_clock::now());
    }
    SteadyTime steady() const override { return std::chrono::steady_clock::now(); }
    void sleep(std::chrono::milliseconds duration, const std::stop_token& stop) const override {
        std::mutex mutex;
        std::condition_variable_any woken;
        std::unique_lock lock(mutex);
        woken.wait_for(lock, stop, duration, [] { return false; });
    }
};

}  // namespace

const Clock& systemClock() {
    static const SystemClock kClock;
    return kClock;
}

std::string toIso8601(WallTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const std::time_t unixTime = std::chrono::system_clock::to_time_t(seconds);
    std::tm parts{};
    gmtime_r(&unixTime, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::string fraction = std::to_string(1000 + (time - seconds).count());
    return std::string(text.data()) + "." + fraction.substr(1) + "Z";
}

}  // namespace deploy
