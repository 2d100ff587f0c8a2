#include "remote/known_hosts.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/file.h"

namespace deploy {

namespace {

constexpr std::array<std::string_view, 5> kKeyTypes = {
    "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa"};
constexpr std::string_view kRevoked = "@revoked";
/// Stands for all servers; only a revoked key may have it.
constexpr std::string_view kAnyAddress = "*";
constexpr uint64_t kLimitBytes = 4U << 20U;

std::optional<std::string> decodeBase64(const std::string& text) {
    std::string bytes(text.size(), '\0');
    size_t length = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &length, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return std::nullopt;
    bytes.resize(length);
    return bytes;
}

/// The fields of a key blob, each a length of four bytes and its content; empty unless they fill
/// it.
std::vector<std::string_view> blobFields(std::string_view blob) {
    std::vector<std::string_view> fields;
    while (!blob.empty()) {
        size_t length = 0;
        for (size_t i = 0; i < std::min<size_t>(4, blob.size()); ++i)
            length = length << 8U | static_cast<unsigned char>(blob[i]);
        if (blob.size() < 4 || length > blob.size() - 4)
            return {};
        fields.push_back(blob.substr(4, length));
        blob.remove_prefix(4 + length);
    }
    return fields;
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

std::vector<std::string> words(std::string_view line) {
    std::vector<std::string> found;
    size_t at = 0;
    while ((at = line.find_first_not_of(" \t", at)) != std::string_view::npos) {
        const size_t end = std::min(line.find_first_of(" \t", at), line.size());
        found.emplace_back(line.substr(at, end - at));
        at = end;
    }
    return found;
}

bool isAddress(std::string_view text) {
    constexpr std::string_view kAllowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-_%";
    return !text.empty() && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

struct Place {
    std::string address;
    uint16_t port = 22;
};

std::optional<Place> parsePlace(const std::string& text, bool revoked) {
    if (revoked && text == kAnyAddress)
        return Place{text, 0};
    if (text.front() != '[')
        return isAddress(text) ? std::optional(Place{lowerCase(text)}) : std::nullopt;
    const size_t end = text.find("]:");
    if (end == std::string::npos || !isAddress(text.substr(1, end - 1)))
        return std::nullopt;
    Place place{lowerCase(text.substr(1, end - 1)), 0};
    const char* last = text.data() + text.size();
    const auto parsed = std::from_chars(text.data() + end + 2, last, place.port);
    if (parsed.ec != std::errc() || parsed.ptr != last || place.port == 0)
        return std::nullopt;
    return place;
}

std::string placeText(const std::string& address, uint16_t port) {
    const bool plain = port == 22 || address == kAnyAddress;
    return plain ? address : "[" + address + "]:" + std::to_string(port);
}

bool isKey(const HostKey& key) {
    const auto blob = decodeBase64(key.base64);
    if (!blob || std::find(kKeyTypes.begin(), kKeyTypes.end(), key.type) == kKeyTypes.end())
        return false;
    const std::vector<std::string_view> fields = blobFields(*blob);
    const size_t expected = key.type == "ssh-ed25519" ? 2 : 3;
    return fields.size() == expected && fields.front() == key.type;
}

}  // namespace

std::string HostKey::fingerprint() const {
    const std::string blob = decodeBase64(base64).value_or(std::string());
    std::array<unsigned char, crypto_hash_sha256_BYTES> sum{};
    crypto_hash_sha256(sum.data(), reinterpret_cast<const unsigned char*>(blob.data()),
                       blob.size());
    constexpr int kForm = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, kForm)> text{};
    sodium_bin2base64(text.data(), text.size(), sum.data(), sum.size(), kForm);
    return std::string("SHA256:") + text.data();
}

Result<KnownHosts> KnownHosts::load(const std::filesystem::path& file) {
    const auto text = readFile(file, kLimitBytes);
    if (!text && text.error().code == ErrorCode::FileNotFound)
        return KnownHosts();
    if (!text)
        return tl::unexpected(text.error());

    KnownHosts hosts;
    int number = 0;
    for (size_t at = 0; at < text->size();) {
        const size_t end = std::min(text->find('\n', at), text->size());
        const std::string line = text->substr(at, end - at);
        at = end + 1;
        ++number;
        std::vector<std::string> parts = words(line);
        if (parts.empty() || parts.front().front() == '#')
            continue;
        Entry entry;
        entry.revoked = parts.front() == kRevoked;
        if (entry.revoked)
            parts.erase(parts.begin());
        // OpenSSH allows a comment after the key.
        const bool complete = parts.size() >= 3;
        const auto place = complete ? parsePlace(parts[0], entry.revoked) : std::nullopt;
        if (complete)
            entry.key = {parts[1], parts[2]};
        if (!place || !isKey(entry.key))
            return fail(ErrorCode::KnownHostsCorrupt, file.string() + ":" + std::to_string(number),
                        line);
        entry.address = place->address;
        entry.port = place->port;
        hosts.entries_.push_back(std::move(entry));
    }
    return hosts;
}

HostKeyState KnownHosts::check(std::string_view address, uint16_t port, const HostKey& key) const {
    const std::string wanted = lowerCase(address);
    HostKeyState state = HostKeyState::Unknown;
    bool same = false;
    for (const Entry& entry : entries_) {
        const bool here = entry.address == wanted && entry.port == port;
        if (entry.revoked && entry.key == key && (here || entry.address == kAnyAddress))
            return HostKeyState::Revoked;
        if (!here || entry.revoked)
            continue;
        same = same || entry.key == key;
        if (entry.key.type == key.type)
            state = HostKeyState::Changed;
        else if (state == HostKeyState::Unknown)
            state = HostKeyState::OtherType;
    }
    return same ? HostKeyState::Known : state;
}

std::vector<std::string> KnownHosts::knownTypes(std::string_view address, uint16_t port) const {
    const std::string wanted = lowerCase(address);
    std::vector<std::string> types;
    for (const Entry& entry : entries_)
        if (!entry.revoked && entry.address == wanted && entry.port == port &&
            std::find(types.begin(), types.end(), entry.key.type) == types.end())
            types.push_back(entry.key.type);
    return types;
}

void KnownHosts::add(std::string_view address, uint16_t port, const HostKey& key) {
    if (check(address, port, key) != HostKeyState::Known)
        entries_.push_back({lowerCase(address), port, key, false});
}

void KnownHosts::remove(std::string_view address, uint16_t port) {
    const std::string wanted = lowerCase(address);
    std::erase_if(entries_, [&](const Entry& entry) {
        return !entry.revoked && entry.address == wanted && entry.port == port;
    });
}

Result<void> KnownHosts::save(const std::filesystem::path& file) const {
    std::string text;
    for (const Entry& entry : entries_)
        text += (entry.revoked ? std::string(kRevoked) + " " : std::string()) +
                placeText(entry.address, entry.port) + " " + entry.key.type + " " +
                entry.key.base64 + "\n";
    return writeFileAtomically(file, text, 0600);
}

}  // namespace deploy
