#include "base/utf8.h"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstdint>

namespace deploy {

namespace {

/// One character of a text; length 0 means that the byte at this place starts none.
struct Character {
    char32_t code = 0;
    size_t length = 0;
};

Character decode(std::string_view text) {
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {lead, 1};
    const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length)
        return {};
    char32_t code = lead & (0xFFU >> (length + 1));
    for (size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U)
            return {};
        code = (code << 6U) | (byte(i) & 0x3FU);
    }
    static constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < kSmallest.at(length) || code > 0x10FFFF || surrogate)
        return {};
    return {code, length};
}

/// The offset of the first byte that is not UTF-8, or the text's size.
size_t firstInvalid(std::string_view text) {
    size_t offset = 0;
    while (offset < text.size()) {
        const size_t length = decode(text.substr(offset)).length;
        if (length == 0)
            return offset;
        offset += length;
    }
    return offset;
}

bool misleads(char32_t code) {
    const auto within = [code](char32_t first, char32_t last) {
        return code >= first && code <= last;
    };
    return within(0x80, 0x9F) || code == 0x061C || within(0x200B, 0x200F) ||
           within(0x2028, 0x202E) || within(0x2060, 0x206F) || code == 0xFEFF ||
           within(0xFFF9, 0xFFFB) || within(0xFFFE, 0xFFFF) || within(0xE0000, 0xE007F);
}

std::string hex(uint32_t value, size_t digits) {
    std::string text(digits, '0');
    for (size_t i = digits; i-- > 0; value >>= 4U)
        text[i] = "0123456789abcdef"[value & 15U];
    return text;
}

tl::unexpected<Error> invalidAt(size_t offset, std::string_view encoding) {
    return fail(ErrorCode::EncodingInvalid, {}, {},
                {{"offset", std::to_string(offset)}, {"encoding", std::string(encoding)}});
}

}  // namespace

bool isUtf8(std::string_view text) {
    return firstInvalid(text) == text.size();
}

std::string escapeForDisplay(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const Character character = decode(text);
        const size_t length = character.length == 0 ? 1 : character.length;
        const auto byte = static_cast<unsigned char>(text.front());
        const bool control = byte < 0x20 && byte != '\n' && byte != '\t';
        if (character.length == 0 || control || byte == 0x7F)
            shown += "\\x" + hex(byte, 2);
        else if (misleads(character.code))
            shown += character.code > 0xFFFF ? "\\U" + hex(character.code, 8)
                                             : "\\u" + hex(character.code, 4);
        else
            shown += text.substr(0, length);
        text.remove_prefix(length);
    }
    return shown;
}

Result<std::string> utf8FromUtf8WithBom(std::string_view bytes) {
    const size_t invalid = firstInvalid(bytes);
    if (invalid != bytes.size())
        return invalidAt(invalid, "UTF-8");
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    return std::string(bytes);
}

Result<std::string> utf8FromGb18030(std::string_view bytes) {
    const iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (reinterpret_cast<intptr_t>(converter) == -1)
        return fail(ErrorCode::Internal, {}, "iconv has no GB18030");
    std::string input(bytes);
    std::string text;
    std::array<char, 16384> block{};
    char* next = input.data();
    size_t left = input.size();
    while (left > 0) {
        char* out = block.data();
        size_t room = block.size();
        const size_t converted = iconv(converter, &next, &left, &out, &room);
        text.append(block.data(), block.size() - room);
        if (converted == static_cast<size_t>(-1) && errno != E2BIG) {
            iconv_close(converter);
            return invalidAt(static_cast<size_t>(next - input.data()), "GB18030");
        }
    }
    iconv_close(converter);
    return utf8FromUtf8WithBom(text);
}

}  // namespace deploy
