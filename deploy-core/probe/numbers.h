#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deploy {

/// Decimal digits only, at most `maximum`.
std::optional<uint64_t> unsignedIn(std::string_view text, uint64_t minimum, uint64_t maximum);
/// A decimal number ("0.0123", "9.9e-05"), finite and within the range.
std::optional<double> decimalIn(std::string_view text, double minimum, double maximum);
/// Parts between blanks; none is empty.
std::vector<std::string_view> wordsOf(std::string_view text);
std::vector<std::string_view> splitAt(std::string_view text, char separator);
/// Copies, for facts that keep their words.
std::vector<std::string> copies(const std::vector<std::string_view>& parts);

}  // namespace deploy
