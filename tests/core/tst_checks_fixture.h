#pragma once

#include <QString>
#include <functional>

#include "probe/checks.h"

namespace deploy::test {

/// A catalogue with the figures of the seed document and a threshold for each check that has one.
inline Catalog catalog() {
    constexpr uint64_t kGiB = uint64_t{1} << 30U;
    Catalog catalog;
    Mode single;
    single.id = ModeId("single");
    single.servers = 1;
    single.minimum = {4, 8 * kGiB, 100 * kGiB};
    single.recommended = {8, 16 * kGiB, 200 * kGiB};
    single.roles = {{RoleId("database"), 1, 1, 1, 0, ""}, {RoleId("gateway"), 1, 1, 1, 0, ""}};
    Mode small = single;
    small.id = ModeId("small");
    small.servers = 4;
    small.minimum = small.recommended = {8, 16 * kGiB, 500 * kGiB};
    small.kubernetes = true;
    small.roles.push_back({RoleId("k8s_server"), 3, 3, 3, 0, ""});
    small.roles.push_back({RoleId("load_balancer"), 2, 2, 2, 0, ""});
    Mode large = small;
    large.id = ModeId("large");
    large.ssdRecommended = true;
    catalog.modes = {single, small, large};
    catalog.systems = {{"centos", {"7"}}, {"ubuntu", {"22.04"}}, {"kylin", {"V10"}}};
    const std::vector<ModeId> clusters = {small.id, large.id};
    const auto port = [&](const char* from, const char* to, Protocol protocol, uint16_t first,
                          uint16_t last, const std::vector<ModeId>& modes,
                          const char* distribution = "") {
        Port added;
        added.from = from;
        added.to = to;
        added.protocol = protocol;
        added.first = first;
        added.last = last;
        added.modes = modes;
        added.distribution = distribution;
        catalog.ports.push_back(added);
    };
    port("laptop", "server", Protocol::Tcp, 22, 22, {single.id, small.id, large.id});
    port("client", "gateway", Protocol::Tcp, 8000, 8000, {single.id});
    port("database", "database", Protocol::Tcp, 3306, 3306, clusters);
    port("k8s_server", "k8s_server", Protocol::Tcp, 2379, 2380, clusters);
    port("k8s_server", "k8s_server", Protocol::Udp, 8472, 8472, clusters);
    port("k8s_server", "k8s_server", Protocol::Tcp, 9345, 9345, clusters, "rke2");
    port("gateway", "gateway", Protocol::Vrrp, 0, 0, clusters);
    catalog.thresholds = {{"resources.memory", 100, "MiB", "est"},
                          {"resources.disk", 10, "percent", "est"},
                          {"disk.free", 2, "count", "est"},
                          {"disk.used", 80, "percent", "est"},
                          {"disk.inodes", 90, "percent", "est"},
                          {"disk.latency", 10, "ms", "k3s"},
                          {"network.rtt", 10, "ms", "k3s"},
                          {"network.loss", 2, "percent", "est"},
                          {"clock.offset", 30, "s", "est"},
                          {"clock.offset_warning", 2, "s", "est"},
                          {"access.sessions", 4, "count", "est"},
                          {"access.login_shell", 1000, "ms", "est"},
                          {"sysctl.ip_forward", 1, "count", "k3s"},
                          {"sysctl.bridge_nf_call_iptables", 1, "count", "k3s"},
                          {"sysctl.somaxconn", 32768, "count", "est"},
                          {"sysctl.inotify_instances", 1024, "count", "est"},
                          {"sysctl.inotify_watches", 65536, "count", "est"},
                          {"sysctl.max_map_count", 262144, "count", "est"}};
    return catalog;
}

/// A server with which every check agrees, in every mode; number from 1.
inline Facts goodFacts(int number) {
    constexpr uint64_t kGiB = uint64_t{1} << 30U;
    const std::string n = std::to_string(number);
    Facts facts;
    facts.host = HostId("s" + n);
    facts.architecture = "x86_64";
    facts.cpuFlags = {{"cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"}};
    facts.osId = "ubuntu";
    facts.osVersion = "22.04";
    facts.osName = "Ubuntu 22.04.4 LTS";
    facts.kernel = "5.15.0-105-generic";
    facts.hostname = "node-" + n;
    facts.machineId = "0f3c1f2b9a7e4d5c8b6a1e2d3c4b5a0" + n;
    facts.bootId = "5c5ad6f9-8d5f-4d57-a5b3-7f5a2e6b1c0" + n;
    facts.cores = 8;
    facts.memoryBytes = 16 * kGiB;
    facts.swapBytes = 0;
    facts.dataDirectory = FileSystemFacts{"xfs", 500 * kGiB, 450 * kGiB,         1000000, 900000,
                                          false, true,       {"rw", "relatime"}, false};
    facts.clockOffsetSeconds = 100 + number * 0.1;
    facts.timeServiceRuns = true;
    facts.timeZone = "+0800 CST";
    facts.root = true;
    facts.sudoersIncluded = true;
    facts.interfaces = {
        {"lo", "00:00:00:00:00:00", {"127.0.0.1/8", "::1/128"}, 65536},
        {"docker0", "02:42:9c:11:22:33", {"172.17.0.1/16"}, 1500},
        {"eth0", "52:54:00:aa:bb:0" + n, {"10.20.0.1" + n + "/24", "fe80::1/64"}, 1500}};
    facts.defaultRoute = true;
    facts.nameservers = {{"10.20.0.2"}};
    facts.dnsWildcard = false;
    facts.routes = {"172.17.0.0/16", "10.20.0.0/24"};
    facts.listening = {{{"tcp", 22, "sshd"}, {"udp", 323, "chronyd"}}};
    facts.selinux = "disabled";
    facts.firewalldRuns = false;
    facts.transparentHugePages = "madvise";
    facts.modules = {{"overlay", "br_netfilter", "nf_conntrack", "vxlan"}};
    facts.cgroupControllers = {{"cpuset", "cpu", "memory", "pids"}};
    facts.cgroupVersion = 2;
    facts.sysctl = {{"net.ipv4.ip_forward", 1},
                    {"net.bridge.bridge-nf-call-iptables", 1},
                    {"net.core.somaxconn", 32768},
                    {"fs.inotify.max_user_instances", 1024},
                    {"fs.inotify.max_user_watches", 65536},
                    {"vm.max_map_count", 262144}};
    facts.iptablesVersion = "1.8.7";
    facts.tools = {{"tar", "gzip", "ps", "sha256sum", "flock", "setsid", "iptables"}};
    facts.systemd = true;
    facts.sshdMaxSessions = 10;
    facts.sshdMaxStartups = "10:30:100";
    facts.fdatasyncP99Ms = 2;
    facts.loginShellMs = 30;
    return facts;
}

/// A mode with its servers, all good, and a bundle; a case changes one thing.
struct Site {
    Catalog catalog = test::catalog();
    BundleManifest bundle;
    CheckContext context;
    Inventory inventory;
    std::map<HostId, ProbeOutcome> outcomes;

    explicit Site(const char* mode) {
        constexpr uint64_t kGiB = uint64_t{1} << 30U;
        bundle.product = "finclip";
        bundle.version = "2.4.1";
        bundle.arch = "x86_64";
        bundle.kernelMinimum = "3.10";
        bundle.systems = catalog.systems;
        bundle.components = {{"k3s", "v1.30.4+k3s1", "Apache-2.0"}};
        bundle.files = {{"images/a.tar", 2 * kGiB, "", BundleFileKind::Image}};
        const int servers = std::string(mode) == "single" ? 1 : 4;
        for (int number = 1; number <= servers; ++number) {
            Host host;
            host.name = HostId("s" + std::to_string(number));
            host.address = "10.20.0.1" + std::to_string(number);
            inventory.hosts.push_back(host);
            outcomes.emplace(host.name, goodFacts(number));
        }
        if (servers > 1)
            context.virtualAddress = "10.20.0.100";
        for (auto& [name, outcome] : outcomes) {
            outcome->virtualAddress = {"10.20.0.100", "free", ""};
            for (const Host& from : inventory.hosts)
                if (from.name != name)
                    outcome->peers = addedTo(outcome->peers, goodPeer(from.name));
        }
        mode_ = ModeId(mode);
    }

    static PeerFacts goodPeer(const HostId& from) {
        return {
            from,
            {{"tcp", 2379, "open"}, {"tcp", 2380, "open"}, {"tcp", 3306, "open"}, {"udp", 8472, "open"}},
            0.3,
            0,
            1500,
            1500};
    }
    static std::vector<PeerFacts> addedTo(const std::optional<std::vector<PeerFacts>>& peers,
                                          const PeerFacts& one) {
        auto all = peers.value_or(std::vector<PeerFacts>{});
        all.push_back(one);
        return all;
    }
    /// How the second server reached the first.
    PeerFacts& peer() { return facts().peers->front(); }

    Facts& facts(const char* host = "s1") { return *outcomes.at(HostId(host)); }
    FileSystemFacts& disk() { return *facts().dataDirectory; }
    Host& host() { return inventory.hosts.front(); }

    std::vector<CheckResult> results(const std::vector<Waiver>& waivers = {}) {
        context.catalog = &catalog;
        context.mode = catalog.mode(mode_);
        context.bundle = hasBundle ? &bundle : nullptr;
        return runChecks(context, inventory, outcomes, waivers);
    }

    bool hasBundle = true;

private:
    ModeId mode_;
};

}  // namespace deploy::test
