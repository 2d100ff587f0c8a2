#pragma once

#include <string>

namespace deploy {

/// "30,000": as both languages write it.
std::string groupedDigits(int number);

}  // namespace deploy
