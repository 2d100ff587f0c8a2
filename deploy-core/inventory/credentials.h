#pragma once

#include <map>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "base/secret.h"

namespace deploy {

/// What one server's authentication needs; empty where not given. Never saved in plain.
struct Credential {
    Secret password;    ///< also the answer to keyboard-interactive
    Secret passphrase;  ///< of the private key
    Secret sudo;        ///< empty: the password is tried
};

/// Secrets of one run: per server, and the vault's passphrase.
struct Credentials {
    std::map<HostId, Credential> servers;
    Secret vaultPassphrase;
};

/// `s1: {password: .., passphrase: .., sudo: ..}` and `vault: {passphrase: ..}`; errors carry a
/// position and never a value.
Result<Credentials> readCredentials(std::string_view yaml);

}  // namespace deploy
