#pragma once

#include <memory>

#include "inventory/credentials.h"
#include "remote/known_hosts.h"
#include "remote/remote_host.h"

namespace deploy {

/// Limits of one connection; tests and slow links set others.
struct SshLimits {
    std::chrono::milliseconds connect = std::chrono::seconds(15);  ///< TCP, banner and key exchange
    std::chrono::milliseconds authenticate = std::chrono::seconds(20);
    int connectionsAtOnce = 64;  ///< handshakes under way, all servers together
};

/// Real servers by libssh: own host key check, agent, key, password, keyboard-interactive, sudo
/// with or without password, jump hosts. Reads no ssh_config and starts no program.
std::unique_ptr<Connector> makeSshConnector(Inventory inventory, Credentials credentials,
                                            KnownHosts knownHosts, SshLimits limits = {});

}  // namespace deploy
