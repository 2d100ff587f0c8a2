#include "text/digits.h"

namespace deploy {

std::string groupedDigits(int number) {
    std::string digits = std::to_string(number);
    for (size_t place = digits.size(); place > 3 && digits[place - 4] != '-'; place -= 3)
        digits.insert(place - 3, ",");
    return digits;
}

}  // namespace deploy
