#include "remote/sim/simulated_host.h"

namespace deploy {

namespace {

using sim::Millis;
using sim::Practice;

/// What a server does about a login, besides showing its key.
struct Reception {
    sim::ServerState state;
    Millis now = 0;
    std::optional<Practice::Fault> fault;
};

class SimulatedConnector final : public Connector {
public:
    explicit SimulatedConnector(std::shared_ptr<Practice> practice)
        : practice_(std::move(practice)) {}

    Result<std::unique_ptr<RemoteHost>> connect(const Host& host,
                                                const std::stop_token& stop) override {
        constexpr Millis kRoundTrips = 4;  // of TCP, keys and login
        const auto& servers = practice_->scenario().servers;
        const auto server = servers.find(host.name);
        if (server == servers.end())
            return refused(host, ErrorCode::SshUnreachable);
        if (auto passed = practice_->pass(kRoundTrips * server->second.roundTripMs, stop); !passed)
            return refused(host, ErrorCode::Cancelled);
        if (auto silent = awaitAnswer(host, stop); !silent)
            return tl::unexpected(silent.error());
        const auto state = practice_->look(host.name);
        if (!state)
            return tl::unexpected(state.error());
        if (auto checked = checkKey(host, state->hostKey); !checked)
            return tl::unexpected(checked.error());
        return logIn(host);
    }

private:
    static tl::unexpected<Error> refused(const Host& host, ErrorCode code, Args args = {}) {
        return fail(code, host.name.str(), {}, std::move(args));
    }

    /// A server that is away lets its caller wait.
    Result<void> awaitAnswer(const Host& host, const std::stop_token& stop) {
        constexpr Millis kPatience = 5000;
        const auto state = practice_->look(host.name);
        if (!state)
            return tl::unexpected(state.error());
        if (practice_->now() >= state->silentUntil)
            return {};
        if (auto passed = practice_->pass(kPatience, stop); !passed)
            return refused(host, ErrorCode::Cancelled);
        return refused(host, ErrorCode::SshUnreachable);
    }

    Result<void> checkKey(const Host& host, int generation) const {
        const HostKey key = sim::hostKeyOf(host.name, generation);
        const Args args = {{"fingerprint", key.fingerprint()},
                           {"key_type", key.type},
                           {"public_key", key.type + " " + key.base64}};
        switch (practice_->knownHosts().check(host.address, host.port, key)) {
            case HostKeyState::Known:
                return {};
            case HostKeyState::Unknown:
                return refused(host, ErrorCode::SshHostKeyUnknown, args);
            case HostKeyState::Changed:
                return refused(host, ErrorCode::SshHostKeyChanged, args);
            case HostKeyState::OtherType:
                return refused(host, ErrorCode::SshHostKeyOtherType, args);
            case HostKeyState::Revoked:
                break;
        }
        return refused(host, ErrorCode::SshHostKeyRevoked, args);
    }

    Result<std::unique_ptr<RemoteHost>> logIn(const Host& host) {
        std::optional<ErrorCode> refusal;
        int lines = 0;
        const auto changed = practice_->change(host.name, [&](const Practice::Change& change) {
            if (const auto fault = change.takeFault("connect"); fault && sim::breaksLine(*fault)) {
                sim::breakLine(*fault, change.server, change.now);
                refusal = *fault == Practice::Fault::Unreachable ? ErrorCode::SshUnreachable
                                                                 : ErrorCode::SshConnectionLost;
            }
            if (change.server.refusesLogin)
                refusal = ErrorCode::SshAuthFailed;
            change.server.refusesLogin = false;
            lines = change.server.lines;
        });
        if (!changed)
            return tl::unexpected(changed.error());
        if (refusal)
            return refused(host, *refusal);
        return std::make_unique<sim::SimulatedHost>(practice_, host.name, lines);
    }

    std::shared_ptr<Practice> practice_;
};

}  // namespace

std::filesystem::path practiceStateFile(const std::filesystem::path& projectFolder) {
    return projectFolder / "practice.json";
}

std::unique_ptr<Connector> makeSimulatedConnector(const Scenario& scenario, const Clock& clock,
                                                  const std::filesystem::path& stateFile,
                                                  const KnownHosts& knownHosts) {
    return std::make_unique<SimulatedConnector>(
        std::make_shared<Practice>(scenario, clock, stateFile, knownHosts));
}

}  // namespace deploy
