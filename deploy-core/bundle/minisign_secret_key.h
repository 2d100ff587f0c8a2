#pragma once

#include <array>
#include <string>

#include "base/secret.h"
#include "bundle/minisign_format.h"

namespace deploy {

/// A signing key in the clear. Wiped when it goes; never copied.
struct MinisignSecretKey {
    MinisignKeyId id{};
    std::array<unsigned char, 64> key{};  ///< Ed25519 seed and public key, as libsodium has it

    MinisignSecretKey() = default;
    ~MinisignSecretKey();
    MinisignSecretKey(MinisignSecretKey&&) = default;
    MinisignSecretKey& operator=(MinisignSecretKey&&) = default;
    MinisignSecretKey(const MinisignSecretKey&) = delete;
    MinisignSecretKey& operator=(const MinisignSecretKey&) = delete;
};

/// The content of minisign.key: scrypt with minisign's own cost (1 GiB, a few seconds).
/// ValueInvalid for an empty passphrase; Internal where the memory is not to be had.
Result<std::string> sealMinisignSecretKey(const MinisignSecretKey& key, const Secret& passphrase);

/// VaultPassphraseWrong; SignatureInvalid for a text that is no secret key or asks for a cost above
/// minisign's own. A key that was made without a passphrase (minisign -W) opens with an empty one.
Result<MinisignSecretKey> openMinisignSecretKey(const std::string& file, const Secret& passphrase);

}  // namespace deploy
