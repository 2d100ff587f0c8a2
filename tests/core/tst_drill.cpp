#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "project/drill.h"
#include "remote/simulated.h"
#include "report/drill_words.h"
#include "report/report.h"
#include "support/run_fixture.h"
#include "topology/role_ids.h"
#include "topology/suggest.h"

using namespace deploy;

namespace {

/// A small cluster of simulated servers, installed as suggested.
constexpr double kCutSpeed = 30;

class Installed {
public:
    Installed() {
        project_ =
            ProjectFolder::create(folder_.filePath("p").toStdString(), *practiceContent("small-ok"))
                .value();
        const auto connector = connectorFor(*project_, {}, *clock_).value();
        for (const Host& host : project_->content().inventory.hosts)
            if (const auto connected = connector->connect(host, {}); !connected)
                (void)confirmHostKey(*project_, host, connected.error());
        (void)probeProject(product_, *project_, *connectorFor(*project_, {}, *clock_).value(), {},
                           {}, {});
        ProjectContent content = project_->content();
        content.topology = suggestTopology(product_.catalog, *product_.catalog.mode(content.mode),
                                           content.inventory)
                               .value();
        (void)project_->save(content);
        installed_ = planProject(product_, *project_, openBundle(*project_, {}, {}).value());
        outcome_ = run(*installed_);
    }

    /// Everything is stopped when the step says its first word.
    RunOutcome cutIn(const Plan& plan, const std::string& step) {
        struct Cutter : RunObserver {
            void onEvent(const Event&) override {}
            void onProgress(const StepProgress&) override {}
            void onLog(const StepId& id, std::string_view) override {
                if (id == step)
                    now.request_stop();
            }
            StepId step;
            std::stop_source now;
        } cutter;
        cutter.step = StepId(step);
        // Where time passes, a step that says a word has not ended with it.
        const auto clock = makeScaledClock(systemClock(), kCutSpeed, clock_->wall());
        const auto connector = connectorFor(*project_, {}, *clock).value();
        RunWork work{product_, *project_, *connector, *clock, nullptr, {}, "eng@laptop"};
        auto state = startRun(work, plan, cutter, {{}, cutter.now.get_token()});
        // What an earlier cut left running keeps its server until it ends.
        for (int tries = 0; !state && state.error().code == ErrorCode::ServerLocked && tries < 300;
             ++tries) {
            clock->sleep(std::chrono::seconds(1), {});
            state = startRun(work, plan, cutter, {{}, cutter.now.get_token()});
        }
        return state ? state->outcome : RunOutcome::Failed;
    }
    Result<DrillStand> ask(const CutDrill& drill) {
        const auto connector = connectorFor(*project_, {}, *clock_).value();
        RunWork work{product_, *project_, *connector, *clock_, nullptr, {}, "eng@laptop"};
        return askDrill(work, drill, {});
    }
    RunOutcome resume(const RunRecord& record) {
        const auto connector = connectorFor(*project_, {}, *clock_).value();
        RunWork work{product_, *project_, *connector, *clock_, nullptr, {}, "eng@laptop"};
        const auto state = resumeRun(work, record, observer_, {});
        return state ? state->outcome : RunOutcome::Failed;
    }
    RunOutcome run(const Plan& plan) {
        const auto connector = connectorFor(*project_, {}, *clock_).value();
        RunWork work{product_, *project_, *connector, *clock_, nullptr, {}, "eng@laptop"};
        const auto state = startRun(work, plan, observer_, {});
        return state ? state->outcome : RunOutcome::Failed;
    }
    Result<Plan> drill(const std::string& server, DrillKind kind = DrillKind::Services,
                       LastCopy last = LastCopy::Kept) {
        return drillPlan(product_, *project_, HostId(server), kind, last, *clock_);
    }
    Result<Plan> drillOf(const Plan& plan, const std::string& server) {
        return makeDrillPlan(plan, project_->content().inventory, product_.scripts,
                             {HostId(server), DrillKind::Services, "m", {}});
    }
    /// The figures stand in the report, in both forms.
    void checkReport() const {
        const auto report =
            gatherReport(product_, *project_, fail(ErrorCode::BundleInvalid), *clock_);
        QVERIFY(report.has_value());
        const auto table = MessageTable::load("en").value();
        const auto json = nlohmann::json::parse(reportToJson(*report, table));
        QCOMPARE(json.at("drills").size(), size_t{1});
        const auto& drill = json.at("drills").at(0);
        QCOMPARE(drill.at("server").get<std::string>(), std::string("s3"));
        for (const auto& function : drill.at("functions"))
            QVERIFY(function.at("kept").get<bool>() && function.at("outage_ms").is_number());
        const std::string html = reportToHtml(*report, table, "");
        QVERIFY(html.find("Drill: s3 was stopped on purpose") != std::string::npos);
        QVERIFY(html.find("away for 3 to 5 s") != std::string::npos);
        QVERIFY(html.find("as promised") != std::string::npos);
    }
    const Plan& plan() const { return *installed_; }
    RunOutcome outcome() const { return outcome_; }
    ProjectFolder& project() { return *project_; }

private:
    QTemporaryDir folder_{(QDir("/dev/shm").exists() ? QString("/dev/shm") : QDir::tempPath()) +
                          "/finclip-drill-XXXXXX"};
    std::unique_ptr<Clock> clock_ = makeScaledClock(systemClock(), 0);
    Product product_ = Product::load().value();
    std::optional<ProjectFolder> project_;
    RecordingObserver observer_;
    Result<Plan> installed_;
    RunOutcome outcome_ = RunOutcome::Failed;
};

const Step* find(const Plan& plan, const std::string& id) {
    return plan.find(StepId(id));
}

std::string value(const Step& step, const std::string& name) {
    return std::get<RunScript>(step.action).call.values.at(name);
}

FailureOutcome loss(Health entry, Health cache) {
    const Args times = {{"from", "3"}, {"to", "5"}};
    return {{{"entry", entry, "fewer", times}, {"cache", cache, "promoted", {}}}, entry, 0};
}

}  // namespace

class TestDrill : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        installed_ = std::make_unique<Installed>();
        QCOMPARE(installed_->outcome(), RunOutcome::Succeeded);
    }
    void cleanupTestCase() { installed_.reset(); }

    void whoCallsWhatAndWhoIsStopped() {
        const auto plan = installed_->drill("s3");
        QVERIFY(plan.has_value());
        QVERIFY(validatePlan(*plan).has_value());
        QCOMPARE(purposeOf(*plan), std::string("drill"));
        QVERIFY(drilledServer(*plan) == HostId("s3"));
        QVERIFY(drilledServer(installed_->plan()).empty());

        // Nobody calls from the server that is stopped, and each function at an address that stays.
        const Step* entry = find(*plan, "s1/drill.begin.entry");
        const Step* database = find(*plan, "s2/drill.begin.database");
        const Step* cache = find(*plan, "s1/drill.begin.cache");
        QVERIFY(entry && database && cache);
        const std::string vip = installed_->project().content().settings.virtualAddress;
        QCOMPARE(value(*entry, "ADDRESS") + ":" + value(*entry, "PORT"), vip + ":80");
        QCOMPARE(value(*database, "ADDRESS") + ":" + value(*database, "PORT"), vip + ":3307");
        QCOMPARE(value(*cache, "PORT"), std::string("7000"));

        const Step* outage = find(*plan, "s3/drill.outage");
        QVERIFY(outage);
        QVERIFY(outage->needs == (std::vector<StepId>{entry->id, database->id, cache->id}));
        QCOMPARE(value(*outage, "UNITS"), std::string("k3s"));
        QCOMPARE(value(*outage, "KILLER"), std::string("/usr/local/bin/k3s-killall.sh"));
        QCOMPARE(value(*outage, "VIRTUAL_ADDRESS"), std::string());
        QCOMPARE(value(*find(*installed_->drill("s4"), "s4/drill.outage"), "VIRTUAL_ADDRESS"), vip);

        // All that verify asks is asked after it; what is not whole does not keep from counting.
        for (const Step& step : installed_->plan().steps)
            if (std::holds_alternative<WaitReady>(step.action)) {
                const Step* asked = plan->find(step.id);
                QVERIFY2(asked != nullptr, step.id.str().c_str());
                QVERIFY(asked->needs == std::vector<StepId>{outage->id});
            }
        const Step* end = find(*plan, "s2/drill.end.database");
        QVERIFY(end && endsDrillClient(*end) && !endsDrillClient(*database));
        QVERIFY(end->needs == (std::vector<StepId>{outage->id, database->id}));
        // Two drills are never taken for one another.
        QVERIFY(!value(*end, "MARK").empty());
    }

    void aPersonPowersItOff() {
        const auto plan = installed_->drill("s3", DrillKind::Power);
        QVERIFY(plan.has_value());
        QVERIFY(!find(*plan, "s3/drill.outage"));
        const Step* away = find(*plan, "s1/drill.away");
        QVERIFY(away);
        QCOMPARE(value(*away, "ADDRESS"),
                 installed_->project().content().inventory.find(HostId("s3"))->address);
        QVERIFY(drillResult(*plan, {}).kind == DrillKind::Power);
        // The words of that step alone say what the person is to do.
        const auto wish = [&](const StepId& step, const char* words) {
            return powerWish(*plan, step, words);
        };
        QVERIFY(wish(away->id, "waiting for s3 to be powered off\n") == PowerWish::Off);
        QVERIFY(wish(away->id, "s3 is off: power it on again\n") == PowerWish::On);
        QVERIFY(wish(away->id, "s3 is there again\n") == PowerWish::Nothing);
        QVERIFY(!wish(away->id, "finclip: check\n"));
        QVERIFY(!wish(StepId("s1/drill.begin.entry"), "s3 is off: power it on again\n"));
        QVERIFY(away->hardDeadline > std::chrono::seconds(std::stoi(value(*away, "LEAVES")) +
                                                          std::stoi(value(*away, "RETURNS"))));
    }

    void whatCannotBeDrilledIsRefused() {
        const auto unknown = installed_->drill("s9");
        QCOMPARE(unknown.error().code, ErrorCode::ValueInvalid);
        QCOMPARE(unknown.error().where, std::string("server"));
        // One server alone has nobody who could call it.
        Plan alone = installed_->plan();
        std::erase_if(alone.steps, [](const Step& step) { return step.host != HostId("s3"); });
        QCOMPARE(installed_->drillOf(alone, "s3").error().code, ErrorCode::PlanImpossible);
        Plan bare = installed_->plan();
        std::erase_if(bare.steps, [](const Step& step) {
            return step.host == HostId("s3") && step.id.str() != "s3/host.prepare";
        });
        QCOMPARE(installed_->drillOf(bare, "s3").error().code, ErrorCode::NothingInstalled);
    }

    void theLastCopyIsNotStoppedUnasked() {
        ProjectContent content = installed_->project().content();
        const ProjectContent before = content;
        content.topology = content.topology.unassign(roles::kDatabase, HostId("s3"))
                               .unassign(roles::kDatabase, HostId("s4"));
        QVERIFY(installed_->project().save(content).has_value());
        const auto refused = installed_->drill("s2");
        const auto givenUp = installed_->drill("s2", DrillKind::Services, LastCopy::GivenUp);
        QVERIFY(installed_->project().save(before).has_value());
        QCOMPARE(refused.error().code, ErrorCode::LastCopy);
        QCOMPARE(refused.error().args.at("service"), std::string("database"));
        QVERIFY(givenUp.has_value());
    }

    void theSimulatedServersTellTheirFigures() {
        const auto plan = installed_->drill("s3");
        QVERIFY(installed_->run(*plan) == RunOutcome::Succeeded);
        const auto run = lastDrill(installed_->project());
        QVERIFY(run.has_value() && run->has_value());
        const DrillResult result = drillResultOf(**run);
        QVERIFY(result.server == HostId("s3"));
        QCOMPARE(result.lines.size(), size_t{3});
        for (const DrillLine& line : result.lines) {
            QVERIFY2(line.figures.has_value(), line.function.c_str());
            QVERIFY(line.kept());
            QVERIFY(line.expected == Health::Degraded);
            QVERIFY(line.figures->outage >= std::chrono::seconds(line.expectedFrom));
            QVERIFY(line.figures->outage <= std::chrono::seconds(line.expectedTo));
            // It is told by the simulated clock: half a minute and more at 20 calls a second.
            QVERIFY(line.figures->calls > 20 * kDrillHold.count());
        }
        installed_->checkReport();
        // What is installed, and what could be resumed, is what it was.
        QVERIFY(installedPlan(installed_->project())->digest() == installed_->plan().digest());
        QCOMPARE(runToResume(installed_->project()).error().code, ErrorCode::NothingToResume);
    }

    void oneThatWasCutIsKnownAndBroughtBack() {
        QVERIFY(!cutDrill(installed_->project()).value());
        const auto plan = installed_->drill("s3");
        // Before anything was stopped there is nothing to bring back.
        QVERIFY(installed_->cutIn(*plan, "s1/drill.begin.entry") != RunOutcome::Succeeded);
        QVERIFY(!cutDrill(installed_->project()).value());
        QVERIFY(installed_->cutIn(*plan, "s3/drill.outage") != RunOutcome::Succeeded);
        const auto cut = cutDrill(installed_->project()).value();
        QVERIFY(cut.has_value());
        QVERIFY(cut->server == HostId("s3") && cut->kind == DrillKind::Services);
        QVERIFY(cut->since >= cut->run.state.startedAt);
        QVERIFY(installed_->ask(*cut).value() != DrillStand::Unbegun);
        QCOMPARE(installed_->resume(cut->run), RunOutcome::Succeeded);
        QVERIFY(!cutDrill(installed_->project()).value());
        QVERIFY(installedPlan(installed_->project())->digest() == installed_->plan().digest());
    }

    void oneOfAPersonWhoPowersOffIsKnown() {
        const auto plan = installed_->drill("s3", DrillKind::Power);
        QVERIFY(installed_->cutIn(*plan, "s1/drill.away") != RunOutcome::Succeeded);
        const auto cut = cutDrill(installed_->project()).value();
        QVERIFY(cut.has_value());
        // Who watches is not who was away.
        QVERIFY(cut->server == HostId("s3"));
        QVERIFY(cut->kind == DrillKind::Power);
        QVERIFY(installed_->ask(*cut).value() != DrillStand::Unbegun);
        QCOMPARE(installed_->resume(cut->run), RunOutcome::Succeeded);
        QVERIFY(!cutDrill(installed_->project()).value());
    }

    void figuresAreReadFromALog() {
        const std::string line =
            "drill database calls 900 failed 41 outage_ms 2140 acknowledged 859 lost 1 repeated 2";
        const auto figures = readDrillFigures("finclip: apply\n" + line + "\nfinclip: check\n");
        QVERIFY(figures.has_value());
        QVERIFY((*figures ==
                 DrillFigures{"database", 900, 41, std::chrono::milliseconds(2140), 859, 1, 2}));
        QVERIFY(readDrillFigures(line + "\n" + line)->lost == 1);
        for (const char* bad :
             {"", "drill", "drill database calls", "drill database calls x failed 1",
              "drill database calls 9 failed 1 outage_ms -5 acknowledged 1 lost 0 repeated 0"})
            QVERIFY2(!readDrillFigures(bad), bad);
    }

    void thePromise() {
        DrillLine line{"database", DrillFigures{"database", 100, 5, kDrillPromise, 95, 0, 0},
                       Health::Degraded, 3, 5};
        QVERIFY(line.kept());
        line.figures->outage += std::chrono::milliseconds(1);
        QVERIFY(!line.kept());
        // What the simulation gave up may be away; what was acknowledged never.
        line.expected = Health::Lost;
        QVERIFY(line.kept());
        line.figures->lost = 1;
        QVERIFY(!line.kept());
        line.figures->lost = 0;
        line.figures->repeated = 1;
        QVERIFY(!line.kept());
        line.figures.reset();
        QVERIFY(!line.kept());
    }

    void theEntryStandsOnAllBehindIt() {
        QCOMPARE(expectationOf("entry", loss(Health::Up, Health::Lost)), std::string("lost 3 5"));
        QCOMPARE(expectationOf("cache", loss(Health::Up, Health::Degraded)),
                 std::string("degraded 0 0"));
        // Whose address writes to the database take, too.
        QCOMPARE(expectationOf("database", loss(Health::Degraded, Health::Lost)),
                 std::string("degraded 3 5"));
        QCOMPARE(expectationOf("cache", loss(Health::Lost, Health::Up)), std::string("up 0 0"));
    }

    void inWords() {
        const auto table = MessageTable::load("en").value();
        DrillResult result{HostId("s3"), DrillKind::Services, {}};
        result.lines = {
            {"database",
             DrillFigures{"database", 900, 41, std::chrono::milliseconds(2140), 859, 0, 0},
             Health::Degraded, 3, 5},
            {"cache", std::nullopt, Health::Up, 0, 0}};
        const auto rows = drillRows(result, table);
        QCOMPARE(rows[0].measured, std::string("away for 2.1 s"));
        QCOMPARE(rows[0].expected, std::string("away for 3 to 5 s"));
        QVERIFY(rows[0].kept && !rows[1].kept);
        QCOMPARE(rows[1].measured, std::string("not measured"));
        QVERIFY(rows[1].writes.empty());
    }

private:
    std::unique_ptr<Installed> installed_;
};

QTEST_GUILESS_MAIN(TestDrill)
#include "tst_drill.moc"
