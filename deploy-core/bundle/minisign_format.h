#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace deploy {

/// The texts of the minisign format (https://jedisct1.github.io/minisign/), apart from its
/// cryptography. Base64 lines hold fixed records; numbers in them are little-endian.
constexpr size_t kMinisignKeyIdBytes = 8;
constexpr std::string_view kUntrustedPrefix = "untrusted comment: ";
constexpr std::string_view kTrustedPrefix = "trusted comment: ";

using MinisignKeyId = std::array<unsigned char, kMinisignKeyIdBytes>;

struct MinisignPublicKey {
    MinisignKeyId id{};
    std::array<unsigned char, 32> key{};
};

struct MinisignSignature {
    bool prehashed = true;  ///< "ED": over BLAKE2b-512 of the message; else "Ed", over the message
    MinisignKeyId id{};
    std::array<unsigned char, 64> signature{};
    std::string trustedComment;
    std::array<unsigned char, 64> commentSignature{};  ///< over signature and trusted comment
};

/// As minisign prints it: the 64-bit number in upper-case hex.
std::string keyIdText(const MinisignKeyId& id);

std::string base64(std::string_view bytes);
/// Standard alphabet with padding, nothing else in the line. SignatureInvalid.
Result<std::string> fromBase64(std::string_view line);

/// Two-line files: a comment line and a base64 line. SignatureInvalid.
Result<std::string> base64Line(std::string_view file, std::string_view what);

/// The content of minisign.pub, or its base64 line alone. SignatureInvalid.
Result<MinisignPublicKey> readMinisignPublicKey(std::string_view text);
std::string writeMinisignPublicKey(const MinisignPublicKey& key);

/// SignatureInvalid.
Result<MinisignSignature> readMinisignSignature(std::string_view text);
std::string writeMinisignSignature(const MinisignSignature& signature,
                                   std::string_view untrustedComment);

}  // namespace deploy
