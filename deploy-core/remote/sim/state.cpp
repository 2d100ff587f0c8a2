#include "remote/sim/state.h"

#include <sys/stat.h>

#include <algorithm>
#include <mutex>

#include "base/file.h"

namespace deploy::sim {

namespace {

constexpr uint64_t kMostBytes = 64U << 20U;

/// One for all state files: changes are rare and short.
std::mutex& fileMutex() {
    static std::mutex mutex;
    return mutex;
}

Millis wallOf(const Clock& clock) {
    return clock.wall().time_since_epoch().count();
}

/// Nothing where there is no file.
std::optional<FileStamp> stampOf(const std::filesystem::path& file) {
    constexpr int64_t kNsPerSecond = 1000000000;
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0)
        return std::nullopt;
    return FileStamp{found.st_dev, found.st_ino, static_cast<uint64_t>(found.st_size),
                     found.st_mtim.tv_sec * kNsPerSecond + found.st_mtim.tv_nsec};
}

}  // namespace

StateStore::StateStore(std::filesystem::path file, const Clock& clock)
    : file_(std::move(file)), clock_(clock), startSteady_(clock.steady()) {
    const std::lock_guard lock(fileMutex());
    if (!load() || held_.wall == 0)
        return;
    // A wall clock that was set back must not take simulated time back.
    startNow_ = held_.now + std::max<Millis>(0, wallOf(clock) - held_.wall);
}

Millis StateStore::now() const {
    using std::chrono::milliseconds;
    return startNow_ +
           std::chrono::duration_cast<milliseconds>(clock_.steady() - startSteady_).count();
}

Result<void> StateStore::load() {
    const auto stamp = stampOf(file_);
    if (stamp && stamp == stamp_)
        return {};
    const auto text = readFile(file_, kMostBytes);
    if (!text && text.error().code != ErrorCode::FileNotFound)
        return tl::unexpected(text.error());
    auto state = text ? stateFromJson(*text, file_.string()) : PracticeState{};
    if (!state)
        return tl::unexpected(state.error());
    held_ = std::move(*state);
    stamp_ = stamp;
    return {};
}

Result<void> StateStore::change(const std::function<void(PracticeState&)>& edit) {
    const std::lock_guard lock(fileMutex());
    if (auto loaded = load(); !loaded)
        return loaded;
    PracticeState state = held_;
    edit(state);
    if (state == held_)
        return {};
    state.now = now();
    state.wall = wallOf(clock_);
    // What a loss of power takes away, a resumed run finds out by its checks, as on real servers.
    if (auto written = writeFileAtomically(file_, stateToJson(state), 0600, Outlives::Program);
        !written)
        return written;
    held_ = std::move(state);
    stamp_ = stampOf(file_);
    return {};
}

Result<void> StateStore::look(const std::function<void(const PracticeState&)>& see) {
    const std::lock_guard lock(fileMutex());
    if (auto loaded = load(); !loaded)
        return loaded;
    see(held_);
    return {};
}

}  // namespace deploy::sim
