#pragma once

#include <string>

#include "base/descriptor.h"
#include "remote/wait.h"

namespace deploy {

/// A connected, non-blocking TCP socket without Nagle's delay. Every address of the name is tried
/// in turn. SshUnreachable, Cancelled; `where` is left to the caller.
Result<Descriptor> dialTcp(const std::string& address, uint16_t port, SteadyTime deadline,
                           const std::stop_token& stop);

enum class Greeting {
    Arrived,  ///< bytes are there to be read
    Closed,   ///< ended without a byte, as sshd does when it has too many logins under way
    Silent,   ///< nothing until the deadline
    Stopped
};
/// Waits for the server's first bytes and leaves them in the socket.
Greeting awaitGreeting(int socket, SteadyTime deadline, const std::stop_token& stop);

}  // namespace deploy
