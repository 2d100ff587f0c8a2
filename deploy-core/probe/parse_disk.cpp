#include <algorithm>
#include <cmath>

#include "probe/numbers.h"
#include "probe/parse_parts.h"

namespace deploy {

namespace {

constexpr uint64_t kMostBytes = uint64_t{1} << 60U;
constexpr uint64_t kMostInodes = uint64_t{1} << 50U;

/// "block size, blocks, blocks that are free to others than root, inodes, free inodes" of stat -f.
void parseSpace(FileSystemFacts& disk, std::string_view line) {
    constexpr uint64_t kMostBlockSize = uint64_t{1} << 30U;
    const auto words = wordsOf(line);
    if (words.size() != 5)
        return;
    const auto blockSize = unsignedIn(words[0], 1, kMostBlockSize);
    if (!blockSize)
        return;
    const auto blocks = unsignedIn(words[1], 1, kMostBytes / *blockSize);
    const auto freeBlocks = unsignedIn(words[2], 0, kMostBytes / *blockSize);
    if (blocks)
        disk.totalBytes = *blocks * *blockSize;
    if (blocks && freeBlocks && *freeBlocks <= *blocks)
        disk.freeBytes = *freeBlocks * *blockSize;
    // 0 inodes: a file system that makes them as it goes.
    const auto inodes = unsignedIn(words[3], 1, kMostInodes);
    const auto freeInodes = unsignedIn(words[4], 0, kMostInodes);
    disk.totalInodes = inodes;
    if (inodes && freeInodes && *freeInodes <= *inodes)
        disk.freeInodes = freeInodes;
}

std::optional<bool> flag(const ProbeText& text, std::string_view key, std::string_view yes,
                         std::string_view no) {
    const auto value = text.value(key);
    if (value == yes)
        return true;
    if (value == no)
        return false;
    return std::nullopt;
}

/// Of at least 20 measured writes, so that one lucky write is no answer.
std::optional<double> p99Ms(const ProbeText& text) {
    constexpr size_t kFewest = 20;
    constexpr double kSlowestSeconds = 60;
    std::vector<double> seconds;
    for (const std::string_view value : text.values("fsync"))
        for (const std::string_view word : wordsOf(value))
            if (const auto sample = decimalIn(word, 0, kSlowestSeconds))
                seconds.push_back(*sample);
    if (seconds.size() < kFewest)
        return std::nullopt;
    std::sort(seconds.begin(), seconds.end());
    const auto rank = static_cast<size_t>(std::ceil(0.99 * static_cast<double>(seconds.size())));
    return seconds[rank - 1] * 1000;
}

}  // namespace

void parseDisk(Facts& facts, const ProbeText& text) {
    facts.fdatasyncP99Ms = p99Ms(text);
    if (!text.has("disk.folder"))
        return;
    FileSystemFacts disk;
    disk.type = std::string(text.value("disk.type").value_or(""));
    parseSpace(disk, text.value("disk.space").value_or(""));
    disk.rotational = flag(text, "disk.rotational", "1", "0");
    disk.ftype = flag(text, "disk.ftype", "1", "0");
    disk.symlink = flag(text, "disk.symlink", "yes", "no");
    for (const std::string_view option : splitAt(text.value("disk.options").value_or(""), ','))
        if (!option.empty() &&
            std::find(disk.options.begin(), disk.options.end(), option) == disk.options.end())
            disk.options.emplace_back(option);
    facts.dataDirectory = std::move(disk);
}

}  // namespace deploy
