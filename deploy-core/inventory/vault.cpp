#include "inventory/vault.h"

#include <sodium.h>

#include <optional>

#include "base/file.h"

namespace deploy {

namespace {

constexpr std::string_view kMagic("FCVAULT\0", 8);
constexpr std::string_view kKeyCheckText = "finclip-deploy vault";
constexpr uint32_t kFormat = 1;
constexpr size_t kSaltBytes = crypto_pwhash_argon2id_SALTBYTES;
constexpr size_t kHashBytes = crypto_generichash_BYTES;
constexpr size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kSaltAt = kMagic.size() + 4;
constexpr size_t kKeyCheckAt = kSaltAt + kSaltBytes;
constexpr size_t kNonceAt = kKeyCheckAt + kHashBytes;
constexpr size_t kContentAt = kNonceAt + kNonceBytes;
constexpr uint64_t kLimitBytes = 4U << 20U;

unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// Text that is wiped at the end of its scope.
struct Wiped {
    std::string text;
    explicit Wiped(size_t size) : text(size, '\0') {}
    ~Wiped() { sodium_memzero(text.data(), text.size()); }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
};

std::string hash(std::string_view text, std::string_view key = {}) {
    std::string sum(kHashBytes, '\0');
    crypto_generichash(bytes(sum), sum.size(), bytes(text), text.size(), bytes(key), key.size());
    return sum;
}

Result<Secret> deriveKey(const Secret& passphrase, const std::string& salt) {
    Wiped key(kKeyBytes);
    const std::string_view text = passphrase.reveal();
    if (crypto_pwhash(bytes(key.text), key.text.size(), text.data(), text.size(), bytes(salt),
                      crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorCode::Internal, "vault", "256 MiB of memory are needed");
    return Secret(key.text);
}

void appendNumber(std::string& text, uint32_t number) {
    for (int i = 0; i < 4; ++i, number >>= 8U)
        text += static_cast<char>(number & 0xFFU);
}

std::optional<uint32_t> takeNumber(std::string_view& text) {
    if (text.size() < 4)
        return std::nullopt;
    uint32_t number = 0;
    for (size_t i = 4; i-- > 0;)
        number = (number << 8U) | static_cast<unsigned char>(text[i]);
    text.remove_prefix(4);
    return number;
}

std::optional<std::string_view> takeText(std::string_view& text) {
    const auto size = takeNumber(text);
    if (!size || *size > text.size())
        return std::nullopt;
    const std::string_view taken = text.substr(0, *size);
    text.remove_prefix(*size);
    return taken;
}

std::optional<std::map<std::string, Secret>> readEntries(std::string_view content) {
    std::map<std::string, Secret> values;
    const auto count = takeNumber(content);
    for (uint32_t i = 0; count && i < *count; ++i) {
        const auto name = takeText(content);
        const auto value = name ? takeText(content) : std::nullopt;
        if (!value)
            return std::nullopt;
        values.emplace(*name, *value);
    }
    if (!count || !content.empty())
        return std::nullopt;
    return values;
}

tl::unexpected<Error> corrupt(const std::filesystem::path& file, const char* problem) {
    return fail(ErrorCode::VaultCorrupt, file.string(), {}, {{"problem", problem}});
}

}  // namespace

Result<Vault> Vault::open(const std::filesystem::path& file, const std::string& projectId,
                          const Secret& passphrase) {
    if (sodium_init() < 0)
        return fail(ErrorCode::Internal, "libsodium");
    if (passphrase.empty())
        return fail(ErrorCode::CredentialMissing, "vault");
    Vault vault;
    vault.file_ = file;
    vault.projectId_ = projectId;
    const auto read = readFile(file, kLimitBytes);
    if (!read && read.error().code == ErrorCode::FileNotFound) {
        vault.salt_.resize(kSaltBytes);
        randombytes_buf(vault.salt_.data(), vault.salt_.size());
        return deriveKey(passphrase, vault.salt_).map([&](const Secret& key) {
            vault.key_ = key;
            return vault;
        });
    }
    if (!read)
        return tl::unexpected(read.error());

    const std::string_view all = *read;
    if (all.size() < kSaltAt + kHashBytes || !all.starts_with(kMagic))
        return corrupt(file, "damaged");
    const std::string_view body = all.substr(0, all.size() - kHashBytes);
    if (hash(body) != all.substr(body.size()))
        return corrupt(file, "damaged");
    std::string_view format = body.substr(kMagic.size(), 4);
    if (const uint32_t found = *takeNumber(format); found > kFormat)
        return fail(ErrorCode::FormatTooNew, file.string(), {},
                    {{"format", std::to_string(found)}, {"known", std::to_string(kFormat)}});
    if (body.size() < kContentAt + kTagBytes)
        return corrupt(file, "damaged");

    vault.salt_ = body.substr(kSaltAt, kSaltBytes);
    auto key = deriveKey(passphrase, vault.salt_);
    if (!key)
        return tl::unexpected(key.error());
    vault.key_ = *key;
    const std::string check = hash(kKeyCheckText, key->reveal());
    if (sodium_memcmp(check.data(), body.data() + kKeyCheckAt, kHashBytes) != 0)
        return fail(ErrorCode::VaultPassphraseWrong, file.string());

    const std::string_view sealed = body.substr(kContentAt);
    const std::string associated = std::string(body.substr(0, kContentAt)) + projectId;
    Wiped content(sealed.size() - kTagBytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes(content.text), nullptr, nullptr, bytes(sealed), sealed.size(), bytes(associated),
            associated.size(), bytes(body.substr(kNonceAt)), bytes(key->reveal())) != 0)
        return corrupt(file, "other_project");
    auto values = readEntries(content.text);
    if (!values)
        return corrupt(file, "damaged");
    vault.values_ = std::move(*values);
    return vault;
}

Secret Vault::get(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? Secret() : found->second;
}

void Vault::set(const std::string& name, const Secret& value) {
    values_.insert_or_assign(name, value);
}

void Vault::erase(const std::string& name) {
    values_.erase(name);
}

std::vector<std::string> Vault::names() const {
    std::vector<std::string> names;
    for (const auto& [name, value] : values_)
        names.push_back(name);
    return names;
}

Result<void> Vault::save() const {
    size_t size = 4;
    for (const auto& [name, value] : values_)
        size += 8 + name.size() + value.reveal().size();
    // Filled without growing, so that no copy of a secret stays behind in freed memory.
    Wiped content(0);
    content.text.reserve(size);
    appendNumber(content.text, static_cast<uint32_t>(values_.size()));
    for (const auto& [name, value] : values_) {
        appendNumber(content.text, static_cast<uint32_t>(name.size()));
        content.text += name;
        appendNumber(content.text, static_cast<uint32_t>(value.reveal().size()));
        content.text += value.reveal();
    }

    std::string file(kMagic);
    appendNumber(file, kFormat);
    file += salt_;
    file += hash(kKeyCheckText, key_.reveal());
    std::string nonce(kNonceBytes, '\0');
    randombytes_buf(nonce.data(), nonce.size());
    file += nonce;
    const std::string associated = file + projectId_;
    std::string sealed(content.text.size() + kTagBytes, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        bytes(sealed), nullptr, bytes(content.text), content.text.size(), bytes(associated),
        associated.size(), nullptr, bytes(nonce), bytes(key_.reveal()));
    file += sealed;
    file += hash(file);
    return writeFileAtomically(file_, file, 0600);
}

}  // namespace deploy
