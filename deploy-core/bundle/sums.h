#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace deploy {

/// Path -> SHA-256 in lower-case hex.
using FileSums = std::map<std::string, std::string>;

/// True for 64 lower-case hex digits.
bool isSha256Hex(std::string_view text);

/// SHA256SUMS as sha256sum writes and checks it: "<hex>  <path>" a line. BundleInvalid with
/// "name:line" for anything else, a path twice, or an unsafe one (BundleUnsafePath).
Result<FileSums> readSums(std::string_view text, const std::string& name);
std::string writeSums(const FileSums& sums);

}  // namespace deploy
