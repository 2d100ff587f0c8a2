#include <algorithm>
#include <map>

#include "probe/check_sheet.h"

namespace deploy {

const std::vector<CheckSpec>& checkTable() {
    using enum CheckCategory;
    constexpr auto kWarns = CheckSpec::Grade::Warns;
    constexpr auto kFails = CheckSpec::Grade::Fails;
    constexpr auto kYes = Waivable::Yes;
    constexpr auto kNo = Waivable::No;
    static const std::vector<CheckSpec> kTable = {
        {"access.reachable", Access, kFails, kNo, "", ""},
        {"access.root", Access, kFails, kNo, "", ""},
        {"access.sudoers", Access, kWarns, kYes, "vendor", ""},
        {"access.sessions", Access, kWarns, kYes, "est", ""},
        {"access.login_shell", Access, kWarns, kYes, "est", ""},
        {"system.architecture", System, kFails, kNo, "seed", ""},
        {"system.cpu_flags", System, kFails, kNo, "vendor", ""},
        {"system.os", System, kFails, kYes, "seed", ""},
        {"system.kernel", System, kFails, kYes, "docker", ""},
        {"system.systemd", System, kFails, kNo, "docker", ""},
        {"system.tools", System, kFails, kNo, "docker", ""},
        {"system.modules", System, kFails, kYes, "k3s", ""},
        {"system.cgroup", System, kFails, kYes, "k3s", ""},
        {"system.iptables", System, kWarns, kYes, "k3s", ""},
        {"resources.cpu", Compute, kFails, kYes, "seed", ""},
        {"resources.memory", Compute, kFails, kYes, "seed", ""},
        {"resources.disk", Disk, kFails, kYes, "seed", ""},
        {"disk.free", Disk, kFails, kNo, "est", ""},
        {"disk.used", Disk, kFails, kYes, "est", ""},
        {"disk.inodes", Disk, kFails, kYes, "est", ""},
        {"disk.filesystem", Disk, kFails, kYes, "docker", ""},
        {"disk.ftype", Disk, kFails, kNo, "docker", ""},
        {"disk.options", Disk, kFails, kNo, "docker", ""},
        {"disk.symlink", Disk, kFails, kNo, "docker", ""},
        {"disk.ssd", Disk, kWarns, kYes, "seed", ""},
        {"disk.latency", Disk, kFails, kYes, "k3s", ""},
        {"clock.offset", Clock, kFails, kNo, "est", ""},
        {"clock.service", Clock, kWarns, kYes, "est", ""},
        {"clock.zone", Clock, kWarns, kYes, "est", ""},
        {"network.hostname", Network, kFails, kYes, "k3s", ""},
        {"network.hostname_unique", Network, kFails, kNo, "k3s", ""},
        {"network.machine_id", Network, kFails, kNo, "k3s", ""},
        {"network.mac", Network, kFails, kYes, "k3s", ""},
        {"network.address_unique", Network, kFails, kNo, "est", ""},
        {"network.address_on_interface", Network, kFails, kYes, "est", ""},
        {"network.ports", Network, kFails, kNo, "seed", ""},
        {"network.ranges", Network, kFails, kYes, "k3s", ""},
        {"network.default_route", Network, kFails, kYes, "k3s", ""},
        {"network.dns", Network, kWarns, kYes, "k3s", ""},
        // What could not be asked holds nobody up; what was asked and is bad does.
        {"network.reachable", Network, kWarns, kYes, "seed", ""},
        {"network.rtt", Network, kWarns, kYes, "k3s", ""},
        {"network.loss", Network, kWarns, kYes, "est", ""},
        {"network.mtu", Network, kWarns, kYes, "k3s", ""},
        {"network.vip", Network, kWarns, kNo, "est", ""},
        {"settings.swap", Settings, kWarns, kYes, "k3s", "swap"},
        {"settings.selinux", Settings, kWarns, kYes, "k3s", "selinux"},
        {"settings.firewalld", Settings, kWarns, kYes, "k3s", ""},
        {"settings.thp", Settings, kWarns, kYes, "redis", "thp"},
        {"sysctl.ip_forward", Settings, kWarns, kYes, "k3s", ""},
        {"sysctl.bridge_nf_call_iptables", Settings, kWarns, kYes, "k3s", ""},
        {"sysctl.somaxconn", Settings, kWarns, kYes, "est", ""},
        {"sysctl.inotify_instances", Settings, kWarns, kYes, "est", ""},
        {"sysctl.inotify_watches", Settings, kWarns, kYes, "est", ""},
        {"sysctl.max_map_count", Settings, kWarns, kYes, "est", ""},
        {"existing.docker", Existing, kFails, kNo, "docker", ""},
        {"existing.kubernetes", Existing, kFails, kYes, "k3s", ""},
        {"existing.mysql", Existing, kWarns, kYes, "mariadb", ""},
        {"existing.redis", Existing, kWarns, kYes, "redis", ""},
        {"existing.finclip", Existing, kWarns, kYes, "est", ""},
    };
    return kTable;
}

const CheckSpec* checkSpec(const CheckId& id) {
    const auto& table = checkTable();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const CheckSpec& spec) { return id.str() == spec.id; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace deploy
