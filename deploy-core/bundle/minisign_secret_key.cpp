#include "bundle/minisign_secret_key.h"

#include <sodium.h>

#include <cstring>

namespace deploy {

namespace {

constexpr std::string_view kScrypt = "Sc";
constexpr std::string_view kNoKdf("\0\0", 2);
constexpr size_t kSaltBytes = 32;
constexpr size_t kSumBytes = 32;
constexpr size_t kSealedBytes = kMinisignKeyIdBytes + 64 + kSumBytes;
constexpr size_t kRecordBytes = 6 + kSaltBytes + 16 + kSealedBytes;

using Sealed = std::array<unsigned char, kSealedBytes>;

std::string littleEndian(uint64_t value) {
    std::string bytes;
    for (unsigned i = 0; i < 8; ++i)
        bytes += static_cast<char>((value >> (8 * i)) & 0xffU);
    return bytes;
}

uint64_t fromLittleEndian(std::string_view bytes) {
    uint64_t value = 0;
    for (unsigned i = 0; i < 8; ++i)
        value |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return value;
}

/// Detects a wrong passphrase: BLAKE2b over the algorithm's name, the key id and the key.
std::array<unsigned char, kSumBytes> sumOf(const MinisignSecretKey& key) {
    std::array<unsigned char, kSumBytes> sum{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, sum.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>("Ed"), 2);
    crypto_generichash_update(&state, key.id.data(), key.id.size());
    crypto_generichash_update(&state, key.key.data(), key.key.size());
    crypto_generichash_final(&state, sum.data(), sum.size());
    return sum;
}

/// Turns the sealed record into the clear one and back.
Result<void> applyScrypt(Sealed& record, const Secret& passphrase, std::string_view salt,
                         uint64_t operations, uint64_t memory) {
    Sealed stream{};
    const std::string_view text = passphrase.reveal();
    if (crypto_pwhash_scryptsalsa208sha256(stream.data(), stream.size(), text.data(), text.size(),
                                           reinterpret_cast<const unsigned char*>(salt.data()),
                                           operations, static_cast<size_t>(memory)) != 0)
        return fail(ErrorCode::Internal, {}, "scrypt: out of memory");
    for (size_t i = 0; i < record.size(); ++i)
        record.at(i) ^= stream.at(i);
    sodium_memzero(stream.data(), stream.size());
    return {};
}

}  // namespace

MinisignSecretKey::~MinisignSecretKey() {
    sodium_memzero(key.data(), key.size());
}

Result<std::string> sealMinisignSecretKey(const MinisignSecretKey& key, const Secret& passphrase) {
    if (passphrase.empty())
        return fail(ErrorCode::ValueInvalid, "passphrase");
    Sealed record{};
    const auto sum = sumOf(key);
    std::memcpy(record.data(), key.id.data(), key.id.size());
    std::memcpy(record.data() + key.id.size(), key.key.data(), key.key.size());
    std::memcpy(record.data() + key.id.size() + key.key.size(), sum.data(), sum.size());
    std::string salt(kSaltBytes, '\0');
    randombytes_buf(salt.data(), salt.size());
    constexpr uint64_t kOperations = crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE;
    constexpr uint64_t kMemory = crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE;
    if (auto sealed = applyScrypt(record, passphrase, salt, kOperations, kMemory); !sealed) {
        sodium_memzero(record.data(), record.size());
        return tl::unexpected(sealed.error());
    }
    std::string bytes = "Ed" + std::string(kScrypt) + "B2" + salt + littleEndian(kOperations) +
                        littleEndian(kMemory);
    bytes.append(reinterpret_cast<const char*>(record.data()), record.size());
    return std::string(kUntrustedPrefix) + "minisign encrypted secret key\n" + base64(bytes) + "\n";
}

Result<MinisignSecretKey> openMinisignSecretKey(const std::string& file, const Secret& passphrase) {
    auto bytes = base64Line(file, "secret key");
    if (!bytes)
        return tl::unexpected(bytes.error());
    const std::string_view kdf = std::string_view(*bytes).substr(0, 4).substr(2);
    if (bytes->size() != kRecordBytes || !bytes->starts_with("Ed") ||
        bytes->compare(4, 2, "B2") != 0 || (kdf != kScrypt && kdf != kNoKdf))
        return fail(ErrorCode::SignatureInvalid, {}, "secret key");
    const std::string_view salt = std::string_view(*bytes).substr(6, kSaltBytes);
    const std::string_view costs = std::string_view(*bytes).substr(6 + kSaltBytes, 16);
    Sealed record{};
    std::memcpy(record.data(), bytes->data() + kRecordBytes - kSealedBytes, kSealedBytes);
    if (kdf == kScrypt) {
        const uint64_t operations = fromLittleEndian(costs);
        const uint64_t memory = fromLittleEndian(costs.substr(8));
        if (operations > crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE ||
            memory > crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE)
            return fail(ErrorCode::SignatureInvalid, {}, "secret key: scrypt cost");
        if (auto opened = applyScrypt(record, passphrase, salt, operations, memory); !opened)
            return tl::unexpected(opened.error());
    }
    MinisignSecretKey key;
    std::memcpy(key.id.data(), record.data(), key.id.size());
    std::memcpy(key.key.data(), record.data() + key.id.size(), key.key.size());
    // minisign leaves the sum of an unprotected key empty.
    const bool matches =
        kdf == kNoKdf ||
        sodium_memcmp(sumOf(key).data(), record.data() + key.id.size() + key.key.size(),
                      kSumBytes) == 0;
    sodium_memzero(record.data(), record.size());
    sodium_memzero(bytes->data(), bytes->size());
    if (!matches)
        return fail(ErrorCode::VaultPassphraseWrong);
    return key;
}

}  // namespace deploy
