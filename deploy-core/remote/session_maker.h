#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "remote/jump_server.h"
#include "remote/password_gate.h"
#include "remote/ssh_connector.h"

namespace deploy {

/// Makes sessions: reaches a server, checks its host key, and only then authenticates. Jump
/// servers are connected once and shared. Thread-safe.
class SessionMaker {
public:
    SessionMaker(Inventory inventory, Credentials credentials, KnownHosts knownHosts,
                 SshLimits limits);

    /// Errors name the server that they are about, which may be a jump server.
    Result<SshConnection> make(const Host& host, const std::stop_token& stop);
    Credential credentialOf(const HostId& host) const;
    PasswordGate& passwords() { return passwords_; }

private:
    struct Slot;
    struct Jump {
        bool connecting = false;  ///< what comes of it, good or bad, serves all who wait for it
        std::optional<Error> problem;
        std::shared_ptr<JumpServer> server;
    };

    /// ValueInvalid for a jump server that does not exist or leads back.
    Result<void> checkJumps(const Host& host) const;
    Result<std::shared_ptr<JumpServer>> jumpFor(const Host& through, const std::stop_token& stop);
    Result<std::unique_ptr<SshSession>> attempt(const Host& host, JumpServer* jump,
                                                const std::stop_token& stop, bool& busy);
    Result<void> checkKey(const Host& host, const SshSession& session) const;
    Result<void> logIn(SshSession& session, const Host& host, const std::stop_token& stop);

    const Inventory inventory_;
    const Credentials credentials_;
    const KnownHosts knownHosts_;
    const SshLimits limits_;
    PasswordGate passwords_;
    std::mutex mutex_;
    std::condition_variable_any slotFree_;
    int slotsTaken_ = 0;
    std::condition_variable_any jumpConnected_;
    std::map<HostId, Jump> jumps_;
};

}  // namespace deploy
