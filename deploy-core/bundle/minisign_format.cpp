#include "bundle/minisign_format.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace deploy {

namespace {

constexpr size_t kMaximumFileBytes = 16U << 10U;

auto invalid(std::string_view detail) {
    return fail(ErrorCode::SignatureInvalid, {}, std::string(detail));
}

/// Lines without their end; a last line may lack it. Both ends of line that minisign reads.
std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
    }
    return lines;
}

template <size_t N>
void take(std::string_view& record, std::array<unsigned char, N>& into) {
    std::memcpy(into.data(), record.data(), N);
    record.remove_prefix(N);
}

template <size_t N>
void append(std::string& record, const std::array<unsigned char, N>& bytes) {
    record.append(reinterpret_cast<const char*>(bytes.data()), N);
}

}  // namespace

std::string keyIdText(const MinisignKeyId& id) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    for (auto byte = id.rbegin(); byte != id.rend(); ++byte) {
        text += kDigits[*byte >> 4U];
        text += kDigits[*byte & 15U];
    }
    return text;
}

std::string base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

Result<std::string> fromBase64(std::string_view line) {
    std::string bytes(line.size(), '\0');
    size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), line.data(),
                          line.size(), nullptr, &length, &end,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        end != line.data() + line.size())
        return invalid("base64");
    bytes.resize(length);
    return bytes;
}

Result<std::string> base64Line(std::string_view file, std::string_view what) {
    if (file.size() > kMaximumFileBytes)
        return invalid(what);
    const auto lines = linesOf(file);
    if (lines.size() != 2 || !lines[0].starts_with(kUntrustedPrefix))
        return invalid(what);
    return fromBase64(lines[1]);
}

Result<MinisignPublicKey> readMinisignPublicKey(std::string_view text) {
    constexpr size_t kRecordBytes = 2 + kMinisignKeyIdBytes + 32;
    const auto lines = linesOf(text);
    const auto record = lines.size() == 1 ? fromBase64(lines[0]) : base64Line(text, "public key");
    if (!record)
        return tl::unexpected(record.error());
    if (record->size() != kRecordBytes || !record->starts_with("Ed"))
        return invalid("public key");
    std::string_view rest = std::string_view(*record).substr(2);
    MinisignPublicKey key;
    take(rest, key.id);
    take(rest, key.key);
    return key;
}

std::string writeMinisignPublicKey(const MinisignPublicKey& key) {
    std::string record = "Ed";
    append(record, key.id);
    append(record, key.key);
    return std::string(kUntrustedPrefix) + "minisign public key " + keyIdText(key.id) + "\n" +
           base64(record) + "\n";
}

Result<MinisignSignature> readMinisignSignature(std::string_view text) {
    constexpr size_t kRecordBytes = 2 + kMinisignKeyIdBytes + 64;
    if (text.size() > kMaximumFileBytes)
        return invalid("signature file");
    const auto lines = linesOf(text);
    if (lines.size() != 4 || !lines[0].starts_with(kUntrustedPrefix) ||
        !lines[2].starts_with(kTrustedPrefix))
        return invalid("signature file");
    const auto record = fromBase64(lines[1]);
    const auto global = fromBase64(lines[3]);
    if (!record || !global || record->size() != kRecordBytes || global->size() != 64)
        return invalid("signature file");
    MinisignSignature signature;
    if (record->starts_with("ED"))
        signature.prehashed = true;
    else if (record->starts_with("Ed"))
        signature.prehashed = false;
    else
        return invalid("signature algorithm");
    std::string_view rest = std::string_view(*record).substr(2);
    take(rest, signature.id);
    take(rest, signature.signature);
    std::string_view globalRest = *global;
    take(globalRest, signature.commentSignature);
    signature.trustedComment = lines[2].substr(kTrustedPrefix.size());
    return signature;
}

std::string writeMinisignSignature(const MinisignSignature& signature,
                                   std::string_view untrustedComment) {
    std::string record = signature.prehashed ? "ED" : "Ed";
    append(record, signature.id);
    append(record, signature.signature);
    std::string global;
    append(global, signature.commentSignature);
    std::string text(kUntrustedPrefix);
    text += untrustedComment;
    text += "\n" + base64(record) + "\n" + std::string(kTrustedPrefix) + signature.trustedComment +
            "\n" + base64(global) + "\n";
    return text;
}

}  // namespace deploy
