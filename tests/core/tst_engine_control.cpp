#include <QTest>
#include <atomic>
#include <thread>

#include "base/file.h"
#include "support/engine_world.h"

using namespace deploy;
using namespace std::chrono_literals;

/// How people and other runs reach into the engine: stops, locks, stale plans, removal, questions.
class TestEngineControl : public QObject {
    Q_OBJECT
private slots:
    void stopAfterTheStep() {
        World world;
        world.fixture.add("s1", "a");
        world.fixture.add("s1", "b");
        std::stop_source stop;
        world.fixture.stop.afterStep = stop.get_token();
        world.observer.then = {};
        world.servers.before = [&](const std::string& what) {
            if (what == "s1 follow s1/a")
                stop.request_stop();
        };
        const auto state = world.go();
        QCOMPARE(state->outcome, RunOutcome::Stopped);
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_started s1/a 1\n"
                                            "step_succeeded s1/a 1\n"));
        QCOMPARE(world.outcome(), std::string("run_started\n"
                                              "stop_requested after_step\n"
                                              "run_finished stopped\n"));
        QVERIFY(world.servers.servers[kS1].lockRun.empty());
        world.fixture.stop = {};
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.servers.servers[kS1].applies.at("t/a"), 1);
    }

    void stopNowLeavesTheStepOnTheServer() {
        World world;
        world.fixture.add("s1", "a");
        std::stop_source stop;
        world.fixture.stop.now = stop.get_token();
        world.servers.before = [&](const std::string& what) {
            if (what == "s1 follow s1/a")
                stop.request_stop();
        };
        world.servers.cut = [&](int) {
            return stop.stop_requested() ? std::optional(Cut{Cut::When::BeforeSend, 0})
                                         : std::nullopt;
        };
        const auto state = world.go();
        QCOMPARE(state->outcome, RunOutcome::Stopped);
        QCOMPARE(state->step(StepId("s1/a")).status, StepStatus::Unknown);
        QCOMPARE(world.servers.servers[kS1].lockRun, std::string("r1"));
        world.fixture.stop = {};
        world.servers.before = {};
        world.servers.cut = {};
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.servers.servers[kS1].applies.at("t/a"), 1);
    }

    void oneServerIsTriedAgainAlone() {
        World world;
        world.fixture.add("s1", "a");
        world.fixture.add("s2", "b", {"s1/a"});
        world.fixture.add("s3", "d");
        world.fixture.add("s2", "c", {"s3/d"});
        world.servers.refuse = [](const HostId& host) {
            return host != kS1 ? std::optional(Error{ErrorCode::SshUnreachable, host.str(), {}, {}})
                               : std::nullopt;
        };
        QCOMPARE(world.go()->outcome, RunOutcome::Failed);
        world.servers.refuse = {};
        const HostId s3("s3");
        const int before = world.servers.servers[kS1].connects;
        const int tries = world.servers.servers[s3].connects;
        world.fixture.only = {kS2};
        // What s1 did counts, though it is not asked; what s3 has not done is still lacking.
        const auto state = world.go();
        QCOMPARE(state->outcome, RunOutcome::Failed);
        QCOMPARE(state->step(StepId("s2/b")).status, StepStatus::Succeeded);
        QCOMPARE(state->step(StepId("s2/c")).status, StepStatus::Waiting);
        QCOMPARE(state->step(StepId("s3/d")).status, StepStatus::Waiting);
        QCOMPARE(world.servers.servers[kS1].connects, before);
        QCOMPARE(world.servers.servers[s3].connects, tries);
        world.fixture.only = {};
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.servers.servers[kS1].applies.at("t/a"), 1);
    }

    void aLockOfAnotherRunRefusesEverything() {
        World world;
        world.fixture.add("s1", "a");
        world.fixture.add("s2", "b");
        world.servers.servers[kS2].lockRun = "other";
        world.servers.servers[kS2].lockId = "x1";
        const auto refused = world.go();
        QCOMPARE(refused.error().code, ErrorCode::ServerLocked);
        QCOMPARE(refused.error().where, std::string("s2"));
        QVERIFY((refused.error().args == Args{{"lock_id", "x1"},
                                              {"run", "other"},
                                              {"owner", "b@other"},
                                              {"since", "2026-01-01T00:00:00Z"}}));
        QVERIFY(world.servers.servers[kS1].attempts.empty());
        QVERIFY(world.servers.servers[kS1].lockRun.empty());
        QCOMPARE(world.story(kS2), std::string("server_failed run.server_locked\n"));
        // With its id it is broken, by a resume too.
        world.fixture.brokenLock = "x2";
        QCOMPARE(world.go().error().code, ErrorCode::ServerLocked);
        world.fixture.brokenLock = "x1";
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        const auto ready = std::find_if(
            world.observer.events.begin(), world.observer.events.end(), [](const Event& event) {
                return event.kind == EventKind::ServerReady && event.host == kS2;
            });
        QVERIFY(
            (ready->args ==
             Args{{"broken_lock_id", "x1"}, {"broken_run", "other"}, {"broken_owner", "b@other"}}));
    }

    void aBrokenLockStopsTheOldRunThere() {
        World world;
        world.fixture.add("s1", "a");
        world.fixture.add("s1", "b");
        world.fixture.add("s2", "c");
        world.servers.before = [&](const std::string& what) {
            if (what != "s1 launch s1/b")
                return;
            world.servers.servers[kS1].lockRun = "other";
            world.servers.servers[kS1].lockId = "x1";
        };
        const auto state = world.go();
        QCOMPARE(state->outcome, RunOutcome::Failed);
        QVERIFY(world.story().ends_with("server_failed run.server_lock_lost\n"));
        QCOMPARE(world.servers.servers[kS1].lockRun, std::string("other"));
        QVERIFY(!world.servers.servers[kS1].applied.contains("t/b"));
        QVERIFY(world.servers.servers[kS2].applied.contains("t/c"));
    }

    void aStalePlanIsRefused() {
        World world;
        world.fixture.add("s1", "a");
        QVERIFY(world.go().has_value());
        world.fixture.plan.projectId = "another";
        QCOMPARE(world.go().error().code, ErrorCode::PlanStale);
        World changed;
        changed.fixture.add("s1", "a");
        changed.fixture.scripts.texts["t/a"] = "another text";
        QCOMPARE(changed.go().error().where, std::string("s1/a"));
        World gone;
        gone.fixture.add("s1", "a");
        gone.fixture.inventory.hosts.clear();
        QCOMPARE(gone.go().error().code, ErrorCode::PlanStale);
        QVERIFY(gone.servers.sent().empty());
    }

    void secretsGoToStandardInputOnly() {
        World world;
        Step& step = world.fixture.add("s1", "a");
        std::get<RunScript>(step.action).call.secrets = {{"PASSWORD", "db.root"}};
        bool arrived = false;
        world.servers.before = [&](const std::string& what) {
            if (what == "s1 follow s1/a")
                arrived = world.servers.servers[kS1].lastInput.starts_with(
                    "PASSWORD='secret of db.root'\n#: script t/a\n");
        };
        QVERIFY(world.go().has_value());
        QVERIFY(arrived);
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(world.fixture.path()))
            if (entry.is_regular_file())
                QVERIFY(readFile(entry.path(), 1U << 20U)->find("secret of") == std::string::npos);
    }

    void removalTakesBack() {
        World world;
        world.fixture.add("s1", "a");
        QVERIFY(world.go().has_value());
        world.anew();
        world.fixture.done.clear();
        world.fixture.purpose = "remove";
        std::get<RunScript>(world.fixture.plan.steps[0].action).action = RunScript::Action::Remove;
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QVERIFY(world.servers.servers[kS1].applied.empty());
        QCOMPARE(world.observer.events.front().args.at("purpose"), std::string("remove"));
    }

    void serversAreAskedWithoutBeingChanged() {
        World world;
        world.fixture.add("s1", "a");
        world.fixture.add("s1", "b");
        world.fixture.addStep("s1", "w", WaitReady{world.fixture.call("c")});
        world.fixture.add("s2", "d");
        world.servers.servers[kS1].applied = {"t/a"};
        world.servers.refuse = [](const HostId& host) {
            return host == kS2 ? std::optional(Error{ErrorCode::SshUnreachable, "s2", {}, {}})
                               : std::nullopt;
        };
        RunContext context{.connector = world.servers,
                           .clock = world.clock,
                           .scripts = world.fixture.scripts,
                           .secret = {},
                           .bundleFolder = {},
                           .runFolder = {},
                           .run = RunId("r"),
                           .owner = {},
                           .done = {}};
        const auto answers = askServers(world.fixture.plan, world.fixture.inventory, context, {});
        QCOMPARE(answers->size(), size_t(4));
        QVERIFY(answers->at(0).holds && !answers->at(1).holds && answers->at(2).holds);
        QCOMPARE(answers->at(1).detail, std::string("not so"));
        QCOMPARE(answers->at(3).error->code, ErrorCode::SshUnreachable);
        QCOMPARE(world.countSent("s1 lock acquire"), size_t(0));
        QVERIFY(world.servers.servers[kS1].attempts.empty());
    }

    void manyServersAndSteps() {
        World world;
        for (int host = 0; host < 100; ++host)
            for (const char* name : {"a", "b", "c", "d"})
                world.fixture.add("h" + std::to_string(host), name);
        const auto state = world.go();
        QCOMPARE(state->outcome, RunOutcome::Succeeded);
        QCOMPARE(state->steps.size(), size_t(400));
    }

    void aServerThatIsLostWhileItWaitsIsShown() {
        World world;
        world.fixture.betweenSigns = 50ms;
        world.fixture.add("s2", "a");
        world.fixture.add("s1", "b", {"s2/a"});
        struct Watcher : RunObserver {
            void onEvent(const Event&) override {}
            void onLog(const StepId&, std::string_view) override {}
            void onProgress(const StepProgress& progress) override {
                if (progress.step != StepId("s1/b"))
                    return;
                if (progress.stalled)
                    silent = true;
                else if (silent)
                    heardAgain = true;
            }
            std::atomic<bool> silent = false;
            std::atomic<bool> heardAgain = false;
        } watcher;
        const auto wait = [](const std::atomic<bool>& what) {
            for (int i = 0; i < 3000 && !what; ++i)
                std::this_thread::sleep_for(10ms);
        };
        world.servers.before = [&](const std::string& what) {
            // s2 is at work until the other was lost and came back.
            if (what.starts_with("s2 launch"))
                wait(watcher.heardAgain);
            if (what == "s1 lock renew" && !watcher.silent) {
                world.clock.sleep(20s, {});
                wait(watcher.silent);
            }
        };
        const auto state = world.fixture.go(world.servers, world.clock, watcher);
        QVERIFY(watcher.silent);
        QVERIFY(watcher.heardAgain);
        QCOMPARE(state->outcome, RunOutcome::Succeeded);
    }
};

QTEST_GUILESS_MAIN(TestEngineControl)
#include "tst_engine_control.moc"
