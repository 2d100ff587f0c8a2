#include "probe/check_sheet.h"

namespace deploy {

namespace {

struct Setting {
    const char* id;
    const char* key;
    bool clusterOnly;
};

constexpr Setting kSettings[] = {
    {"sysctl.ip_forward", "net.ipv4.ip_forward", false},
    {"sysctl.bridge_nf_call_iptables", "net.bridge.bridge-nf-call-iptables", true},
    {"sysctl.somaxconn", "net.core.somaxconn", false},
    {"sysctl.inotify_instances", "fs.inotify.max_user_instances", false},
    {"sysctl.inotify_watches", "fs.inotify.max_user_watches", false},
    {"sysctl.max_map_count", "vm.max_map_count", false},
};

void checkSysctl(CheckSheet& sheet, const Setting& setting) {
    if (setting.clusterOnly && !sheet.cluster())
        return sheet.notApplicable(setting.id);
    const auto least = sheet.limit(setting.id);
    const std::string required = least ? "≥ " + numberText(*least) : std::string();
    const auto found = sheet.facts.sysctl.find(setting.key);
    if (!least || found == sheet.facts.sysctl.end())
        return sheet.judge(setting.id, std::nullopt, {}, required, {{"key", setting.key}});
    sheet.judge(setting.id, static_cast<double>(found->second) >= *least,
                std::to_string(found->second), required, {{"key", setting.key}});
}

void checkClusterSettings(CheckSheet& sheet) {
    const Facts& facts = sheet.facts;
    const auto& swap = facts.swapBytes;
    sheet.judge("settings.swap", swap ? std::optional(*swap == 0) : std::nullopt,
                swap.value_or(0) == 0 ? "off" : bytesText(*swap), "off");
    const auto& selinux = facts.selinux;
    sheet.judge("settings.selinux", selinux ? std::optional(*selinux != "enforcing") : std::nullopt,
                selinux.value_or(""), "permissive, disabled");
    const auto& firewall = facts.firewalldRuns;
    sheet.judge("settings.firewalld", firewall ? std::optional(!*firewall) : std::nullopt,
                firewall.value_or(false) ? "active" : "inactive", {});
    const auto& pages = facts.transparentHugePages;
    sheet.judge("settings.thp", pages ? std::optional(*pages != "always") : std::nullopt,
                pages.value_or(""), "madvise, never");
}

}  // namespace

void checkSettings(CheckSheet& sheet) {
    if (sheet.cluster())
        checkClusterSettings(sheet);
    else
        for (const char* id :
             {"settings.swap", "settings.selinux", "settings.firewalld", "settings.thp"})
            sheet.notApplicable(id);
    for (const Setting& setting : kSettings)
        checkSysctl(sheet, setting);
}

}  // namespace deploy
