#include <QTemporaryDir>
#include <QtTest>

#include "base/file.h"
#include "probe/checks.h"
#include "probe/prober.h"
#include "remote/sim/probe_answer.h"
#include "remote/sim/role_work.h"
#include "remote/simulated.h"
#include "text/message_table.h"

using namespace deploy;

namespace {

std::string scenarioWith(const std::string& more) {
    return "format: 1\nmode: single\nservers:\n"
           "  - {name: s1, address: 10.20.0.11, system: ubuntu-22.04}\n" +
           more;
}

/// The project has confirmed the keys of all servers.
KnownHosts trusting(const Scenario& scenario) {
    KnownHosts known;
    for (const Host& host : scenario.inventory.hosts) {
        const QTemporaryDir folder;
        const auto connector = makeSimulatedConnector(
            scenario, systemClock(), folder.filePath("state.json").toStdString(), {});
        const auto refused = connector->connect(host, {});
        const std::string line = refused.error().args.at("public_key");
        const size_t blank = line.find(' ');
        known.add(host.address, host.port, {line.substr(0, blank), line.substr(blank + 1)});
    }
    return known;
}

}  // namespace

class SimulatedProbeTest : public QObject {
    Q_OBJECT

private slots:
    void factsComeThroughTheProbesOwnForm_data();
    void factsComeThroughTheProbesOwnForm();
    void everyScenarioIsReadableAndHasTexts();
    void scenariosAreReadStrictly_data();
    void scenariosAreReadStrictly();
    void aGoodServerIsReadyForTheJob();
    void aSmallServerIsFoundOut();
    void theClockOfAServerIsItsOwn();
    void stepsShowInTheNextProbe();
};

void SimulatedProbeTest::factsComeThroughTheProbesOwnForm_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"centos-7.9", "ubuntu-22.04", "kylin-v10", "debian-12"})
        QTest::newRow(name) << name;
}

void SimulatedProbeTest::factsComeThroughTheProbesOwnForm() {
    QFETCH(QString, name);
    const std::string file = std::string(TEST_DATA "/probe/") + name.toStdString() + ".json";
    Facts facts = *factsFromJson(*readFile(file, 1U << 20U), file);
    auto again =
        parseProbe(facts.host, sim::probeAnswer(facts, {systemClock().wall(), true, true}));
    QVERIFY(again);
    if (facts.fdatasyncP99Ms)
        QVERIFY(qAbs(*again->fdatasyncP99Ms - *facts.fdatasyncP99Ms) < 1e-4);
    again->fdatasyncP99Ms = facts.fdatasyncP99Ms;
    again->raw.clear();
    QCOMPARE(QString::fromStdString(factsToJson(*again)),
             QString::fromStdString(factsToJson(facts)));
}

void SimulatedProbeTest::everyScenarioIsReadableAndHasTexts() {
    const auto names = Scenario::names();
    QVERIFY(names);
    for (const char* needed : {"single-ok", "single-too-small", "single-disk-full",
                               "single-changed-host-key", "single-connection-lost"})
        QVERIFY2(std::find(names->begin(), names->end(), needed) != names->end(), needed);
    for (const std::string& name : *names) {
        const auto scenario = Scenario::load(name);
        QVERIFY2(scenario.has_value(), name.c_str());
        QVERIFY2(name.starts_with(scenario->mode.str() + "-"), name.c_str());
        for (const Scenario::Fault& fault : scenario->faults)
            QVERIFY2(fault.at.find('/') == std::string::npos || sim::knowsRole(fault.at),
                     fault.at.c_str());
        for (const char* language : {"en", "zh_CN"})
            for (const char* part : {".title", ".goal", ".hints"})
                QVERIFY(MessageTable::load(language)->has("scenario." + Scenario::lessonOf(name) +
                                                          part));
    }
    QCOMPARE(Scenario::load("../facts/x").error().code, ErrorCode::ScenarioInvalid);
    QCOMPARE(Scenario::load("none").error().where, std::string("none"));
}

void SimulatedProbeTest::scenariosAreReadStrictly_data() {
    QTest::addColumn<QByteArray>("yaml");
    QTest::newRow("unknown key") << QByteArray::fromStdString(scenarioWith("more: 1\n"));
    QTest::newRow("unknown fault")
        << QByteArray::fromStdString(scenarioWith("faults: [{kind: fire, server: s1, at: put}]\n"));
    QTest::newRow("fault of nobody")
        << QByteArray::fromStdString(scenarioWith("faults: [{kind: slow, server: s9, at: put}]\n"));
    QTest::newRow("fault nowhere") << QByteArray::fromStdString(
        scenarioWith("faults: [{kind: slow, server: s1, at: moon}]\n"));
    QTest::newRow("fault that cannot happen there") << QByteArray::fromStdString(
        scenarioWith("faults: [{kind: step_fails, server: s1, at: put}]\n"));
    QTest::newRow("twins") << QByteArray::fromStdString(
        scenarioWith("  - {name: s1, address: 10.20.0.12, system: ubuntu-22.04}\n"));
    QTest::newRow("unknown system") << QByteArray(
        "format: 1\nmode: single\nservers:\n  - {name: s1, address: 10.20.0.11, system: dos}\n");
    QTest::newRow("path for a system") << QByteArray(
        "format: 1\nmode: single\nservers:\n  - {name: s1, address: 10.0.0.1, system: "
        "../facts/x}\n");
    QTest::newRow("no servers") << QByteArray("format: 1\nmode: single\nservers: []\n");
    QTest::newRow("newer") << QByteArray("format: 2\nmode: single\nservers: []\n");
}

void SimulatedProbeTest::scenariosAreReadStrictly() {
    QFETCH(QByteArray, yaml);
    const auto scenario = readScenario(yaml.toStdString(), "x");
    QVERIFY(!scenario);
    QVERIFY2(scenario.error().where.starts_with("x.yaml:"), scenario.error().where.c_str());
    QVERIFY(readScenario(scenarioWith(""), "x"));
}

void SimulatedProbeTest::aGoodServerIsReadyForTheJob() {
    const QTemporaryDir folder;
    const Scenario scenario = *Scenario::load("single-ok");
    const auto clock = makeScaledClock(systemClock(), 0);
    const auto connector = makeSimulatedConnector(
        scenario, *clock, folder.filePath("state.json").toStdString(), trusting(scenario));
    const auto outcomes = probeAll(*connector, scenario.inventory, {}, {}, {});
    QVERIFY(outcomes.at(HostId("s1")).has_value());
    const Catalog catalog = *Catalog::load();
    CheckContext context;
    context.catalog = &catalog;
    context.mode = catalog.mode(ModeId("single"));
    const auto left = blocking(runChecks(context, scenario.inventory, outcomes, {}));
    QVERIFY2(left.empty(), left.empty() ? "" : left.front().id.str().c_str());
}

void SimulatedProbeTest::aSmallServerIsFoundOut() {
    const QTemporaryDir folder;
    const Scenario scenario = *Scenario::load("single-too-small");
    const auto clock = makeScaledClock(systemClock(), 0);
    const auto connector = makeSimulatedConnector(
        scenario, *clock, folder.filePath("state.json").toStdString(), trusting(scenario));
    const auto outcomes = probeAll(*connector, scenario.inventory, {}, {}, {});
    const Catalog catalog = *Catalog::load();
    CheckContext context;
    context.catalog = &catalog;
    context.mode = catalog.mode(ModeId("single"));
    std::set<std::string> failed;
    for (const CheckResult& result : runChecks(context, scenario.inventory, outcomes, {}))
        if (result.status == CheckStatus::Failed)
            failed.insert(result.id.str());
    QCOMPARE(failed, (std::set<std::string>{"resources.cpu", "resources.memory", "resources.disk",
                                            "network.ports"}));
}

void SimulatedProbeTest::theClockOfAServerIsItsOwn() {
    const QTemporaryDir folder;
    const auto scenario = readScenario(
        "format: 1\nmode: single\nservers:\n"
        "  - {name: s1, address: 10.20.0.11, system: ubuntu-22.04, clock_ahead_seconds: 47}\n",
        "x");
    QVERIFY(scenario);
    const auto clock = makeScaledClock(systemClock(), 1000);
    const auto connector = makeSimulatedConnector(
        *scenario, *clock, folder.filePath("state.json").toStdString(), trusting(*scenario));
    const auto outcomes = probeAll(*connector, scenario->inventory, {}, {}, {});
    QVERIFY(qAbs(*outcomes.at(HostId("s1"))->clockOffsetSeconds - 47) < 1);
}

void SimulatedProbeTest::stepsShowInTheNextProbe() {
    const Facts before = Scenario::load("single-ok")->servers.at(HostId("s1")).facts;
    sim::ServerState state;
    QVERIFY(sim::factsNow(before, state) == before);
    state.books = {
        {"host.prepare", {{"SYSCTLS", "net.core.somaxconn 32768\nvm.max_map_count 1"}}},
        {"docker.engine", {{"DAEMON_JSON", "{}"}}},
        {"app.config", {{"VERSION", "finclip 2.4.1"}, {"ENVIRONMENT", "X=1\nENTRY_PORT=8000"}}},
        {"app.start", {}}};
    state.files = {{"/f", {1U << 20U, "x"}}};
    const Facts after = sim::factsNow(before, state);
    QCOMPARE(after.sysctl.at("net.core.somaxconn"), int64_t{32768});
    QCOMPARE(after.sysctl.at("vm.max_map_count"), before.sysctl.at("vm.max_map_count"));
    QCOMPARE(after.finclipVersion, std::optional<std::string>("finclip 2.4.1"));
    QCOMPARE(after.finclipParts.size(), size_t{4});
    QCOMPARE(after.existing.back().id, std::string("docker"));
    QCOMPARE(after.listening->back(), (ListeningPort{"tcp", 8000, "docker-proxy"}));
    QCOMPARE(*before.dataDirectory->freeBytes - *after.dataDirectory->freeBytes,
             uint64_t{1U << 20U});
}

QTEST_GUILESS_MAIN(SimulatedProbeTest)
#include "tst_simulated_probe.moc"
