#include <QtTest>
#include <set>

#include "probe/check_sheet.h"
#include "text/message_table.h"
#include "tst_checks_fixture.h"

using namespace deploy;
using test::Site;

namespace {

CheckResult resultOf(const std::vector<CheckResult>& results, const char* check,
                     const char* host = "s1") {
    for (const CheckResult& result : results)
        if (result.id.str() == check && result.host == HostId(host))
            return result;
    return {};
}

CheckStatus statusOf(Site& site, const char* check, const char* host = "s1") {
    return resultOf(site.results(), check, host).status;
}

}  // namespace

class ChecksTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsNotKnownIsNeverAPass_data();
    void whatIsNotKnownIsNeverAPass();
    void aDeadServerSpoilsNoOther();
    void twinsAreFoundOnBoth_data();
    void twinsAreFoundOnBoth();
    void containerNetworksAreNoTwins();
    void theClockIsJudgedAgainstTheServersNotTheLaptop();
    void ofTwoClocksOneIsOff();
    void unsupportedFileSystems();
    void anEngineIsReusedByChoice();
    void ourOwnInstallationIsNotInTheWay();
    void aCutInstallationIsOurs();
    void rolesDecideWhichPortsAreNeeded();
    void portsOfAnotherDistributionAreFree();
    void thresholdsStandInTheCatalogue();
    void withoutABundle();
    void waivers();
    void onlyGravesBlock();
    void namesMeasureAndRequirement();
    void everyCheckHasTextsInBothLanguages();
};

void ChecksTest::whatIsNotKnownIsNeverAPass_data() {
    QTest::addColumn<QString>("mode");
    for (const char* mode : {"single", "small", "large"})
        QTest::newRow(mode) << mode;
}

void ChecksTest::whatIsNotKnownIsNeverAPass() {
    QFETCH(QString, mode);
    Site site(mode.toUtf8().constData());
    for (auto& [host, outcome] : site.outcomes) {
        Facts nothing;
        nothing.host = host;
        outcome = nothing;
    }
    for (const CheckResult& result : site.results()) {
        // What was asked of the server itself, and answered by there being an answer.
        const bool answered =
            result.id.str() == "access.reachable" || result.id.str().starts_with("existing.");
        if (!answered)
            QVERIFY2(result.status == CheckStatus::CouldNotCheck ||
                         result.status == CheckStatus::NotApplicable,
                     result.id.str().c_str());
    }
    site.outcomes.clear();
    for (const CheckResult& result : site.results())
        QVERIFY2(result.status == CheckStatus::CouldNotCheck ||
                     result.status == CheckStatus::NotApplicable,
                 result.id.str().c_str());
}

void ChecksTest::aDeadServerSpoilsNoOther() {
    Site site("small");
    site.outcomes.at(HostId("s3")) = fail(ErrorCode::SshUnreachable, "s3", "timed out");
    const auto results = site.results();
    for (const CheckResult& result : results)
        if (result.host != HostId("s3"))
            QVERIFY2(
                result.status == CheckStatus::Pass || result.status == CheckStatus::NotApplicable,
                result.id.str().c_str());
    const CheckResult dead = resultOf(results, "access.reachable", "s3");
    QCOMPARE(dead.status, CheckStatus::Failed);
    QCOMPARE(dead.measured, std::string("ssh.unreachable"));
    QCOMPARE(blocking(results).front().id, CheckId("access.reachable"));
    site.outcomes.at(HostId("s3")) = fail(ErrorCode::Cancelled, "s3");
    QCOMPARE(statusOf(site, "access.reachable", "s3"), CheckStatus::CouldNotCheck);
}

void ChecksTest::twinsAreFoundOnBoth_data() {
    QTest::addColumn<QString>("check");
    for (const char* check :
         {"network.hostname_unique", "network.machine_id", "network.mac", "network.address_unique"})
        QTest::newRow(check) << check;
}

void ChecksTest::twinsAreFoundOnBoth() {
    QFETCH(QString, check);
    Site site("small");
    Facts& first = site.facts("s1");
    Facts& second = site.facts("s3");
    if (check == "network.hostname_unique")
        second.hostname = first.hostname;
    else if (check == "network.machine_id")
        second.machineId = first.machineId;
    else if (check == "network.mac")
        second.interfaces.back().mac = first.interfaces.back().mac;
    else
        second.interfaces.back().addresses.push_back(first.interfaces.back().addresses.front());
    const auto results = site.results();
    for (const CheckResult& result : results) {
        const bool twin = result.host == HostId("s1") || result.host == HostId("s3");
        if (result.id.str() == check.toStdString() && twin) {
            QCOMPARE(result.status, CheckStatus::Failed);
            QCOMPARE(result.args.at("others"),
                     std::string(result.host == HostId("s1") ? "s3" : "s1"));
        } else {
            QVERIFY2(result.status != CheckStatus::Failed, result.id.str().c_str());
        }
    }
}

void ChecksTest::containerNetworksAreNoTwins() {
    Site site("small");
    const InterfaceFacts bridge{"cni0", "aa:bb:cc:00:00:01", {"10.42.0.1/24"}, 1450};
    for (auto& [host, outcome] : site.outcomes)
        outcome->interfaces.push_back(bridge);
    QVERIFY(blocking(site.results()).empty());
}

void ChecksTest::theClockIsJudgedAgainstTheServersNotTheLaptop() {
    Site site("small");
    for (auto& [host, outcome] : site.outcomes)
        outcome->clockOffsetSeconds = -86400;
    QCOMPARE(statusOf(site, "clock.offset"), CheckStatus::Pass);
    site.facts("s2").clockOffsetSeconds = 0;
    QCOMPARE(statusOf(site, "clock.offset"), CheckStatus::Pass);
    QCOMPARE(statusOf(site, "clock.offset", "s2"), CheckStatus::Failed);
    QCOMPARE(resultOf(site.results(), "clock.offset", "s2").measured, std::string("+86400 s"));
}

void ChecksTest::ofTwoClocksOneIsOff() {
    Site site("small");
    site.inventory.hosts.resize(2);
    site.facts("s1").clockOffsetSeconds = 0;
    site.facts("s2").clockOffsetSeconds = 40;
    QCOMPARE(statusOf(site, "clock.offset", "s2"), CheckStatus::Failed);
}

void ChecksTest::unsupportedFileSystems() {
    Site site("single");
    site.disk().type = "btrfs";
    QCOMPARE(statusOf(site, "disk.filesystem"), CheckStatus::Failed);
    QCOMPARE(statusOf(site, "disk.ftype"), CheckStatus::NotApplicable);
    site.disk().type = "ext4";
    QCOMPARE(statusOf(site, "disk.filesystem"), CheckStatus::Pass);
    QCOMPARE(statusOf(site, "disk.ftype"), CheckStatus::NotApplicable);
}

void ChecksTest::anEngineIsReusedByChoice() {
    Site site("single");
    site.facts().existing = {{"docker", "26.1.4", true, "/usr/bin/dockerd"}};
    const CheckResult refused = resultOf(site.results(), "existing.docker");
    QCOMPARE(refused.status, CheckStatus::Failed);
    QCOMPARE(refused.waivable, Waivable::No);
    site.context.reuseDocker = true;
    QCOMPARE(statusOf(site, "existing.docker"), CheckStatus::Pass);
}

void ChecksTest::ourOwnInstallationIsNotInTheWay() {
    Site site("single");
    Facts& facts = site.facts();
    facts.existing = {{"docker", "26.1.5", true, "/usr/local/bin/dockerd"}};
    facts.finclipVersion = "finclip 2.4.1";
    facts.finclipParts = {"app.start", "docker.engine"};
    facts.listening->push_back({"tcp", 8000, "docker-proxy"});
    facts.dataDirectory->freeBytes = facts.dataDirectory->totalBytes;
    QVERIFY(blocking(site.results()).empty());
    QCOMPARE(statusOf(site, "existing.finclip"), CheckStatus::Pass);
    facts.finclipVersion = "finclip 2.4.0";
    QCOMPARE(statusOf(site, "existing.finclip"), CheckStatus::Warning);
}

void ChecksTest::aCutInstallationIsOurs() {
    Site site("single");
    site.facts().existing = {{"docker", "26.1.5", true, "/usr/local/bin/dockerd"}};
    site.facts().finclipParts = {"docker.engine", "host.prepare"};
    QVERIFY(blocking(site.results()).empty());
    const CheckResult ours = resultOf(site.results(), "existing.finclip");
    QCOMPARE(ours.status, CheckStatus::Warning);
    QCOMPARE(ours.measured, std::string("docker.engine, host.prepare"));
    // An engine of others that was there before us is still theirs.
    site.facts().finclipParts = {"host.prepare"};
    QCOMPARE(statusOf(site, "existing.docker"), CheckStatus::Failed);
}

void ChecksTest::rolesDecideWhichPortsAreNeeded() {
    Site site("small");
    for (const char* host : {"s1", "s2"})
        site.facts(host).listening->push_back({"tcp", 3306, "mysqld"});
    QCOMPARE(statusOf(site, "network.ports", "s1"), CheckStatus::Failed);
    site.context.topology = Topology().assign(RoleId("database"), HostId("s2"));
    QCOMPARE(statusOf(site, "network.ports", "s1"), CheckStatus::Pass);
    QCOMPARE(statusOf(site, "network.ports", "s2"), CheckStatus::Failed);
    QCOMPARE(statusOf(site, "disk.latency", "s1"), CheckStatus::NotApplicable);
}

void ChecksTest::portsOfAnotherDistributionAreFree() {
    Site site("small");
    site.facts().listening->push_back({"tcp", 9345, "something"});
    QCOMPARE(statusOf(site, "network.ports"), CheckStatus::Pass);
    site.bundle.components = {{"rke2", "v1.30.4", ""}};
    QCOMPARE(statusOf(site, "network.ports"), CheckStatus::Failed);
}

void ChecksTest::thresholdsStandInTheCatalogue() {
    const auto catalog = Catalog::load();
    QVERIFY(catalog);
    for (const Threshold& used : test::catalog().thresholds) {
        const Threshold* found = catalog->threshold(used.check);
        QVERIFY2(found != nullptr, used.check.c_str());
    }
    // With the real catalogue, a good server is good.
    for (const char* mode : {"single", "small", "large"}) {
        Site site(mode);
        site.catalog = *catalog;
        const auto left = blocking(site.results());
        QVERIFY2(left.empty(), left.empty() ? "" : left.front().id.str().c_str());
    }
}

void ChecksTest::withoutABundle() {
    Site site("single");
    site.hasBundle = false;
    for (const CheckResult& result : site.results())
        QVERIFY(result.id.str() != "disk.free");
    site.facts().architecture = "aarch64";
    site.facts().osId = "fedora";
    site.facts().kernel = "3.9.0";
    QCOMPARE(statusOf(site, "system.architecture"), CheckStatus::Failed);
    QCOMPARE(statusOf(site, "system.os"), CheckStatus::Failed);
    QCOMPARE(statusOf(site, "system.kernel"), CheckStatus::Failed);
}

void ChecksTest::waivers() {
    Site site("single");
    site.facts().cores = 2;
    site.facts().root = false;
    site.facts().dataDirectory->totalBytes.reset();
    const auto waiver = [](const char* check, const char* host) {
        return Waiver{CheckId(check), HostId(host), "Li", "agreed", {}};
    };
    const auto status = [&](const char* check, const std::vector<Waiver>& list) {
        return resultOf(site.results(list), check).status;
    };
    QCOMPARE(status("resources.cpu", {waiver("resources.cpu", "s1")}), CheckStatus::Waived);
    QCOMPARE(status("resources.cpu", {waiver("resources.cpu", "s2")}), CheckStatus::Failed);
    QCOMPARE(status("resources.cpu", {waiver("resources.memory", "s1")}), CheckStatus::Failed);
    QCOMPARE(status("access.root", {waiver("access.root", "s1")}), CheckStatus::Failed);
    // Nobody can accept what nobody knows.
    QCOMPARE(status("resources.disk", {waiver("resources.disk", "s1")}),
             CheckStatus::CouldNotCheck);
    const auto left = blocking(site.results({waiver("resources.cpu", "s1")}));
    for (const CheckResult& result : left)
        QVERIFY(result.id.str() != "resources.cpu");
}

void ChecksTest::onlyGravesBlock() {
    Site site("single");
    site.facts().timeServiceRuns.reset();
    site.facts().sysctl.clear();
    QVERIFY(blocking(site.results()).empty());
    site.facts().listening.reset();
    const auto left = blocking(site.results());
    QCOMPARE(left.size(), size_t{1});
    QCOMPARE(left.front().id, CheckId("network.ports"));
}

void ChecksTest::namesMeasureAndRequirement() {
    Site site("single");
    site.facts().memoryBytes = (uint64_t{4} << 30U) + (uint64_t{512} << 20U);
    const CheckResult memory = resultOf(site.results(), "resources.memory");
    QCOMPARE(memory.measured, std::string("4.5 GiB"));
    QCOMPARE(memory.required, std::string("8 GiB"));
    QCOMPARE(memory.source, std::string("seed"));
    QCOMPARE(memory.args.at("measured"), memory.measured);
    QCOMPARE(memory.args.at("server"), std::string("s1"));
    QCOMPARE(numberText(2.50), std::string("2.5"));
    QCOMPARE(numberText(-0.001), std::string("0"));
    QCOMPARE(numberText(100), std::string("100"));
    QCOMPARE(bytesText(100U << 20U), std::string("100 MiB"));
    Site cluster("small");
    cluster.facts().swapBytes = 1U << 20U;
    QCOMPARE(resultOf(cluster.results(), "settings.swap").repair, std::string("swap"));
    QCOMPARE(resultOf(cluster.results(), "settings.thp").repair, std::string());
}

void ChecksTest::everyCheckHasTextsInBothLanguages() {
    const auto en = MessageTable::load("en");
    const auto zh = MessageTable::load("zh_CN");
    QVERIFY(en && zh);
    std::set<std::string> ids;
    for (const CheckSpec& spec : checkTable()) {
        ids.insert(spec.id);
        for (const char* part : {".title", ".failed", ".remedy"}) {
            const std::string key = std::string("check.") + spec.id + part;
            QVERIFY2(!en->pattern(key).empty() && !zh->pattern(key).empty(), key.c_str());
            QVERIFY2(en->pattern(key) != zh->pattern(key) || key == "check.system.systemd.title" ||
                         key == "check.settings.selinux.title",
                     key.c_str());
        }
    }
    for (const std::string& key : en->keys())
        if (key.starts_with("check."))
            QVERIFY2(ids.contains(key.substr(6, key.rfind('.') - 6)), key.c_str());
    // Every argument of a text is one that the check gives.
    for (const char* mode : {"single", "large"}) {
        Site site(mode);
        for (auto& [host, outcome] : site.outcomes) {
            outcome->sysctl["vm.max_map_count"] = 1;
            outcome->tools->clear();
            outcome->hostname = "node-1";
        }
        for (const CheckResult& result : site.results())
            if (result.status == CheckStatus::Failed || result.status == CheckStatus::Warning)
                for (const auto& table : {*en, *zh})
                    for (const char* part : {".failed", ".remedy"}) {
                        const std::string text =
                            table.text("check." + result.id.str() + part, result.args);
                        QVERIFY2(text.find('{') == std::string::npos, text.c_str());
                    }
    }
}

QTEST_GUILESS_MAIN(ChecksTest)
#include "tst_checks.moc"
