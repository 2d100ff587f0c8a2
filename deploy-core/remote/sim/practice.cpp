#include "remote/sim/practice.h"

#include <sodium.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "base/digest.h"
#include "remote/sim/role_pair.h"

namespace deploy::sim {

void settle(ServerState& server, Millis now) {
    for (auto& [key, attempt] : server.attempts) {
        if (attempt.settled || attempt.ends > now)
            continue;
        attempt.settled = true;
        if (attempt.status == 0)
            takeEffect(server, attempt.call, attempt.ends);
    }
}

Practice::Practice(Scenario scenario, const Clock& clock, const std::filesystem::path& stateFile,
                   KnownHosts knownHosts)
    : scenario_(std::move(scenario)),
      clock_(clock),
      store_(stateFile, clock),
      knownHosts_(std::move(knownHosts)) {}

Result<void> Practice::pass(Millis time, const std::stop_token& stop) const {
    clock_.sleep(std::chrono::milliseconds(time), stop);
    return stop.stop_requested() ? fail(ErrorCode::Cancelled) : Result<void>();
}

Result<void> Practice::change(const HostId& host, const std::function<void(const Change&)>& edit) {
    bool powerCut = false;
    auto changed = store_.change([&](PracticeState& state) {
        ServerState& server = state.servers[host];
        settle(server, now());
        seeOtherPrimary(server, state.servers);
        const auto takeFault = [&](const std::string& at) -> std::optional<Fault> {
            for (size_t i = 0; i < scenario_.faults.size(); ++i) {
                const Scenario::Fault& fault = scenario_.faults[i];
                if (fault.host == host && fault.at == at && state.spentFaults.insert(i).second)
                    return fault.kind;
            }
            return std::nullopt;
        };
        edit({server, now(), takeFault});
        powerCut = std::exchange(server.powerCut, false);
    });
    // As a real one: nothing is said, and what was not on the disk is lost.
    constexpr int kLikeKill9 = 137;
    if (changed && powerCut)
        ::_exit(kLikeKill9);
    return changed;
}

Result<ServerState> Practice::look(const HostId& host) {
    ServerState seen;
    const auto looked = store_.look([&](const PracticeState& state) {
        if (const auto found = state.servers.find(host); found != state.servers.end())
            seen = found->second;
        settle(seen, now());
        seeOtherPrimary(seen, state.servers);
    });
    return looked.map([&] { return seen; });
}

bool breaksLine(Practice::Fault fault) {
    return fault == Practice::Fault::ConnectionLost || fault == Practice::Fault::HostKeyChanged ||
           fault == Practice::Fault::Unreachable || fault == Practice::Fault::WrongPassword ||
           fault == Practice::Fault::Reboots || fault == Practice::Fault::PowerCut;
}

void endByReboot(ServerState& server, Millis now) {
    for (auto& [key, attempt] : server.attempts) {
        if (attempt.ends <= now)
            continue;
        attempt.ends = now;
        attempt.settled = true;
        attempt.rebooted = true;
    }
    if (server.ready != 0)
        server.ready = now + kBoot;  // what was installed starts with the server
    ++server.boots;
}

void breakLine(Practice::Fault fault, ServerState& server, Millis now) {
    constexpr Millis kSilence = 60000;
    if (fault == Practice::Fault::HostKeyChanged)
        ++server.hostKey;
    if (fault == Practice::Fault::Unreachable)
        server.silentUntil = now + kSilence;
    if (fault == Practice::Fault::WrongPassword)
        server.refusesLogin = true;
    server.powerCut = fault == Practice::Fault::PowerCut;
    if (fault == Practice::Fault::Reboots) {
        server.silentUntil = now + kBoot;
        endByReboot(server, now);
    }
}

HostKey hostKeyOf(const HostId& host, int generation) {
    // The form of an ed25519 key: both parts behind their lengths.
    using std::string_literals::operator""s;
    std::string blob = "\0\0\0\x0bssh-ed25519\0\0\0\x20"s;
    blob += sha256Hex(host.str() + " " + std::to_string(generation)).substr(0, 32);
    std::array<char, 128> text{};
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(blob.data()),
                      blob.size(), sodium_base64_VARIANT_ORIGINAL);
    return {"ssh-ed25519", text.data()};
}

}  // namespace deploy::sim
