#include "run/journal_record.h"

#include <charconv>
#include <cstdio>
#include <optional>

#include "base/digest.h"

namespace deploy {

namespace {

constexpr size_t kLengthDigits = 8;
constexpr size_t kChecksumDigits = 16;
constexpr size_t kHeadBytes = kLengthDigits + 1 + kChecksumDigits + 1;

std::string checksum(std::string_view text) {
    return sha256Hex(text).substr(0, kChecksumDigits);
}

bool isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/// The text of the whole record that begins these bytes, if there is one.
std::optional<std::string_view> recordAt(std::string_view bytes) {
    if (bytes.size() < kHeadBytes || bytes[kLengthDigits] != ' ' || bytes[kHeadBytes - 1] != ' ')
        return std::nullopt;
    size_t length = 0;
    const auto [end, problem] =
        std::from_chars(bytes.data(), bytes.data() + kLengthDigits, length, 16);
    if (problem != std::errc() || end != bytes.data() + kLengthDigits || !isDigit(bytes[0]) ||
        bytes.size() - kHeadBytes <= length || bytes[kHeadBytes + length] != '\n')
        return std::nullopt;
    for (size_t i = 0; i < kLengthDigits; ++i)
        if (!isDigit(bytes[i]))
            return std::nullopt;
    const std::string_view text = bytes.substr(kHeadBytes, length);
    if (bytes.substr(kLengthDigits + 1, kChecksumDigits) != checksum(text))
        return std::nullopt;
    return text;
}

}  // namespace

std::string frameRecord(std::string_view text) {
    char length[kLengthDigits + 1];
    std::snprintf(length, sizeof length, "%08zx", text.size());
    return std::string(length) + " " + checksum(text) + " " + std::string(text) + "\n";
}

Result<JournalRecords> splitRecords(std::string_view bytes, const std::string& name) {
    JournalRecords records;
    size_t at = 0;
    while (at < bytes.size()) {
        const auto text = recordAt(bytes.substr(at));
        if (!text)
            break;
        records.texts.push_back(*text);
        at += kHeadBytes + text->size() + 1;
    }
    records.wholeBytes = at;
    // Damage is told from a torn tail by what stands behind it.
    for (size_t behind = at + 1; behind < bytes.size(); ++behind)
        if (recordAt(bytes.substr(behind)))
            return fail(ErrorCode::JournalCorrupt,
                        name + ":" + std::to_string(records.texts.size() + 1));
    return records;
}

}  // namespace deploy
