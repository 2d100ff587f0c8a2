#include <charconv>
#include <optional>

#include "inventory/import_parts.h"

namespace deploy {

namespace {

bool isLetter(std::string_view text) {
    return text.size() == 1 &&
           ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
}

std::optional<uint32_t> number(std::string_view text) {
    constexpr size_t kMostDigits = 9;
    uint32_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.size() > kMostDigits || parsed.ec != std::errc() ||
        parsed.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// Of Ansible: all letters in one row, so that [Y:b] is no range and [a:C] is.
size_t letterIndex(char c) {
    return c >= 'a' ? size_t(c - 'a') : size_t(c - 'A') + 26;
}

std::string padded(uint32_t value, size_t width) {
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// The values of one range; empty for what is none.
std::vector<std::string> valuesOf(std::string_view first, std::string_view last,
                                  std::string_view stepText) {
    std::vector<std::string> values;
    const auto step = number(stepText);
    if (!step || *step == 0)
        return values;
    if (isLetter(first) && isLetter(last)) {
        for (size_t i = letterIndex(first[0]); i <= letterIndex(last[0]); i += *step)
            values.emplace_back(1, static_cast<char>(i < 26 ? 'a' + i : 'A' + (i - 26)));
        return values;
    }
    const auto from = number(first);
    const auto to = number(last);
    const bool fixedWidth = first.size() > 1 && first.front() == '0';
    if (!from || !to || *to < *from || (fixedWidth && first.size() != last.size()) ||
        (*to - *from) / *step >= kMostServers)
        return values;
    for (uint32_t i = *from; i <= *to; i += *step)
        values.push_back(padded(i, fixedWidth ? first.size() : 0));
    return values;
}

struct Range {
    size_t begin = 0;
    size_t end = 0;  ///< behind the bracket
    std::vector<std::string> values;
};

Range readRange(std::string_view text, size_t open, char separator, bool steps) {
    Range range{open, text.find(']', open), {}};
    if (range.end == std::string_view::npos)
        return range;
    const std::string_view inside = text.substr(open + 1, range.end++ - open - 1);
    const size_t middle = inside.find(separator);
    if (middle == std::string_view::npos)
        return range;
    std::string_view last = inside.substr(middle + 1);
    std::string_view step = "1";
    if (const size_t second = last.find(separator); steps && second != std::string_view::npos) {
        step = last.substr(second + 1);
        last = last.substr(0, second);
    }
    const std::string_view first = inside.substr(0, middle);
    range.values = valuesOf(first.empty() ? "0" : first, last, step);
    return range;
}

}  // namespace

std::vector<std::string> expandRanges(std::string_view text, RangeStyle style) {
    // No address is longer; each of the made ones costs as much.
    constexpr size_t kLongest = 300;
    if (text.size() > kLongest && text.find('[') != std::string_view::npos)
        return {};
    const char separator = style == RangeStyle::Dashes ? '-' : ':';
    std::vector<std::string> texts = {""};
    while (!text.empty()) {
        const size_t open = text.find('[');
        for (std::string& made : texts)
            made += text.substr(0, open);
        if (open == std::string_view::npos)
            break;
        const Range range = readRange(text, open, separator, style == RangeStyle::Colons);
        if (range.values.empty() || texts.size() * range.values.size() > kMostServers)
            return {};
        std::vector<std::string> longer;
        for (const std::string& made : texts)
            for (const std::string& value : range.values)
                longer.push_back(made + value);
        texts = std::move(longer);
        text.remove_prefix(range.end);
    }
    return texts;
}

}  // namespace deploy
