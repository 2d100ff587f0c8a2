#include "base/byte_count.h"

#include <array>
#include <cstdio>

namespace deploy {

std::string bytesText(uint64_t bytes) {
    static constexpr std::array kUnits = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    // What rounds to 1024.0 of a unit is 1 of the next.
    constexpr double kLeastOfNext = 1023.95;
    auto value = static_cast<double>(bytes);
    size_t unit = 0;
    while (value >= (unit == 0 ? 1024 : kLeastOfNext) && unit + 1 < kUnits.size()) {
        value /= 1024;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", value);
    std::string number = text.data();
    if (number.ends_with(".0"))
        number.resize(number.size() - 2);
    return number + " " + kUnits.at(unit);
}

}  // namespace deploy
