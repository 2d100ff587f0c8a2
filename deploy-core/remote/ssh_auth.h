#pragma once

#include "inventory/credentials.h"
#include "inventory/host.h"
#include "remote/ssh_session.h"

namespace deploy {

/// Proves who we are, as the host's AuthMethod says; the host key must have been checked. A
/// password is sent at most once, by the first way that the server takes it.
/// SshAuthFailed (args "methods": what the server would take), SshKeyUnusable, CredentialMissing,
/// SshStalled, SshConnectionLost, Cancelled. `where` is left to the caller.
Result<void> authenticate(SshSession& session, const Host& host, const Credential& credential,
                          SteadyTime deadline, const std::stop_token& stop);

}  // namespace deploy
