#include "probe/numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace deploy {

std::optional<uint64_t> unsignedIn(std::string_view text, uint64_t minimum, uint64_t maximum) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    if (error != std::errc() || end != text.end() || value < minimum || value > maximum)
        return std::nullopt;
    return value;
}

std::optional<double> decimalIn(std::string_view text, double minimum, double maximum) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    if (error != std::errc() || end != text.end() || !std::isfinite(value) || value < minimum ||
        value > maximum)
        return std::nullopt;
    return value;
}

std::vector<std::string_view> wordsOf(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    std::vector<std::string_view> words;
    size_t start = text.find_first_not_of(kBlanks);
    while (start != std::string_view::npos) {
        const size_t end = std::min(text.find_first_of(kBlanks, start), text.size());
        words.push_back(text.substr(start, end - start));
        start = text.find_first_not_of(kBlanks, end);
    }
    return words;
}

std::vector<std::string_view> splitAt(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    size_t start = 0;
    while (true) {
        const size_t end = text.find(separator, start);
        parts.push_back(text.substr(start, end - start));
        if (end == std::string_view::npos)
            return parts;
        start = end + 1;
    }
}

std::vector<std::string> copies(const std::vector<std::string_view>& parts) {
    return {parts.begin(), parts.end()};
}

}  // namespace deploy
