#include <QTest>

#include "base/file.h"
#include "base/resources.h"
#include "plan/planner.h"
#include "probe/prober.h"
#include "remote/sim/role_work.h"
#include "remote/sim/script_header.h"
#include "remote/simulated.h"
#include "run/script_text.h"
#include "support/run_fixture.h"
#include "topology/suggest.h"

using namespace deploy;
using namespace std::chrono_literals;

namespace {

const HostId kS1("s1");

/// A practice project's servers, and the plan for them, without its folder.
struct Practice {
    Scenario scenario;
    Catalog catalog = *Catalog::load();
    BundleManifest bundle;
    KnownHosts known;
    std::unique_ptr<Clock> clock = makeScaledClock(systemClock(), 0);
    std::unique_ptr<Connector> servers;
    RunFixture fixture{{}};
    RecordingObserver observer;

    explicit Practice(const char* name) : scenario(*Scenario::load(name)) {
        const std::string file = "examples/practice-bundle/bundle.yaml";
        bundle = *readManifest(*readResource(file), file);
        fixture.scripts = *RoleScripts::load();
        fixture.inventory = scenario.inventory;
        reopen();
        trust();
    }

    std::filesystem::path stateFile() const { return fixture.path() / "practice.json"; }
    /// As a program that is started anew.
    void reopen() { servers = makeSimulatedConnector(scenario, *clock, stateFile(), known); }
    /// A person confirms the keys that the servers show.
    void trust() {
        for (const Host& host : scenario.inventory.hosts) {
            const auto asked = servers->connect(host, {});
            if (asked)
                continue;
            const std::string line = asked.error().args.at("public_key");
            const size_t blank = line.find(' ');
            known.remove(host.address, host.port);
            known.add(host.address, host.port, {line.substr(0, blank), line.substr(blank + 1)});
        }
        reopen();
    }
    std::map<HostId, Facts> facts() const {
        std::map<HostId, Facts> found;
        for (auto& [host, outcome] : probeAll(*servers, scenario.inventory, {}, {}, {}))
            if (outcome)
                found.emplace(host, *outcome);
        return found;
    }
    void plan(const Settings& settings = {}) {
        const Mode& mode = *catalog.mode(scenario.mode);
        const auto probed = facts();
        const auto topology = suggestTopology(catalog, mode, scenario.inventory);
        const PlanInput input{"project",
                              mode,
                              bundle,
                              "bundle",
                              scenario.inventory,
                              topology.value_or(Topology()),
                              settings,
                              probed,
                              fixture.scripts};
        const auto made = makePlan(input);
        QVERIFY2(made.has_value(), made ? "" : made.error().detail.c_str());
        fixture.plan = *made;
    }
    Result<RunState> go() {
        observer.events.clear();
        return fixture.go(*servers, *clock, observer);
    }
    /// A further run, which knows what earlier ones did.
    void anew(const std::string& run) {
        std::filesystem::remove(fixture.journalFile());
        fixture.run = run;
        for (const Step& step : fixture.plan.steps)
            fixture.done[step.id] = digestOf(step);
    }
    size_t count(EventKind kind) const {
        return static_cast<size_t>(
            std::count_if(observer.events.begin(), observer.events.end(),
                          [&](const Event& event) { return event.kind == kind; }));
    }
};

std::vector<ScriptCall> callsOf(const Plan& plan) {
    std::vector<ScriptCall> calls;
    for (const Step& step : plan.steps) {
        if (const auto* file = std::get_if<PutFile>(&step.action)) {
            if (file->unless)
                calls.push_back(*file->unless);
        } else if (const auto* script = std::get_if<RunScript>(&step.action)) {
            calls.push_back(script->call);
        } else {
            calls.push_back(std::get<WaitReady>(step.action).call);
        }
    }
    return calls;
}

}  // namespace

/// The product's own planner and engine on simulated servers.
class SimulatedJobTest : public QObject {
    Q_OBJECT

private slots:
    void everyScriptIsKnown();
    void theWholeJob();
    void aSecondRunChangesNothing();
    void removalLeavesTheServerAsItWas();
    void aBadLineIsOvercome();
    void aFullDiskIsNamedAndResumed();
    void aChangedKeyStopsUntilAPersonConfirms();
    void stepsGoOnWhileTheProgramIsClosed();
    void aForeignEngineIsRefusedOrReused();
    void aSecondEngineerFindsTheLock();
};

void SimulatedJobTest::everyScriptIsKnown() {
    Practice practice("single-ok");
    practice.plan();
    auto calls = callsOf(practice.fixture.plan);
    for (const Keep keep : {Keep::Data, Keep::Nothing})
        for (const ScriptCall& call : callsOf(*makeRemovalPlan(practice.fixture.plan, keep)))
            calls.push_back(call);
    QVERIFY(calls.size() > 20);
    for (const ScriptCall& call : calls)
        for (const auto& [action, word] :
             {std::pair(ScriptAction::Check, "check"), std::pair(ScriptAction::Apply, "apply"),
              std::pair(ScriptAction::Verify, "verify"),
              std::pair(ScriptAction::Remove, "remove")}) {
            QVERIFY2(sim::knowsRole(call.script), call.script.c_str());
            const auto read =
                sim::readRoleCall(*scriptText(practice.fixture.scripts, call, action));
            QVERIFY(read.has_value());
            QVERIFY(*read == (sim::RoleCall{call.script, word, call.values}));
        }
    // Also those that only another mode's plan would ask for.
    for (const auto& [name, text] : practice.fixture.scripts.texts)
        if (name.find('/') != std::string::npos && !name.starts_with("agent/"))
            QVERIFY2(sim::knowsRole(name), name.c_str());
}

void SimulatedJobTest::theWholeJob() {
    Practice practice("single-ok");
    practice.plan();
    const auto state = practice.go();
    QVERIFY(state.has_value());
    for (const auto& [id, step] : state->steps)
        QVERIFY2(step.status == StepStatus::Succeeded, id.str().c_str());
    QCOMPARE(state->outcome, RunOutcome::Succeeded);
    QVERIFY(practice.observer.logs[StepId("s1/app.start")].find("Started") != std::string::npos);
    QVERIFY(practice.observer.progress.size() > 10);
    const Facts after = practice.facts().at(kS1);
    QCOMPARE(after.finclipVersion, std::optional<std::string>("finclip-practice 1.0.0"));
    QVERIFY(after.sysctl.at("net.core.somaxconn") >= 32768);
    // Nothing secret is written down.
    const std::string kept = *readFile(practice.stateFile(), 1U << 24U);
    QVERIFY(kept.find("host.prepare") != std::string::npos);
    QVERIFY(kept.find("secret") == std::string::npos ||
            kept.find("db_password") != std::string::npos);
}

void SimulatedJobTest::aSecondRunChangesNothing() {
    Practice practice("single-ok");
    practice.plan();
    QVERIFY(practice.go().has_value());
    const std::string digest = practice.fixture.plan.digest();
    practice.anew("r2");
    practice.plan();
    QCOMPARE(practice.fixture.plan.digest(), digest);
    QCOMPARE(practice.go()->outcome, RunOutcome::Succeeded);
    // What waits only asks, and is asked every time.
    const size_t waits = 1;
    QCOMPARE(practice.count(EventKind::StepSkipped), practice.fixture.plan.steps.size() - waits);
    QCOMPARE(practice.count(EventKind::StepSucceeded), waits);
}

void SimulatedJobTest::removalLeavesTheServerAsItWas() {
    Practice practice("single-ok");
    const auto before = practice.facts();
    practice.plan();
    QVERIFY(practice.go().has_value());
    practice.fixture.plan = *makeRemovalPlan(practice.fixture.plan, Keep::Nothing);
    practice.fixture.purpose = "remove";
    practice.anew("r2");
    practice.fixture.done.clear();
    const auto state = practice.go();
    QVERIFY(state.has_value());
    QCOMPARE(state->outcome, RunOutcome::Succeeded);
    Facts after = practice.facts().at(kS1);
    after.probedAt = before.at(kS1).probedAt;
    after.clockOffsetSeconds = before.at(kS1).clockOffsetSeconds;
    after.raw = before.at(kS1).raw;
    QCOMPARE(QString::fromStdString(factsToJson(after)),
             QString::fromStdString(factsToJson(before.at(kS1))));
}

void SimulatedJobTest::aBadLineIsOvercome() {
    Practice practice("single-connection-lost");
    practice.plan();
    const auto state = practice.go();
    QVERIFY(state.has_value());
    QCOMPARE(state->outcome, RunOutcome::Succeeded);
    for (const auto& [id, step] : state->steps)
        QVERIFY2(step.attempt == 1, id.str().c_str());
    QVERIFY(practice.count(EventKind::StepAttached) >= 1);
}

void SimulatedJobTest::aFullDiskIsNamedAndResumed() {
    Practice practice("single-disk-full");
    practice.plan();
    const auto failed = practice.go();
    QVERIFY(failed.has_value());
    QCOMPARE(failed->outcome, RunOutcome::Failed);
    bool named = false;
    for (const auto& [id, step] : failed->steps)
        named = named || (step.error && step.error->code == ErrorCode::StepFailed &&
                          step.error->detail.find("No space left") != std::string::npos);
    QVERIFY(named);
    QCOMPARE(practice.go()->outcome, RunOutcome::Succeeded);
}

void SimulatedJobTest::aChangedKeyStopsUntilAPersonConfirms() {
    Practice practice("single-changed-host-key");
    practice.plan();
    for (int tries = 0; tries < 2; ++tries) {
        const auto refused = practice.go();
        QVERIFY(refused.has_value());
        QCOMPARE(refused->outcome, RunOutcome::Failed);
        QCOMPARE(refused->servers.at(kS1).error->code, ErrorCode::SshHostKeyChanged);
        QVERIFY(refused->servers.at(kS1).error->args.at("fingerprint").starts_with("SHA256:"));
        QCOMPARE(practice.count(EventKind::StepStarted), size_t{0});
        practice.reopen();
    }
    practice.trust();
    QCOMPARE(practice.go()->outcome, RunOutcome::Succeeded);
}

void SimulatedJobTest::stepsGoOnWhileTheProgramIsClosed() {
    Practice practice("single-ok");
    practice.plan();
    std::stop_source stop;
    practice.fixture.stop.now = stop.get_token();
    practice.observer.then = [&](const Event& event) {
        if (event.kind == EventKind::StepStarted && event.step == StepId("s1/docker.engine"))
            stop.request_stop();
    };
    QCOMPARE(practice.go()->outcome, RunOutcome::Stopped);
    practice.fixture.stop = {};
    practice.observer.then = {};
    // A new program: the state comes from the disk, and time went on.
    practice.clock = makeScaledClock(systemClock(), 0);
    practice.reopen();
    const auto state = practice.go();
    QVERIFY(state.has_value());
    QCOMPARE(state->outcome, RunOutcome::Succeeded);
    QCOMPARE(state->step(StepId("s1/host.prepare")).attempt, 1);
}

void SimulatedJobTest::aForeignEngineIsRefusedOrReused() {
    Practice practice("single-ok");
    practice.scenario.servers.at(kS1).facts.existing = {
        {"docker", "26.1.4", true, "/usr/bin/dockerd, docker.service"}};
    practice.reopen();
    practice.plan();
    QCOMPARE(practice.go()->outcome, RunOutcome::Failed);
    Settings settings;
    settings.existingDocker = ExistingDocker::Reuse;
    practice.plan(settings);
    std::filesystem::remove(practice.fixture.journalFile());
    practice.fixture.run = "r2";
    QCOMPARE(practice.go()->outcome, RunOutcome::Succeeded);
}

void SimulatedJobTest::aSecondEngineerFindsTheLock() {
    Practice practice("single-ok");
    practice.plan();
    std::optional<Error> found;
    practice.observer.then = [&](const Event& event) {
        if (event.kind != EventKind::StepSucceeded || found)
            return;
        RunFixture other({});
        other.scripts = practice.fixture.scripts;
        other.plan = practice.fixture.plan;
        other.inventory = practice.fixture.inventory;
        other.run = "other";
        RecordingObserver silent;
        const auto refused = other.go(*practice.servers, *practice.clock, silent);
        found = refused ? Error{} : refused.error();
    };
    QCOMPARE(practice.go()->outcome, RunOutcome::Succeeded);
    QVERIFY(found.has_value());
    QCOMPARE(found->code, ErrorCode::ServerLocked);
    QCOMPARE(found->args.at("run"), std::string("r1"));
}

QTEST_GUILESS_MAIN(SimulatedJobTest)
#include "tst_simulated_job.moc"
