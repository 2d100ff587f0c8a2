#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace deploy {

/// The minisign format (Ed25519, prehashed "ED" signatures; legacy "Ed" is verified too), by
/// libsodium.
struct MinisignKeyPair {
    std::string publicKeyFile;  ///< content of minisign.pub
    std::string secretKeyFile;  ///< content of minisign.key, protected by the passphrase (scrypt)
};

Result<MinisignKeyPair> generateMinisignKey(const Secret& passphrase);
/// Content of a .minisig / .sig file. VaultPassphraseWrong when the key does not open.
Result<std::string> minisign(std::string_view message, const std::string& secretKeyFile,
                             const Secret& passphrase, const std::string& trustedComment);
/// Key id in hex. SignatureInvalid.
Result<std::string> verifyMinisign(std::string_view message, const std::string& signatureFile,
                                   const std::string& publicKey);

}  // namespace deploy
