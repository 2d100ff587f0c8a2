#include <QtTest>
#include <set>

#include "probe/check_sheet.h"
#include "tst_checks_fixture.h"

using namespace deploy;
using test::Site;

namespace {

constexpr uint64_t kGiB = uint64_t{1} << 30U;

/// One thing that is wrong, and the one check that must say so.
struct Case {
    const char* name;
    const char* mode;
    const char* check;
    CheckStatus status;
    std::function<void(Site&)> change;
};

const std::vector<Case>& accessAndSystem() {
    using enum CheckStatus;
    static const std::vector<Case> kCases = {
        {"sudo missing", "single", "access.root", Failed, [](Site& s) { s.facts().root = false; }},
        {"sudoers.d left out", "single", "access.sudoers", Warning,
         [](Site& s) { s.facts().sudoersIncluded = false; }},
        {"few sessions", "single", "access.sessions", Warning,
         [](Site& s) { s.facts().sshdMaxSessions = 2; }},
        {"few logins", "small", "access.sessions", Warning,
         [](Site& s) { s.facts().sshdMaxStartups = "2:30:100"; }},
        {"strange MaxStartups", "small", "access.sessions", CouldNotCheck,
         [](Site& s) { s.facts().sshdMaxStartups = "many"; }},
        {"slow login", "single", "access.login_shell", Warning,
         [](Site& s) { s.facts().loginShellMs = 1500; }},
        {"another architecture", "single", "system.architecture", Failed,
         [](Site& s) { s.facts().architecture = "aarch64"; }},
        {"old processor", "single", "system.cpu_flags", Failed,
         [](Site& s) {
             s.facts().cpuFlags = {{"cx16", "lahf_lm", "popcnt", "ssse3"}};
         }},
        {"another system", "single", "system.os", Failed,
         [](Site& s) { s.facts().osId = "fedora"; }},
        {"another version", "small", "system.os", Failed,
         [](Site& s) { s.facts().osVersion = "22.10"; }},
        {"not the version by its first digits", "small", "system.os", Failed,
         [](Site& s) { s.facts().osId = "centos", s.facts().osVersion = "77"; }},
        {"old kernel", "single", "system.kernel", Failed,
         [](Site& s) { s.facts().kernel = "2.6.32-754.el6"; }},
        {"kernel below the bundle's", "single", "system.kernel", Failed,
         [](Site& s) { s.bundle.kernelMinimum = "5.15.1"; }},
        {"kernel without a number", "single", "system.kernel", CouldNotCheck,
         [](Site& s) { s.facts().kernel = "custom"; }},
        {"no systemd", "single", "system.systemd", Failed,
         [](Site& s) { s.facts().systemd = false; }},
        {"no iptables", "single", "system.tools", Failed,
         [](Site& s) { s.facts().tools->pop_back(); }},
        {"no overlay", "single", "system.modules", Failed,
         [](Site& s) { s.facts().modules = {{"vxlan"}}; }},
        {"no vxlan", "small", "system.modules", Failed,
         [](Site& s) { s.facts().modules->pop_back(); }},
        {"no memory controller", "single", "system.cgroup", Failed,
         [](Site& s) {
             s.facts().cgroupControllers = {{"cpu", "cpuset", "pids"}};
         }},
        {"cgroup v1 for a new Kubernetes", "small", "system.cgroup", Failed,
         [](Site& s) {
             s.bundle.components = {{"k3s", "v1.35.1+k3s1", ""}};
             s.facts().cgroupVersion = 1;
         }},
        {"faulty iptables", "single", "system.iptables", Warning,
         [](Site& s) { s.facts().iptablesVersion = "1.8.4"; }},
        {"faulty iptables, first", "single", "system.iptables", Warning,
         [](Site& s) { s.facts().iptablesVersion = "1.8.0"; }}};
    return kCases;
}

const std::vector<Case>& resourcesAndDisk() {
    using enum CheckStatus;
    static const std::vector<Case> kCases = {
        {"two cores", "single", "resources.cpu", Failed, [](Site& s) { s.facts().cores = 2; }},
        {"four cores are the least", "single", "resources.cpu", Warning,
         [](Site& s) { s.facts().cores = 4; }},
        {"four cores in a cluster", "small", "resources.cpu", Failed,
         [](Site& s) { s.facts().cores = 4; }},
        {"half the memory", "single", "resources.memory", Failed,
         [](Site& s) { s.facts().memoryBytes = 4 * kGiB; }},
        {"101 MiB short", "small", "resources.memory", Failed,
         [](Site& s) { s.facts().memoryBytes = 16 * kGiB - (101U << 20U); }},
        {"below the recommended memory", "single", "resources.memory", Warning,
         [](Site& s) { s.facts().memoryBytes = 15 * kGiB; }},
        {"small disk", "single", "resources.disk", Failed,
         [](Site& s) { s.disk().totalBytes = 80 * kGiB, s.disk().freeBytes = 70 * kGiB; }},
        {"disk below the recommended", "single", "resources.disk", Warning,
         [](Site& s) { s.disk().totalBytes = 100 * kGiB, s.disk().freeBytes = 90 * kGiB; }},
        {"412 GiB in a cluster", "small", "resources.disk", Failed,
         [](Site& s) { s.disk().totalBytes = 412 * kGiB, s.disk().freeBytes = 400 * kGiB; }},
        {"no room for the bundle", "single", "disk.free", Failed,
         [](Site& s) { s.bundle.files.front().size = 226 * kGiB; }},
        {"disk four fifths full", "single", "disk.used", Failed,
         [](Site& s) { s.disk().freeBytes = 99 * kGiB; }},
        {"inodes used up", "single", "disk.inodes", Failed,
         [](Site& s) { s.disk().freeInodes = 99999; }},
        {"no number of inodes", "single", "disk.inodes", NotApplicable,
         [](Site& s) { s.disk().totalInodes.reset(), s.disk().freeInodes.reset(); }},
        {"xfs without ftype", "single", "disk.ftype", Failed,
         [](Site& s) { s.disk().ftype = false; }},
        {"noexec", "single", "disk.options", Failed,
         [](Site& s) {
             s.disk().options = {"rw", "noexec"};
         }},
        {"read-only", "single", "disk.options", Failed, [](Site& s) { s.disk().options = {"ro"}; }},
        {"symbolic link", "single", "disk.symlink", Failed,
         [](Site& s) { s.disk().symlink = true; }},
        {"spinning disk", "large", "disk.ssd", Warning,
         [](Site& s) { s.disk().rotational = true; }},
        {"slow writes", "small", "disk.latency", Failed,
         [](Site& s) { s.facts().fdatasyncP99Ms = 10; }},
        {"writes not measured", "large", "disk.latency", CouldNotCheck,
         [](Site& s) { s.facts().fdatasyncP99Ms.reset(); }}};
    return kCases;
}

const std::vector<Case>& clockAndNetwork() {
    using enum CheckStatus;
    static const std::vector<Case> kCases = {
        {"31 s ahead", "small", "clock.offset", Failed,
         [](Site& s) { s.facts().clockOffsetSeconds = 131.3; }},
        {"31 s behind", "small", "clock.offset", Failed,
         [](Site& s) { s.facts().clockOffsetSeconds = 69; }},
        {"3 s ahead", "small", "clock.offset", Warning,
         [](Site& s) { s.facts().clockOffsetSeconds = 103.4; }},
        {"clock not known", "small", "clock.offset", CouldNotCheck,
         [](Site& s) { s.facts().clockOffsetSeconds.reset(); }},
        {"no time service", "single", "clock.service", Warning,
         [](Site& s) { s.facts().timeServiceRuns = false; }},
        {"another time zone", "small", "clock.zone", Warning,
         [](Site& s) { s.facts().timeZone = "+0000 UTC"; }},
        {"upper-case host name", "single", "network.hostname", Failed,
         [](Site& s) { s.facts().hostname = "Node_1"; }},
        {"long host name", "single", "network.hostname", Failed,
         [](Site& s) { s.facts().hostname = std::string(64, 'a'); }},
        {"address translated", "single", "network.address_on_interface", Warning,
         [](Site& s) { s.host().address = "192.168.7.7"; }},
        {"address of nobody", "small", "network.address_on_interface", Failed,
         [](Site& s) { s.host().address = "10.20.0.99"; }},
        {"a name for an address", "small", "network.address_on_interface", NotApplicable,
         [](Site& s) { s.host().address = "node-1.bank.example"; }},
        {"port 8000 in use", "single", "network.ports", Failed,
         [](Site& s) {
             s.facts().listening->push_back({"tcp", 8000, "java"});
         }},
        {"chosen port in use", "single", "network.ports", Failed,
         [](Site& s) {
             s.context.entryPort = 9443;
             s.facts().listening->push_back({"tcp", 9443, ""});
         }},
        {"etcd's port in use", "small", "network.ports", Failed,
         [](Site& s) {
             s.facts().listening->push_back({"tcp", 2380, "etcd"});
         }},
        {"VXLAN's port in use", "small", "network.ports", Failed,
         [](Site& s) {
             s.facts().listening->push_back({"udp", 8472, ""});
         }},
        {"a route into the pods' range", "small", "network.ranges", Failed,
         [](Site& s) { s.facts().routes.emplace_back("10.42.7.0/24"); }},
        {"a route into Docker's range", "single", "network.ranges", Failed,
         [](Site& s) { s.facts().routes.emplace_back("172.16.0.0/12"); }},
        {"no default route", "small", "network.default_route", Failed,
         [](Site& s) { s.facts().defaultRoute = false; }},
        {"only a resolver of its own", "single", "network.dns", Warning,
         [](Site& s) { s.facts().nameservers = {{"127.0.0.53"}}; }},
        {"every name resolves", "small", "network.dns", Warning,
         [](Site& s) { s.facts().dnsWildcard = true; }}};
    return kCases;
}

const std::vector<Case>& peers() {
    using enum CheckStatus;
    static const std::vector<Case> kCases = {
        {"a firewall refuses", "small", "network.reachable", Failed,
         [](Site& s) { s.peer().ports[1].answer = "refused"; }},
        {"a firewall is silent", "large", "network.reachable", Failed,
         [](Site& s) { s.peer().ports[3].answer = "silent"; }},
        {"a port is in use and cannot be asked", "small", "network.reachable", CouldNotCheck,
         [](Site& s) { s.peer().ports[3].answer = "taken"; }},
        {"one server could not be asked", "small", "network.reachable", CouldNotCheck,
         [](Site& s) { s.peer().ports.clear(); }},
        {"slow quorum", "small", "network.rtt", Failed, [](Site& s) { s.peer().rttMs = 10.4; }},
        {"no answer to echoes", "small", "network.rtt", CouldNotCheck,
         [](Site& s) {
             for (PeerFacts& each : *s.facts().peers)
                 each.rttMs.reset();
         }},
        {"lost packets", "small", "network.loss", Failed,
         [](Site& s) { s.peer().lossPercent = 5; }},
        {"large packets vanish", "small", "network.mtu", Failed,
         [](Site& s) { s.peer().mtu = 1400; }},
        {"virtual address in use", "small", "network.vip", Failed,
         [](Site& s) {
             s.facts().virtualAddress->state = "taken";
             s.facts().virtualAddress->mac = "52:54:00:aa:bb:99";
         }},
        {"virtual address of another network", "small", "network.vip", Failed,
         [](Site& s) { s.facts().virtualAddress->state = "elsewhere"; }},
        {"another virtual address was asked for", "small", "network.vip", CouldNotCheck,
         [](Site& s) { s.facts().virtualAddress->address = "10.20.0.99"; }}};
    return kCases;
}

const std::vector<Case>& settingsAndExisting() {
    using enum CheckStatus;
    static const std::vector<Case> kCases = {
        {"swap", "small", "settings.swap", Warning,
         [](Site& s) { s.facts().swapBytes = 2 * kGiB; }},
        {"SELinux", "small", "settings.selinux", Warning,
         [](Site& s) { s.facts().selinux = "enforcing"; }},
        {"firewalld", "large", "settings.firewalld", Warning,
         [](Site& s) { s.facts().firewalldRuns = true; }},
        {"huge pages", "small", "settings.thp", Warning,
         [](Site& s) { s.facts().transparentHugePages = "always"; }},
        {"no forwarding", "single", "sysctl.ip_forward", Warning,
         [](Site& s) { s.facts().sysctl["net.ipv4.ip_forward"] = 0; }},
        {"bridges around the firewall", "small", "sysctl.bridge_nf_call_iptables", Warning,
         [](Site& s) { s.facts().sysctl["net.bridge.bridge-nf-call-iptables"] = 0; }},
        {"br_netfilter not loaded", "small", "sysctl.bridge_nf_call_iptables", CouldNotCheck,
         [](Site& s) { s.facts().sysctl.erase("net.bridge.bridge-nf-call-iptables"); }},
        {"short queue", "single", "sysctl.somaxconn", Warning,
         [](Site& s) { s.facts().sysctl["net.core.somaxconn"] = 4096; }},
        {"few inotify instances", "single", "sysctl.inotify_instances", Warning,
         [](Site& s) { s.facts().sysctl["fs.inotify.max_user_instances"] = 128; }},
        {"few inotify watches", "single", "sysctl.inotify_watches", Warning,
         [](Site& s) { s.facts().sysctl["fs.inotify.max_user_watches"] = 8192; }},
        {"few memory areas", "single", "sysctl.max_map_count", Warning,
         [](Site& s) { s.facts().sysctl["vm.max_map_count"] = 65530; }},
        {"a Docker of others", "single", "existing.docker", Failed,
         [](Site& s) {
             s.facts().existing = {{"docker", "26.1.4", true, "/usr/bin/dockerd"}};
         }},
        {"a containerd of others", "single", "existing.docker", Failed,
         [](Site& s) {
             s.facts().existing = {{"containerd", "", false, ""}};
         }},
        {"Kubernetes beside a single node", "single", "existing.kubernetes", Warning,
         [](Site& s) {
             s.facts().existing = {{"kubernetes", "", true, ""}};
         }},
        {"Kubernetes in a cluster", "small", "existing.kubernetes", Failed,
         [](Site& s) {
             s.facts().existing = {{"kubernetes", "", true, ""}};
         }},
        {"MySQL", "single", "existing.mysql", Warning,
         [](Site& s) {
             s.facts().existing = {{"mysql", "5.7.44", true, ""}};
         }},
        {"Redis", "single", "existing.redis", Warning, [](Site& s) {
             s.facts().existing = {{"redis", "", false, ""}};
         }}};
    return kCases;
}

std::vector<Case> allCases() {
    std::vector<Case> all;
    for (const auto& part :
         {accessAndSystem(), resourcesAndDisk(), clockAndNetwork(), peers(), settingsAndExisting()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

using Key = std::pair<std::string, std::string>;  // server, check

std::map<Key, CheckStatus> statuses(const std::vector<CheckResult>& results) {
    std::map<Key, CheckStatus> found;
    for (const CheckResult& result : results)
        found[{result.host.str(), result.id.str()}] = result.status;
    return found;
}

}  // namespace

class ChecksCasesTest : public QObject {
    Q_OBJECT

private slots:
    void aGoodSiteHasNothingToSay_data();
    void aGoodSiteHasNothingToSay();
    void oneFaultBreaksOneCheck_data();
    void oneFaultBreaksOneCheck();
    void everyCheckHasACase();
};

void ChecksCasesTest::aGoodSiteHasNothingToSay_data() {
    QTest::addColumn<QString>("mode");
    for (const char* mode : {"single", "small", "large"})
        QTest::newRow(mode) << mode;
}

void ChecksCasesTest::aGoodSiteHasNothingToSay() {
    QFETCH(QString, mode);
    const auto results = Site(mode.toUtf8().constData()).results();
    for (const CheckResult& result : results)
        QVERIFY2(result.status == CheckStatus::Pass || result.status == CheckStatus::NotApplicable,
                 result.id.str().c_str());
    QVERIFY(blocking(results).empty());
    std::set<std::string> seen;
    for (const CheckResult& result : results)
        seen.insert(result.id.str());
    for (const CheckSpec& spec : checkTable())
        QVERIFY2(seen.contains(spec.id), spec.id);
    QCOMPARE(results.size(), checkTable().size() * (mode == "single" ? 1 : 4));
}

void ChecksCasesTest::oneFaultBreaksOneCheck_data() {
    QTest::addColumn<size_t>("index");
    size_t index = 0;
    for (const Case& one : allCases())
        QTest::addRow("%s: %s", one.mode, one.name) << index++;
}

void ChecksCasesTest::oneFaultBreaksOneCheck() {
    QFETCH(size_t, index);
    const Case one = allCases().at(index);
    Site good(one.mode);
    Site bad(one.mode);
    one.change(bad);
    const auto before = statuses(good.results());
    const auto results = bad.results();
    const auto after = statuses(results);
    QCOMPARE(after.size(), before.size());
    for (const auto& [key, status] : after) {
        const bool meant = key == Key{"s1", one.check};
        QVERIFY2(status == (meant ? one.status : before.at(key)), key.second.c_str());
    }
    for (const CheckResult& result : results)
        if (result.host == HostId("s1") && result.id.str() == one.check &&
            (one.status == CheckStatus::Failed || one.status == CheckStatus::Warning))
            QVERIFY(!result.measured.empty() || result.args.contains("missing") ||
                    result.args.contains("problem"));
}

void ChecksCasesTest::everyCheckHasACase() {
    // Those that need more than one fact of one server are in tst_checks.
    std::set<std::string> cased = {
        "access.reachable",       "network.hostname_unique", "network.machine_id", "network.mac",
        "network.address_unique", "disk.filesystem",         "existing.finclip"};
    for (const Case& one : allCases())
        cased.insert(one.check);
    for (const CheckSpec& spec : checkTable())
        QVERIFY2(cased.contains(spec.id), spec.id);
}

QTEST_GUILESS_MAIN(ChecksCasesTest)
#include "tst_checks_cases.moc"
