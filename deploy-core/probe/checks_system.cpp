#include <algorithm>
#include <array>

#include "probe/check_sheet.h"
#include "probe/numbers.h"

namespace deploy {

namespace {

/// The leading numbers of "5.15.0-105-generic": 5, 15, 0.
std::vector<uint64_t> numbersOf(std::string_view version) {
    constexpr uint64_t kMost = 1000000000;
    std::vector<uint64_t> numbers;
    for (const std::string_view part : splitAt(version, '.')) {
        const std::string_view digits = part.substr(0, part.find_first_not_of("0123456789"));
        const auto number = unsignedIn(digits, 0, kMost);
        if (!number)
            break;
        numbers.push_back(*number);
        if (digits.size() != part.size())
            break;
    }
    return numbers;
}

bool atLeast(const std::vector<uint64_t>& have, const std::vector<uint64_t>& needed) {
    return !std::lexicographical_compare(have.begin(), have.end(), needed.begin(), needed.end());
}

/// Those of `needed` that are not among `have`.
std::vector<std::string> missing(const std::vector<std::string>& have,
                                 const std::vector<std::string>& needed) {
    std::vector<std::string> lacking;
    for (const std::string& each : needed)
        if (std::find(have.begin(), have.end(), each) == have.end())
            lacking.push_back(each);
    return lacking;
}

void checkAllThere(CheckSheet& sheet, const char* id,
                   const std::optional<std::vector<std::string>>& have,
                   const std::vector<std::string>& needed) {
    if (!have)
        return sheet.judge(id, std::nullopt, {}, joined(needed));
    const auto lacking = missing(*have, needed);
    std::vector<std::string> there;
    for (const std::string& each : needed)
        if (std::find(lacking.begin(), lacking.end(), each) == lacking.end())
            there.push_back(each);
    sheet.judge(id, lacking.empty(), joined(there), joined(needed), {{"missing", joined(lacking)}});
}

/// "7" in the list stands for "7.9" too.
bool listed(const std::vector<OsRelease>& systems, const std::string& id,
            const std::string& version) {
    for (const OsRelease& system : systems)
        for (const std::string& each : system.versions)
            if (system.id == id && (version == each || version.starts_with(each + ".")))
                return true;
    return false;
}

void checkOs(CheckSheet& sheet) {
    const auto& systems = sheet.context.bundle != nullptr ? sheet.context.bundle->systems
                                                          : sheet.context.catalog->systems;
    std::vector<std::string> names;
    for (const OsRelease& system : systems)
        for (const std::string& version : system.versions)
            names.push_back(system.id + " " + version);
    const Facts& facts = sheet.facts;
    if (!facts.osId || !facts.osVersion)
        return sheet.judge("system.os", std::nullopt, {}, joined(names));
    sheet.judge("system.os", listed(systems, *facts.osId, *facts.osVersion),
                *facts.osId + " " + *facts.osVersion, joined(names));
}

void checkKernel(CheckSheet& sheet) {
    const BundleManifest* bundle = sheet.context.bundle;
    const std::string minimum =
        bundle != nullptr && !bundle->kernelMinimum.empty() ? bundle->kernelMinimum : "3.10";
    const std::string kernel = sheet.facts.kernel.value_or("");
    const auto have = numbersOf(kernel);
    const std::optional<bool> holds =
        have.empty() ? std::nullopt : std::optional(atLeast(have, numbersOf(minimum)));
    sheet.judge("system.kernel", holds, kernel, "≥ " + minimum);
}

/// Kubernetes 1.35 and later run on cgroup v2 only.
bool needsCgroup2(const CheckSheet& sheet) {
    if (!sheet.cluster() || sheet.context.bundle == nullptr)
        return false;
    static const std::vector<std::string> kDistributions = {"k3s", "rke2", "kubernetes"};
    const auto& components = sheet.context.bundle->components;
    return std::any_of(components.begin(), components.end(), [](const BundleComponent& component) {
        std::string_view version = component.version;
        if (version.starts_with('v'))
            version.remove_prefix(1);
        return missing(kDistributions, {component.id}).empty() &&
               atLeast(numbersOf(version), {1, 35});
    });
}

void checkCgroup(CheckSheet& sheet) {
    const Facts& facts = sheet.facts;
    if (facts.cgroupVersion && *facts.cgroupVersion < 2 && needsCgroup2(sheet))
        return sheet.judge("system.cgroup", false, "v1", "v2", {{"missing", "cgroup v2"}});
    checkAllThere(sheet, "system.cgroup", facts.cgroupControllers,
                  {"cpu", "cpuset", "memory", "pids"});
}

/// Versions that write the same rule again and again.
void checkIptables(CheckSheet& sheet) {
    const auto& version = sheet.facts.iptablesVersion;
    if (!version)
        return sheet.judge("system.iptables", std::nullopt, {}, {});
    const auto numbers = numbersOf(*version);
    const bool faulty = atLeast(numbers, {1, 8, 0}) && !atLeast(numbers, {1, 8, 5});
    sheet.judge("system.iptables", !faulty, *version, "< 1.8.0, ≥ 1.8.5");
}

}  // namespace

void checkSystem(CheckSheet& sheet) {
    const Facts& facts = sheet.facts;
    const BundleManifest* bundle = sheet.context.bundle;
    const std::string arch = bundle != nullptr && !bundle->arch.empty() ? bundle->arch : "x86_64";
    const std::optional<bool> same =
        facts.architecture ? std::optional(*facts.architecture == arch) : std::nullopt;
    sheet.judge("system.architecture", same, facts.architecture.value_or(""), arch);
    checkAllThere(sheet, "system.cpu_flags", facts.cpuFlags,
                  {"cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"});
    checkOs(sheet);
    checkKernel(sheet);
    sheet.judge("system.systemd", facts.systemd, facts.systemd.value_or(false) ? "yes" : "no",
                "yes");
    checkAllThere(sheet, "system.tools", facts.tools,
                  {"tar", "gzip", "ps", "sha256sum", "flock", "setsid", "iptables"});
    checkAllThere(sheet, "system.modules", facts.modules,
                  sheet.cluster()
                      ? std::vector<std::string>{"overlay", "br_netfilter", "nf_conntrack", "vxlan"}
                      : std::vector<std::string>{"overlay"});
    checkCgroup(sheet);
    checkIptables(sheet);
}

}  // namespace deploy
