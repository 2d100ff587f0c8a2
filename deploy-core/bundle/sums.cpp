#include "bundle/sums.h"

#include <algorithm>

#include "bundle/names.h"

namespace deploy {

namespace {

constexpr size_t kHexDigits = 64;

}  // namespace

bool isSha256Hex(std::string_view text) {
    return text.size() == kHexDigits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Result<FileSums> readSums(std::string_view text, const std::string& name) {
    FileSums sums;
    size_t number = 0;
    while (!text.empty()) {
        const std::string where = name + ":" + std::to_string(++number);
        const size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        // A file that was cut short must not pass for a shorter list.
        if (end == std::string_view::npos || line.size() < kHexDigits + 3 ||
            !isSha256Hex(line.substr(0, kHexDigits)) || line.substr(kHexDigits, 2) != "  ")
            return fail(ErrorCode::BundleInvalid, where, std::string(line.substr(0, 200)));
        const std::string_view path = line.substr(kHexDigits + 2);
        if (auto allowed = checkBundlePath(path, where); !allowed)
            return tl::unexpected(allowed.error());
        if (!sums.emplace(path, line.substr(0, kHexDigits)).second)
            return fail(ErrorCode::BundleInvalid, where, std::string(path));
        text.remove_prefix(end + 1);
    }
    return sums;
}

std::string writeSums(const FileSums& sums) {
    std::string text;
    for (const auto& [path, sum] : sums)
        text.append(sum).append("  ").append(path).append("\n");
    return text;
}

}  // namespace deploy
