#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "probe/numbers.h"
#include "probe/parse_parts.h"

namespace deploy {

namespace {

std::optional<std::string> text(const ProbeText& probe, std::string_view key) {
    const auto value = probe.value(key);
    if (!value || value->empty())
        return std::nullopt;
    return std::string(*value);
}

/// "24684096 kB" in bytes.
std::optional<uint64_t> kilobytes(const ProbeText& probe, std::string_view key) {
    constexpr uint64_t kMostKiB = uint64_t{1} << 40U;  // a pebibyte
    const auto words = wordsOf(probe.value(key).value_or(""));
    if (words.size() != 2 || words[1] != "kB")
        return std::nullopt;
    const auto value = unsignedIn(words[0], 0, kMostKiB);
    return value ? std::optional(*value * 1024) : std::nullopt;
}

/// The memory that is installed. The kernel's figure lacks what it took at its start (100 MB to a
/// few hundred), so the blocks that the firmware gave are believed where the two fit together.
std::optional<uint64_t> installedMemory(const ProbeText& probe) {
    constexpr uint64_t kLeastMemory = uint64_t{1} << 20U;
    constexpr uint64_t kMostBlockSize = uint64_t{1} << 40U;
    constexpr uint64_t kMostBlocks = uint64_t{1} << 20U;
    constexpr uint64_t kMostTaken = uint64_t{1} << 30U;
    const auto usable = kilobytes(probe, "memory");
    if (!usable || *usable < kLeastMemory)
        return std::nullopt;
    const auto words = wordsOf(probe.value("memory.blocks").value_or(""));
    if (words.size() != 2)
        return usable;
    uint64_t size = 0;
    const auto [end, error] = std::from_chars(words[0].begin(), words[0].end(), size, 16);
    const auto count = unsignedIn(words[1], 1, kMostBlocks);
    if (error != std::errc() || end != words[0].end() || size > kMostBlockSize || !count)
        return usable;
    const uint64_t installed = size * *count;
    const bool fits =
        installed >= *usable && installed - *usable <= std::max(kMostTaken, *usable / 16);
    return fits ? installed : usable;
}

/// "0-3,8" counts 5.
std::optional<int> cpuCount(std::string_view list) {
    constexpr uint64_t kMostCpus = 8192;
    uint64_t count = 0;
    for (const std::string_view range : splitAt(list, ',')) {
        const auto ends = splitAt(range, '-');
        const auto first = unsignedIn(ends.front(), 0, kMostCpus);
        const auto last = unsignedIn(ends.back(), 0, kMostCpus);
        if (ends.size() > 2 || !first || !last || *last < *first)
            return std::nullopt;
        count += *last - *first + 1;
    }
    return count <= kMostCpus ? std::optional(static_cast<int>(count)) : std::nullopt;
}

/// The value of an os-release line, as a shell would read it.
std::string unquoted(std::string_view value) {
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front())
        value = value.substr(1, value.size() - 2);
    std::string plain;
    for (size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\\' && i + 1 < value.size())
            ++i;
        plain += value[i];
    }
    return plain;
}

void parseOs(Facts& facts, const ProbeText& probe) {
    std::map<std::string, std::string> release;
    for (const std::string_view line : probe.values("os")) {
        const size_t equals = line.find('=');
        if (equals != std::string_view::npos)
            release.emplace(line.substr(0, equals), unquoted(line.substr(equals + 1)));
    }
    const auto field = [&](const char* name) {
        const auto found = release.find(name);
        return found == release.end() ? std::nullopt : std::optional(found->second);
    };
    facts.osId = field("ID");
    facts.osVersion = field("VERSION_ID");
    facts.osName = field("PRETTY_NAME");
    // CentOS 7 says "7" there; "CentOS Linux release 7.9.2009 (Core)" tells which.
    const auto words = wordsOf(probe.value("os.release").value_or(""));
    for (size_t i = 1; i < words.size() && facts.osVersion; ++i) {
        const auto numbers = splitAt(words[i], '.');
        if (words[i - 1] == "release" && numbers.size() > 1 && numbers[0] == *facts.osVersion)
            facts.osVersion = *facts.osVersion + "." + std::string(numbers[1]);
    }
}

}  // namespace

void parseSystem(Facts& facts, const ProbeText& probe) {
    constexpr uint64_t kMostUid = 0xFFFFFFFF;
    facts.architecture = text(probe, "arch");
    facts.kernel = text(probe, "kernel");
    facts.hostname = text(probe, "hostname");
    facts.machineId = text(probe, "machine_id");
    facts.bootId = text(probe, "boot_id");
    facts.cores = cpuCount(probe.value("cpus").value_or(""));
    if (const auto flags = probe.value("cpu.flags"))
        facts.cpuFlags = copies(wordsOf(*flags));
    facts.memoryBytes = installedMemory(probe);
    facts.swapBytes = kilobytes(probe, "swap");
    if (const auto uid = unsignedIn(probe.value("uid").value_or(""), 0, kMostUid))
        facts.root = *uid == 0;
    const auto clock = wordsOf(probe.value("clock").value_or(""));
    if (clock.size() >= 2)
        facts.timeZone =
            std::string(clock[1]) + (clock.size() > 2 ? " " + std::string(clock[2]) : "");
    const auto times = probeTimes(probe);
    if (times && probe.has("login"))
        facts.loginShellMs = std::round(times->loginSeconds * 1000);
    parseOs(facts, probe);
}

}  // namespace deploy
