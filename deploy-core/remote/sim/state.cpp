#include "remote/sim/state.h"

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

Result<PracticeState> load(const std::filesystem::path& file) {
    const auto text = readFile(file, kMostBytes);
    if (!text && text.error().code == ErrorCode::FileNotFound)
        return PracticeState{};
    if (!text)
        return tl::unexpected(text.error());
    return stateFromJson(*text, file.string());
}

}  // namespace

StateStore::StateStore(std::filesystem::path file, const Clock& clock)
    : file_(std::move(file)), clock_(clock), startSteady_(clock.steady()) {
    const std::lock_guard lock(fileMutex());
    const auto state = load(file_);
    if (!state || state->wall == 0)
        return;
    // A wall clock that was set back must not take simulated time back.
    startNow_ = state->now + std::max<Millis>(0, wallOf(clock) - state->wall);
}

Millis StateStore::now() const {
    using std::chrono::milliseconds;
    return startNow_ +
           std::chrono::duration_cast<milliseconds>(clock_.steady() - startSteady_).count();
}

Result<void> StateStore::change(const std::function<void(PracticeState&)>& edit) {
    const std::lock_guard lock(fileMutex());
    auto state = load(file_);
    if (!state)
        return tl::unexpected(state.error());
    const PracticeState before = *state;
    edit(*state);
    if (*state == before)
        return {};
    state->now = now();
    state->wall = wallOf(clock_);
    return writeFileAtomically(file_, stateToJson(*state), 0600);
}

}  // namespace deploy::sim
