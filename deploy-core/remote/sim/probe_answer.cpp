#include "remote/sim/probe_answer.h"

#include <array>
#include <cstdio>

#include "probe/numbers.h"

namespace deploy::sim {

namespace {

/// Writes lines of the probe's form.
class Lines {
public:
    void add(const std::string& key, const std::string& value) {
        text_ += "=" + key + " ";
        for (const char c : value)
            text_ += c == '\n' ? std::string("\n+") : std::string(1, c);
        text_ += '\n';
    }
    void add(const std::string& key, const std::optional<std::string>& value) {
        if (value)
            add(key, *value);
    }
    std::string text() const { return "\n#: finclip-probe 1\n" + text_ + "#: end\n"; }

private:
    std::string text_;
};

std::string join(const std::vector<std::string>& words, const char* separator) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : separator) + word;
    return text;
}

std::string decimal(double value) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.9f", value);
    return text.data();
}

/// As os-release writes it.
std::string quoted(const std::string& value) {
    std::string text = "\"";
    for (const char c : value)
        text += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return text + "\"";
}

void addTime(Lines& lines, const Facts& facts, WallTime now) {
    constexpr double kLoginTicks = 100000;
    constexpr double kTicksPerSecond = 100;
    constexpr double kMsPerSecond = 1000;
    const double login = facts.loginShellMs.value_or(0) / kMsPerSecond;
    const std::string uptime = decimal(kLoginTicks / kTicksPerSecond + login);
    if (facts.loginShellMs)
        lines.add("login", uptime + " 100000");
    const double seconds = std::chrono::duration<double>(now.time_since_epoch()).count() +
                           facts.clockOffsetSeconds.value_or(0);
    // A server without known time has a clock all the same; its zone is then not told.
    lines.add("clock", decimal(seconds) + (facts.timeZone ? " " + *facts.timeZone : ""));
    lines.add("took", uptime + " " + uptime);
}

void addSystem(Lines& lines, const Facts& facts) {
    constexpr uint64_t kKiB = 1024;
    if (facts.root)
        lines.add("uid", std::string(*facts.root ? "0" : "1000"));
    lines.add("arch", facts.architecture);
    lines.add("kernel", facts.kernel);
    lines.add("hostname", facts.hostname);
    lines.add("machine_id", facts.machineId);
    lines.add("boot_id", facts.bootId);
    if (facts.cores)
        lines.add("cpus", "0-" + std::to_string(*facts.cores - 1));
    const std::array<std::pair<const char*, const std::optional<std::string>*>, 3> release = {
        {{"ID=", &facts.osId}, {"VERSION_ID=", &facts.osVersion}, {"PRETTY_NAME=", &facts.osName}}};
    for (const auto& [name, value] : release)
        if (*value)
            lines.add("os", name + quoted(**value));
    if (facts.cpuFlags)
        lines.add("cpu.flags", join(*facts.cpuFlags, " "));
    if (facts.memoryBytes)
        lines.add("memory", std::to_string(*facts.memoryBytes / kKiB) + " kB");
    if (facts.swapBytes)
        lines.add("swap", std::to_string(*facts.swapBytes / kKiB) + " kB");
}

void addFlag(Lines& lines, const char* key, const std::optional<bool>& value, const char* yes,
             const char* no) {
    if (value)
        lines.add(key, std::string(*value ? yes : no));
}

void addDisk(Lines& lines, const Facts& facts) {
    if (!facts.dataDirectory)
        return;
    const FileSystemFacts& disk = *facts.dataDirectory;
    lines.add("disk.folder", std::string("/"));
    if (disk.totalBytes && disk.freeBytes)
        lines.add("disk.space", "1 " + std::to_string(*disk.totalBytes) + " " +
                                    std::to_string(*disk.freeBytes) + " " +
                                    std::to_string(disk.totalInodes.value_or(0)) + " " +
                                    std::to_string(disk.freeInodes.value_or(0)));
    lines.add("disk.type", disk.type);
    lines.add("disk.options", join(disk.options, ","));
    addFlag(lines, "disk.symlink", disk.symlink, "yes", "no");
    addFlag(lines, "disk.rotational", disk.rotational, "1", "0");
    addFlag(lines, "disk.ftype", disk.ftype, "1", "0");
}

/// "10.77.0.0/24" as /proc/net/route has it.
std::string routeLine(const std::string& route) {
    constexpr uint64_t kMostByte = 255;
    constexpr uint64_t kMostPrefix = 32;
    const size_t slash = std::min(route.find('/'), route.size());
    uint32_t address = 0;
    unsigned shift = 0;
    for (const std::string_view part : splitAt(std::string_view(route).substr(0, slash), '.')) {
        address |= static_cast<uint32_t>(unsignedIn(part, 0, kMostByte).value_or(0)) << shift;
        shift += 8;
    }
    const auto prefix =
        unsignedIn(std::string_view(route).substr(std::min(slash + 1, route.size())), 1,
                   kMostPrefix)
            .value_or(kMostPrefix);
    const uint32_t mask = ~uint32_t{0} << static_cast<unsigned>(kMostPrefix - prefix);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "eth0 %08X %08X", address, __builtin_bswap32(mask));
    return text.data();
}

void addNetwork(Lines& lines, const Facts& facts, bool dns) {
    for (const InterfaceFacts& interface : facts.interfaces)
        lines.add("net", interface.name + " " + interface.mac +
                             (interface.mtu ? " " + std::to_string(*interface.mtu) : ""));
    for (const InterfaceFacts& interface : facts.interfaces)
        for (const std::string& address : interface.addresses)
            lines.add("net.address",
                      "1: " + interface.name +
                          (address.find(':') == std::string::npos ? "    inet " : "    inet6 ") +
                          address + " scope global " + interface.name);
    if (facts.defaultRoute) {
        lines.add("net.routes", std::string("known"));
        if (*facts.defaultRoute)
            lines.add("net.route", std::string("eth0 00000000 00000000"));
        for (const std::string& route : facts.routes)
            lines.add("net.route", routeLine(route));
    }
    if (facts.nameservers) {
        lines.add("dns.file", std::string("/etc/resolv.conf"));
        for (const std::string& server : *facts.nameservers)
            lines.add("dns", server);
    }
    if (dns)
        addFlag(lines, "dns.wildcard", facts.dnsWildcard, "yes", "no");
    if (!facts.listening)
        return;
    lines.add("ports", std::string("ss"));
    lines.add("port",
              std::string("Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port"));
    for (const ListeningPort& port : *facts.listening)
        lines.add(
            "port",
            port.protocol + (port.protocol == "udp" ? " UNCONN" : " LISTEN") +
                " 0 128 0.0.0.0:" + std::to_string(port.port) + " 0.0.0.0:*" +
                (port.process.empty() ? "" : " users:((\"" + port.process + "\",pid=1,fd=1))"));
}

void addSettings(Lines& lines, const Facts& facts) {
    if (facts.selinux)
        lines.add("selinux", std::string(*facts.selinux == "enforcing"    ? "1"
                                         : *facts.selinux == "permissive" ? "0"
                                                                          : "none"));
    if (facts.transparentHugePages)
        lines.add("thp", "[" + *facts.transparentHugePages + "]");
    for (const auto& [key, value] : facts.sysctl)
        lines.add("sysctl", key + ":" + std::to_string(value));
    if (facts.cgroupVersion)
        lines.add("cgroup", std::to_string(*facts.cgroupVersion));
    if (facts.cgroupControllers)
        lines.add("cgroup.controllers", join(*facts.cgroupControllers, " "));
    if (facts.modules)
        lines.add("modules", join(*facts.modules, " "));
    if (facts.tools)
        lines.add("tools", join(*facts.tools, " "));
    if (facts.iptablesVersion)
        lines.add("iptables", "iptables v" + *facts.iptablesVersion);
    addFlag(lines, "sudoers", facts.sudoersIncluded, "yes", "no");
    if (facts.sshdMaxSessions)
        lines.add("sshd", "maxsessions=" + std::to_string(*facts.sshdMaxSessions));
    if (facts.sshdMaxStartups)
        lines.add("sshd", "maxstartups=" + *facts.sshdMaxStartups);
}

void addUnit(Lines& lines, const std::string& unit, bool active) {
    lines.add("unit", unit + (active ? " active" : " inactive"));
}

void addSoftware(Lines& lines, const Facts& facts) {
    addFlag(lines, "systemd", facts.systemd, "yes", "no");
    if (facts.timeServiceRuns)
        addUnit(lines, "chronyd", *facts.timeServiceRuns);
    if (facts.firewalldRuns)
        addUnit(lines, "firewalld", *facts.firewalldRuns);
    for (const ExistingSoftware& software : facts.existing)
        for (const std::string_view part : splitAt(software.detail, ',')) {
            constexpr std::string_view kService = ".service";
            const auto words = wordsOf(part);
            if (words.empty())
                continue;
            if (words[0].ends_with(kService))
                addUnit(lines, std::string(words[0].substr(0, words[0].size() - kService.size())),
                        software.running);
            else
                lines.add("program",
                          software.id + " " + std::string(words[0]) +
                              (software.version.empty()
                                   ? ""
                                   : "\n" + software.id + " version " + software.version));
        }
    lines.add("docker.daemon_json", facts.dockerDaemonJson);
    lines.add("finclip", facts.finclipVersion);
    for (const std::string& part : facts.finclipParts)
        lines.add("finclip.part", part);
}

}  // namespace

std::string probeAnswer(const Facts& facts, const ProbeQuestion& question) {
    constexpr int kWrites = 100;
    constexpr double kMsPerSecond = 1000;
    Lines lines;
    addTime(lines, facts, question.now);
    addSystem(lines, facts);
    addDisk(lines, facts);
    addNetwork(lines, facts, question.dns);
    addSettings(lines, facts);
    addSoftware(lines, facts);
    for (int i = 0; question.latency && facts.fdatasyncP99Ms && i < kWrites; ++i)
        lines.add("fsync", decimal(*facts.fdatasyncP99Ms / kMsPerSecond));
    return lines.text();
}

}  // namespace deploy::sim
