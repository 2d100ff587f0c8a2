#include <algorithm>

#include "probe/numbers.h"
#include "probe/parse_parts.h"

namespace deploy {

namespace {

std::optional<std::vector<std::string>> wordList(const ProbeText& text, std::string_view key) {
    const auto value = text.value(key);
    return value ? std::optional(copies(wordsOf(*value))) : std::nullopt;
}

/// The choice in brackets of "always [madvise] never".
std::optional<std::string> bracketed(std::string_view text) {
    const size_t open = text.find('[');
    const size_t close = text.find(']', open);
    if (open == std::string_view::npos || close == std::string_view::npos)
        return std::nullopt;
    return std::string(text.substr(open + 1, close - open - 1));
}

std::optional<std::string> selinux(const ProbeText& text) {
    const auto value = text.value("selinux");
    if (value == "1")
        return "enforcing";
    if (value == "0")
        return "permissive";
    return value == "none" ? std::optional<std::string>("disabled") : std::nullopt;
}

/// "net/core/somaxconn:4096" and so on.
void parseSysctl(Facts& facts, const ProbeText& text) {
    constexpr uint64_t kMost = uint64_t{1} << 53U;
    for (const std::string_view line : text.values("sysctl")) {
        const size_t colon = line.rfind(':');
        if (colon == std::string_view::npos)
            continue;
        std::string name(line.substr(0, colon));
        std::replace(name.begin(), name.end(), '/', '.');
        if (const auto value = unsignedIn(line.substr(colon + 1), 0, kMost))
            facts.sysctl.emplace(name, static_cast<int64_t>(*value));
    }
}

}  // namespace

void parseSettings(Facts& facts, const ProbeText& text) {
    constexpr uint64_t kMostSessions = 1000000;
    facts.selinux = selinux(text);
    facts.transparentHugePages = bracketed(text.value("thp").value_or(""));
    facts.modules = wordList(text, "modules");
    facts.tools = wordList(text, "tools");
    facts.cgroupControllers = wordList(text, "cgroup.controllers");
    if (const auto version = unsignedIn(text.value("cgroup").value_or(""), 1, 2))
        facts.cgroupVersion = static_cast<int>(*version);
    parseSysctl(facts, text);
    // "iptables v1.8.9 (nf_tables)"
    const auto iptables = wordsOf(text.value("iptables").value_or(""));
    if (iptables.size() >= 2 && iptables[1].starts_with('v'))
        facts.iptablesVersion = std::string(iptables[1].substr(1));
    if (const auto included = text.value("sudoers"))
        facts.sudoersIncluded = *included == "yes";
    for (const std::string_view line : text.values("sshd")) {
        const auto parts = splitAt(line, '=');
        if (parts.size() == 2 && parts[0] == "maxsessions") {
            if (const auto sessions = unsignedIn(parts[1], 0, kMostSessions))
                facts.sshdMaxSessions = static_cast<int>(*sessions);
        } else if (parts.size() == 2 && parts[0] == "maxstartups") {
            facts.sshdMaxStartups = std::string(parts[1]);
        }
    }
}

}  // namespace deploy
