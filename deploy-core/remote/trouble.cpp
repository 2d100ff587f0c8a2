#include "remote/trouble.h"

#include <array>
#include <limits>

#include "remote/sim/practice.h"

namespace deploy {

namespace {

constexpr sim::Millis kUntilPowerOn = std::numeric_limits<sim::Millis>::max();

void apply(Trouble trouble, sim::ServerState& server, sim::Millis now) {
    switch (trouble) {
        case Trouble::CutLine:
            ++server.lines;
            break;
        case Trouble::Reboot:
            ++server.lines;
            server.silentUntil = now + sim::kBoot;
            sim::endByReboot(server, now);
            break;
        case Trouble::PowerOff:
            ++server.lines;
            server.silentUntil = kUntilPowerOn;
            sim::endByReboot(server, now);
            break;
        case Trouble::PowerOn:
            if (server.silentUntil == kUntilPowerOn)
                server.silentUntil = now + sim::kBoot;
            break;
        case Trouble::ChangeHostKey:
            ++server.lines;
            ++server.hostKey;
            break;
        case Trouble::FillDisk:
            server.diskFull = true;
            break;
        case Trouble::SlowDown:
            server.slow = true;
            break;
        case Trouble::FailNextStep:
            server.failsNext = true;
            break;
        case Trouble::Mend:
            server.diskFull = false;
            server.slow = false;
            server.failsNext = false;
            server.mended = true;
            if (server.silentUntil == kUntilPowerOn)
                server.silentUntil = now + sim::kBoot;
            break;
    }
}

}  // namespace

const char* troubleWord(Trouble trouble) {
    static constexpr std::array kWords = {"cut_line",  "reboot",          "power_off",
                                          "power_on",  "change_host_key", "fill_disk",
                                          "slow_down", "fail_next_step",  "mend"};
    static_assert(kWords.size() == kTroubles);
    return kWords.at(static_cast<size_t>(trouble));
}

Result<void> makeTrouble(const std::filesystem::path& stateFile, const Clock& clock,
                         const HostId& host, Trouble trouble) {
    sim::StateStore store(stateFile, clock);
    return store.change([&](sim::PracticeState& state) {
        sim::ServerState& server = state.servers[host];
        sim::settle(server, store.now());
        apply(trouble, server, store.now());
    });
}

Result<std::map<HostId, PracticeCondition>> practiceConditions(
    const std::filesystem::path& stateFile, const Clock& clock) {
    sim::StateStore store(stateFile, clock);
    std::map<HostId, PracticeCondition> conditions;
    const auto looked = store.look([&](const sim::PracticeState& state) {
        for (const auto& [host, server] : state.servers)
            conditions[host] = {store.now() >= server.silentUntil, server.diskFull, server.slow};
    });
    return looked.map([&] { return conditions; });
}

}  // namespace deploy
