#include "bundle/minisign.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "bundle/minisign_format.h"
#include "bundle/minisign_secret_key.h"

namespace deploy {

namespace {

constexpr size_t kMaximumCommentBytes = 8000;

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

using Prehash = std::array<unsigned char, crypto_generichash_BYTES_MAX>;

Prehash prehashOf(std::string_view message) {
    Prehash hash{};
    crypto_generichash(hash.data(), hash.size(), bytesOf(message), message.size(), nullptr, 0);
    return hash;
}

/// What the second signature of the format covers.
std::string commentRecord(const MinisignSignature& signature) {
    std::string record(reinterpret_cast<const char*>(signature.signature.data()),
                       signature.signature.size());
    return record + signature.trustedComment;
}

}  // namespace

Result<MinisignKeyPair> generateMinisignKey(const Secret& passphrase) {
    if (sodium_init() < 0)
        return fail(ErrorCode::Internal, {}, "libsodium");
    MinisignPublicKey publicKey;
    MinisignSecretKey secretKey;
    randombytes_buf(publicKey.id.data(), publicKey.id.size());
    crypto_sign_keypair(publicKey.key.data(), secretKey.key.data());
    secretKey.id = publicKey.id;
    auto file = sealMinisignSecretKey(secretKey, passphrase);
    if (!file)
        return tl::unexpected(file.error());
    return MinisignKeyPair{writeMinisignPublicKey(publicKey), std::move(*file)};
}

Result<std::string> minisign(std::string_view message, const std::string& secretKeyFile,
                             const Secret& passphrase, const std::string& trustedComment) {
    if (sodium_init() < 0)
        return fail(ErrorCode::Internal, {}, "libsodium");
    const bool oneLine = std::none_of(trustedComment.begin(), trustedComment.end(),
                                      [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (!oneLine || trustedComment.size() > kMaximumCommentBytes)
        return fail(ErrorCode::ValueInvalid, "trusted comment", trustedComment);
    auto key = openMinisignSecretKey(secretKeyFile, passphrase);
    if (!key)
        return tl::unexpected(key.error());
    MinisignSignature signature;
    signature.id = key->id;
    signature.trustedComment = trustedComment;
    const Prehash hash = prehashOf(message);
    crypto_sign_detached(signature.signature.data(), nullptr, hash.data(), hash.size(),
                         key->key.data());
    const std::string record = commentRecord(signature);
    crypto_sign_detached(signature.commentSignature.data(), nullptr, bytesOf(record), record.size(),
                         key->key.data());
    return writeMinisignSignature(signature, "signature from key " + keyIdText(signature.id));
}

Result<std::string> verifyMinisign(std::string_view message, const std::string& signatureFile,
                                   const std::string& publicKey) {
    if (sodium_init() < 0)
        return fail(ErrorCode::Internal, {}, "libsodium");
    const auto key = readMinisignPublicKey(publicKey);
    if (!key)
        return tl::unexpected(key.error());
    const auto signature = readMinisignSignature(signatureFile);
    if (!signature)
        return tl::unexpected(signature.error());
    if (signature->id != key->id)
        return fail(ErrorCode::SignatureInvalid, {},
                    "key " + keyIdText(signature->id) + " != " + keyIdText(key->id));
    const Prehash hash = prehashOf(message);
    const std::string_view signedBytes =
        signature->prehashed
            ? std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size())
            : message;
    const std::string record = commentRecord(*signature);
    if (crypto_sign_verify_detached(signature->signature.data(), bytesOf(signedBytes),
                                    signedBytes.size(), key->key.data()) != 0 ||
        crypto_sign_verify_detached(signature->commentSignature.data(), bytesOf(record),
                                    record.size(), key->key.data()) != 0)
        return fail(ErrorCode::SignatureInvalid, {}, "key " + keyIdText(key->id));
    return keyIdText(key->id);
}

}  // namespace deploy
