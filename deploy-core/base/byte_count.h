#pragma once

#include <cstdint>
#include <string>

namespace deploy {

/// A number of bytes for people: "310 B", "1.5 GiB", "8 GiB". At most one decimal, powers of 1024.
std::string bytesText(uint64_t bytes);

}  // namespace deploy
