#include <QTest>

#include "base/file.h"
#include "support/engine_world.h"

using namespace deploy;
using namespace std::chrono_literals;

/// What the engine does, event by event, on servers in memory.
class TestEngine : public QObject {
    Q_OBJECT
private slots:
    void doesThePlan() {
        World world;
        world.fixture.add("s1", "a");
        world.fixture.add("s1", "b", {"s1/a"});
        const auto state = world.go();
        QVERIFY(state.has_value());
        QCOMPARE(state->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_started s1/a 1\n"
                                            "step_succeeded s1/a 1\n"
                                            "step_started s1/b 1\n"
                                            "step_succeeded s1/b 1\n"));
        QCOMPARE(world.outcome(), std::string("run_started\nrun_finished succeeded\n"));
        QCOMPARE(world.servers.servers[kS1].connects, 1);
        QVERIFY(world.servers.servers[kS1].lockRun.empty());
        QCOMPARE(world.observer.logs[StepId("s1/a")], std::string("output\n"));
        QCOMPARE(*readFile(world.fixture.path() / "logs/s1/a.log", 100), std::string("output\n"));
        QVERIFY(*state == fold(world.observer.events));
        QVERIFY(readJournal(world.fixture.journalFile())->events == world.observer.events);
        QCOMPARE(state->planDigest, world.fixture.plan.digest());
    }

    void aFurtherRunTrustsOnlyWhatTheServerConfirms() {
        World world;
        world.fixture.add("s1", "a");
        world.fixture.add("s1", "b");
        QVERIFY(world.go().has_value());
        world.anew();
        QVERIFY(world.go().has_value());
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_skipped s1/a 0 already_done\n"
                                            "step_skipped s1/b 0 already_done\n"));
        // The server lost one; and a value of the other changed.
        world.servers.servers[kS1].applied.erase("t/a");
        world.anew();
        std::get<RunScript>(world.fixture.plan.steps[1].action).call.values["X"] = "new";
        const auto state = world.go();
        QCOMPARE(state->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_started s1/a 1\n"
                                            "step_succeeded s1/a 1\n"
                                            "step_started s1/b 1\n"
                                            "step_skipped s1/b 1 already_there\n"));
    }

    void serversGoOnAtOnceAndWaitForEachOther() {
        World world;
        world.fixture.add("s1", "a");
        world.fixture.add("s2", "b", {"s1/a"});
        world.fixture.add("s1", "c", {"s2/b"});
        const auto state = world.go();
        QCOMPARE(state->outcome, RunOutcome::Succeeded);
        std::string order;
        for (const Event& event : world.observer.events)
            if (event.kind == EventKind::StepStarted)
                order += event.step.str() + " ";
        QCOMPARE(order, std::string("s1/a s2/b s1/c "));
    }

    void aFailureHoldsUpOnlyWhatNeedsIt() {
        World world;
        world.fixture.add("s1", "a");
        world.fixture.add("s1", "b", {"s1/a"});
        world.fixture.add("s1", "c");
        world.fixture.add("s2", "d");
        world.fixture.add("s2", "b", {"s1/b"});
        world.servers.scripts["t/a"] = {.applyStatus = 7, .output = "one\ntwo\n"};
        const auto state = world.go();
        QCOMPARE(state->outcome, RunOutcome::Failed);
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_started s1/a 1\n"
                                            "step_failed s1/a 1 step.failed\n"
                                            "step_started s1/c 1\n"
                                            "step_succeeded s1/c 1\n"));
        QCOMPARE(world.story(kS2), std::string("server_ready\n"
                                               "step_started s2/d 1\n"
                                               "step_succeeded s2/d 1\n"));
        const auto error = state->step(StepId("s1/a")).error;
        QCOMPARE(error->detail, std::string("one\ntwo"));
        QCOMPARE(error->args.at("status"), std::string("7"));
        // Corrected, and resumed.
        world.servers.scripts.clear();
        const auto resumed = world.go();
        QCOMPARE(resumed->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.outcome(), std::string("run_resumed\nrun_finished succeeded\n"));
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_started s1/a 2\n"
                                            "step_succeeded s1/a 2\n"
                                            "step_started s1/b 1\n"
                                            "step_succeeded s1/b 1\n"
                                            "step_skipped s1/c 1 already_done\n"));
        // What this run did is shown as its work, though a resume found it done.
        QCOMPARE(resumed->step(StepId("s1/c")).status, StepStatus::Succeeded);
    }

    void aServerThatCannotBeReachedHoldsUpOnlyWhatNeedsIt() {
        World world;
        world.fixture.add("s1", "a");
        world.fixture.add("s2", "b");
        world.fixture.add("s2", "c", {"s1/a"});
        world.servers.refuse = [](const HostId& host) {
            return host == kS1 ? std::optional(Error{ErrorCode::SshUnreachable, "s1", {}, {}})
                               : std::nullopt;
        };
        const auto state = world.go();
        QCOMPARE(state->outcome, RunOutcome::Failed);
        QCOMPARE(world.story(), std::string("server_failed ssh.unreachable\n"));
        QCOMPARE(world.story(kS2), std::string("server_ready\n"
                                               "step_started s2/b 1\n"
                                               "step_succeeded s2/b 1\n"));
        const int tries = world.servers.servers[kS1].connects;
        QVERIFY(tries > 2 && tries < 20);
        QVERIFY(world.clock.passed() >= 20s && world.clock.passed() < 90s);
    }

    void whatAPersonMustAnswerIsTriedOnce() {
        for (const ErrorCode code : {ErrorCode::SshAuthFailed, ErrorCode::SshHostKeyChanged,
                                     ErrorCode::SudoPasswordWrong}) {
            World world;
            world.fixture.add("s1", "a");
            world.servers.refuse = [=](const HostId&) { return Error{code, "s1", {}, {}}; };
            QCOMPARE(world.go()->outcome, RunOutcome::Failed);
            QCOMPARE(world.servers.servers[kS1].connects, 1);
            QCOMPARE(world.story(), "server_failed " + std::string(codeName(code)) + "\n");
        }
    }

    void aServerThatLiesIsNotBelieved() {
        World world;
        world.fixture.add("s1", "a");
        world.servers.scripts["t/a"].lies = true;
        QCOMPARE(world.go()->outcome, RunOutcome::Failed);
        QVERIFY(world.story().ends_with("step_failed s1/a 1 step.not_verified\n"));
    }

    /// The line is cut at each call in turn, before it is sent and after it was done.
    void aCutAtAnyCallChangesNothing() {
        for (const auto when : {Cut::When::BeforeSend, Cut::When::AfterAnswer}) {
            for (int at = 1;; ++at) {
                World world;
                world.fixture.add("s1", "a");
                world.fixture.addStep("s1", "f", PutFile{"f", "sum", 3, "/f", {}});
                world.fixture.add("s1", "b", {"s1/a"});
                world.fixture.addStep("s1", "w", WaitReady{world.fixture.call("c")}, {"s1/b"});
                int calls = 0;
                world.servers.cut = [&](int call) {
                    calls = call;
                    return call == at ? std::optional(Cut{when, 0}) : std::nullopt;
                };
                const auto state = world.go();
                QCOMPARE(state->outcome, RunOutcome::Succeeded);
                const auto& server = world.servers.servers[kS1];
                QCOMPARE(server.applies.at("t/a"), 1);
                QCOMPARE(server.applies.at("t/b"), 1);
                QCOMPARE(server.files.at("/f"), std::string("sum"));
                for (const auto& [id, step] : state->steps)
                    QCOMPARE(step.attempt, 1);
                if (calls < at)
                    break;
                QVERIFY(at < 100);
            }
        }
    }

    void aStepThatGoesOnBehindACutIsAttachedAgain() {
        World world;
        world.fixture.add("s1", "a");
        world.servers.scripts["t/a"].runsFor = 100s;
        int follows = 0;
        world.servers.cut = [&](int) -> std::optional<Cut> { return {}; };
        world.servers.before = [&](const std::string& what) {
            if (what == "s1 follow s1/a")
                ++follows;
        };
        world.servers.cut = [&](int) {
            return follows == 1 ? std::optional(Cut{Cut::When::BeforeSend, 0}) : std::nullopt;
        };
        // The first follow is cut; connects are too until the second is asked for.
        world.servers.cut = [&, done = false](int) mutable -> std::optional<Cut> {
            if (follows == 1 && !std::exchange(done, true))
                return Cut{Cut::When::BeforeSend, 0};
            return {};
        };
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_started s1/a 1\n"
                                            "step_attached s1/a 1\n"
                                            "step_succeeded s1/a 1\n"));
    }

    void aLineThatStaysCutEndsThePatience() {
        World world;
        world.fixture.add("s1", "a");
        bool cut = false;
        world.servers.before = [&](const std::string& what) {
            cut = cut || what == "s1 follow s1/a";
        };
        world.servers.cut = [&](int) {
            return cut ? std::optional(Cut{Cut::When::BeforeSend, 0}) : std::nullopt;
        };
        const auto state = world.go();
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_started s1/a 1\n"
                                            "server_failed ssh.unreachable\n"));
        QVERIFY(world.clock.passed() >= 600s && world.clock.passed() < 700s);
        QCOMPARE(state->step(StepId("s1/a")).status, StepStatus::Unknown);
        // Resumed: what became of it is asked before anything else.
        world.servers.before = {};
        world.servers.cut = {};
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_decided s1/a 1 succeeded\n"
                                            "step_skipped s1/a 1 already_done\n"));
    }

    void unknownStepsAreDecidedByTheServer_data() {
        QTest::addColumn<QString>("fate");
        QTest::addColumn<QString>("expected");
        QTest::newRow("never started") << "none"
                                       << "step_decided s1/a 1 never_started\n"
                                          "step_started s1/a 2\n"
                                          "step_succeeded s1/a 2\n";
        QTest::newRow("running") << "running"
                                 << "step_decided s1/a 1 running\n"
                                    "step_attached s1/a 1\n"
                                    "step_succeeded s1/a 1\n"
                                    "step_skipped s1/a 1 already_done\n";
        QTest::newRow("failed") << "exit 3"
                                << "step_decided s1/a 1 failed step.failed\n"
                                   "step_started s1/a 2\n"
                                   "step_succeeded s1/a 2\n";
        QTest::newRow("lost") << "lost"
                              << "step_decided s1/a 1 lost\n"
                                 "step_started s1/a 2\n"
                                 "step_succeeded s1/a 2\n";
        QTest::newRow("rebooted") << "rebooted"
                                  << "step_decided s1/a 1 lost\n"
                                     "step_started s1/a 2\n"
                                     "step_succeeded s1/a 2\n";
    }
    void unknownStepsAreDecidedByTheServer() {
        QFETCH(QString, fate);
        QFETCH(QString, expected);
        World world;
        world.fixture.add("s1", "a");
        // As after a kill: the journal ends behind step_started.
        {
            auto journal = Journal::open(world.fixture.journalFile());
            Event started;
            started.args = {{"plan_digest", world.fixture.plan.digest()}, {"purpose", "apply"}};
            Event step;
            step.kind = EventKind::StepStarted;
            step.host = kS1;
            step.step = StepId("s1/a");
            step.digest = digestOf(world.fixture.plan.steps[0]);
            step.attempt = 1;
            QVERIFY(journal->append(started).has_value());
            QVERIFY(journal->append(step).has_value());
        }
        if (fate != "none") {
            FakeConnector::Attempt attempt;
            attempt.script = "t/a";
            attempt.action = "apply";
            attempt.word = fate == "running" ? "" : fate.toStdString();
            attempt.effected = fate != "running";
            attempt.endsAtMs = fate == "running" ? 5000 : 0;
            world.servers.servers[kS1].attempts["r1/s1/a/1"] = attempt;
            if (fate == "running")
                world.servers.scripts["t/a"].runsFor = 5s;
        }
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.story(), "server_ready\n" + expected.toStdString());
        QCOMPARE(world.servers.servers[kS1].applies.at("t/a"), 1);
    }

    void aRebootWithinAStepIsCheckedAgain() {
        World world;
        world.fixture.add("s1", "a");
        world.servers.scripts["t/a"].fate = "rebooted";
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_started s1/a 1\n"
                                            "step_decided s1/a 1 lost\n"
                                            "step_started s1/a 2\n"
                                            "step_succeeded s1/a 2\n"));
    }

    void aStepWhoseProcessIsGoneFails() {
        World world;
        world.fixture.add("s1", "a");
        world.servers.scripts["t/a"].fate = "lost";
        QCOMPARE(world.go()->outcome, RunOutcome::Failed);
        QVERIFY(world.story().ends_with("step_failed s1/a 1 step.lost\n"));
        QCOMPARE(world.countSent("s1 end s1/a"), size_t(1));
    }

    void aStepThatHangsIsShownAndEnded() {
        World world;
        Step& step = world.fixture.add("s1", "a");
        step.softDeadline = 10s;
        step.hardDeadline = 60s;
        world.servers.scripts["t/a"].runsFor = 3600s;
        const auto state = world.go();
        QVERIFY(world.story().ends_with("step_failed s1/a 1 run.deadline_passed\n"));
        QCOMPARE(world.countSent("s1 end s1/a"), size_t(1));
        QVERIFY(std::any_of(world.observer.progress.begin(), world.observer.progress.end(),
                            [](const StepProgress& progress) { return progress.slow; }));
        QCOMPARE(state->step(step.id).error->args.at("seconds"), std::string("60"));
    }

    void waitsUntilReady() {
        World world;
        world.fixture.addStep("s1", "w", WaitReady{world.fixture.call("a"), 60s});
        world.servers.scripts["t/a"].verifiesAfter = 3;
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.countSent("s1 verify t/a"), size_t(4));
        QCOMPARE(world.observer.logs[StepId("s1/w")], std::string("not ready yet\n\nready\n"));
    }

    void waitsNoLongerThanItsDeadline() {
        World world;
        world.fixture.addStep("s1", "w", WaitReady{world.fixture.call("a"), 60s});
        world.servers.scripts["t/a"].verifiesAfter = 1000000;
        const auto state = world.go();
        QVERIFY(world.story().ends_with("step_failed s1/w 1 step.not_verified\n"));
        QCOMPARE(state->step(StepId("s1/w")).error->detail, std::string("not ready yet"));
        QVERIFY(world.clock.passed() >= 60s && world.clock.passed() < 65s);
    }

    void filesAreSentOnlyWhereTheyAreMissing() {
        World world;
        PutFile unless{"f", "sum", 3, "/f", world.fixture.call("a")};
        world.fixture.addStep("s1", "f", unless);
        world.fixture.addStep("s1", "g", PutFile{"g", "other", 3, "/g", {}});
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_started s1/f 1\n"
                                            "step_succeeded s1/f 1\n"
                                            "step_started s1/g 1\n"
                                            "step_succeeded s1/g 1\n"));
        QCOMPARE(world.observer.progress.back().doneBytes, uint64_t(3));
        world.servers.servers[kS1].applied.insert("t/a");
        world.servers.servers[kS1].files.erase("/f");
        world.anew();
        QCOMPARE(world.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world.story(), std::string("server_ready\n"
                                            "step_skipped s1/f 0 already_done\n"
                                            "step_skipped s1/g 0 already_done\n"));
        QVERIFY(!world.servers.servers[kS1].files.contains("/f"));
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
