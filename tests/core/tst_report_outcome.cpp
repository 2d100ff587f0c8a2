#include <QTest>

#include "report/access.h"
#include "report/outcome.h"
#include "report/timeline.h"
#include "support/report_sample.h"

using namespace deploy;

namespace {

const StepId kVerify("s1/app.verify");

ReportRun removalOf(const Report& report, const char* outcome) {
    const Plan removal = *makeRemovalPlan(report.runs.front().plan, Keep::Data);
    auto events = smoothRun(removal, "remove", report.madeAt);
    events.back().args["outcome"] = outcome;
    return reportRun("20260202T000000000Z-0001", removal, events);
}

Event eventOf(EventKind kind, int64_t atMs, int64_t steadyMs, const StepId& step = {}) {
    Event event;
    event.kind = kind;
    event.at = WallTime(std::chrono::milliseconds(1769850000000 + atMs));
    event.steadyMs = steadyMs;
    event.step = step;
    return event;
}

const StepLine& lineOf(const std::vector<StepLine>& lines, const StepId& id) {
    for (const StepLine& line : lines)
        if (line.step == id)
            return line;
    qFatal("no such step");
}

}  // namespace

class TestReportOutcome : public QObject {
    Q_OBJECT
private slots:
    void saysWhereTheInstallationStands() {
        Report report = sampleReport();
        QCOMPARE(handOverName(handOverOf(report)), std::string("verified"));

        Report before = report;
        before.runs.clear();
        QVERIFY(handOverOf(before) == HandOver::NothingDone);

        Report cut = report;
        auto events = cut.runs.front().events;
        events.resize(10);
        cut.runs = {reportRun("r", report.runs.front().plan, events)};
        QVERIFY(handOverOf(cut) == HandOver::Incomplete);
    }

    void aRunThatFailedAtVerificationOnlyIsNotIncomplete() {
        Report report = sampleReport();
        report.runs.resize(1);
        RunState& state = report.runs.front().state;
        state.outcome = RunOutcome::Failed;
        state.steps[kVerify].status = StepStatus::Failed;
        QVERIFY(handOverOf(report) == HandOver::VerificationFailed);
        state.steps[kVerify].status = StepStatus::Waiting;
        QVERIFY(handOverOf(report) == HandOver::NotVerified);
    }

    void theLastAnswerCounts() {
        Report report = sampleReport();
        report.runs.back().state.steps[kVerify].status = StepStatus::Failed;
        QVERIFY(handOverOf(report) == HandOver::VerificationFailed);
        const auto answers = verificationsOf(report);
        QCOMPARE(answers.size(), size_t(1));
        QCOMPARE(answers.front().run, report.runs.back().id);
        QVERIFY(answers.front().words.find("gateway: runs") != std::string::npos);
    }

    void aServerThatCouldNotBeAskedLeavesTheQuestionOpen() {
        Report report = sampleReport();
        RunState& state = report.runs.back().state;
        state.steps.clear();
        state.outcome = RunOutcome::Failed;
        state.servers[HostId("s1")] = {false, Error{ErrorCode::SshUnreachable, "s1", "", {}}};
        QVERIFY(handOverOf(report) == HandOver::NotVerified);
        QVERIFY(verificationsOf(report).front().error->code == ErrorCode::SshUnreachable);
    }

    void anEarlierVerificationSaysNothingOfALaterInstallation() {
        Report report = sampleReport();
        ReportRun again = report.runs.front();
        again.state.steps.erase(kVerify);
        report.runs.push_back(again);
        QVERIFY(handOverOf(report) == HandOver::NotVerified);
    }

    void aRemovalEndsIt() {
        Report report = sampleReport();
        report.runs.push_back(removalOf(report, "succeeded"));
        QVERIFY(handOverOf(report) == HandOver::Removed);
        QVERIFY(verificationsOf(report).empty());
        QVERIFY(operationsOf(report).empty());
        report.runs.back() = removalOf(report, "failed");
        QVERIFY(handOverOf(report) == HandOver::RemovalIncomplete);
        QVERIFY(!operationsOf(report).empty());
    }

    void tellsWhatWasCutResumedAndDecided() {
        const Report report = sampleReport();
        const auto incidents = incidentsOf(report.runs.front());
        QCOMPARE(incidents.size(), size_t(3));
        QVERIFY(incidents[0].kind == Incident::Kind::Interrupted);
        QVERIFY(incidents[1].kind == Incident::Kind::Resumed);
        QVERIFY(incidents[1].at - incidents[0].at == std::chrono::hours(14));
        QVERIFY(incidents[2].kind == Incident::Kind::StepDecided);
        QCOMPARE(incidents[2].args.at("decision"), std::string("succeeded"));
        QVERIFY(incidentsOf(report.runs.back()).empty());
    }

    void aRunWithoutAnEndWasCut() {
        Report report = sampleReport();
        auto events = report.runs.back().events;
        events.pop_back();
        const auto incidents = incidentsOf(reportRun("r", report.runs.back().plan, events));
        QCOMPARE(incidents.size(), size_t(1));
        QVERIFY(incidents.front().kind == Incident::Kind::Interrupted);
        QVERIFY(incidents.front().at == events.back().at);
    }

    void durationsDoNotFollowAClockThatJumps() {
        const Plan plan = sampleReport().runs.back().plan;
        const auto run = reportRun("r", plan,
                                   {eventOf(EventKind::RunStarted, 0, 0),
                                    eventOf(EventKind::StepStarted, 1000, 1000, kVerify),
                                    eventOf(EventKind::StepSucceeded, -99000, 3500, kVerify),
                                    eventOf(EventKind::RunFinished, -99000, 3600)});
        QVERIFY(lineOf(stepLinesOf(run), kVerify).duration == std::chrono::milliseconds(2500));
    }

    void aStepThatOutlivedItsProgramIsTimedByTheWallClock() {
        const Plan plan = sampleReport().runs.back().plan;
        const auto run = reportRun("r", plan,
                                   {eventOf(EventKind::RunStarted, 0, 0),
                                    eventOf(EventKind::StepStarted, 1000, 1000, kVerify),
                                    eventOf(EventKind::RunResumed, 60000, 10),
                                    eventOf(EventKind::StepAttached, 60100, 110, kVerify),
                                    eventOf(EventKind::StepSucceeded, 70000, 10010, kVerify),
                                    eventOf(EventKind::RunFinished, 71000, 11010)});
        QVERIFY(lineOf(stepLinesOf(run), kVerify).duration == std::chrono::milliseconds(69000));
    }

    void nobodySawHowLongADecidedStepTook() {
        const Plan plan = sampleReport().runs.back().plan;
        Event decided = eventOf(EventKind::StepDecided, 70000, 50, kVerify);
        decided.args = {{"decision", "succeeded"}};
        const auto run = reportRun("r", plan,
                                   {eventOf(EventKind::RunStarted, 0, 0),
                                    eventOf(EventKind::StepStarted, 1000, 1000, kVerify),
                                    eventOf(EventKind::RunResumed, 60000, 10), decided,
                                    eventOf(EventKind::RunFinished, 71000, 90)});
        const auto lines = stepLinesOf(run);
        QVERIFY(lineOf(lines, kVerify).status == StepStatus::Succeeded);
        QVERIFY(!lineOf(lines, kVerify).duration);
    }

    void namesEntriesAndPlaces() {
        Report report = sampleReport();
        const std::vector<Entry> installed = {{"http://10.77.0.11:8000", HostId("s1")}};
        QCOMPARE(entriesOf(report), installed);
        report.project.settings.entryPort = 9000;
        report.project.settings.adminAccount = "other";
        QCOMPARE(entriesOf(report), installed);
        QCOMPARE(adminAccountOf(report), std::string("admin"));

        const auto places = credentialsOf(report.runs.front().plan);
        QCOMPARE(places.size(), size_t(4));
        QCOMPARE(places.front().path, std::string("/opt/finclip/secrets/db_root_password"));
        QVERIFY(credentialsOf(*makeRemovalPlan(report.runs.front().plan, Keep::Data)).empty());
    }

    void namesTheChosenEntryBeforeThereIsOne() {
        Report report = sampleReport();
        report.runs.clear();
        QCOMPARE(entriesOf(report).front().url, std::string("http://10.77.0.11:8000"));
        report.project.inventory.hosts.front().address = "fd00::11";
        QCOMPARE(entriesOf(report).front().url, std::string("http://[fd00::11]:8000"));
        report.project.settings.entryAddress = "apps.bank.example";
        report.project.settings.entryPort = 80;
        QCOMPARE(entriesOf(report), std::vector<Entry>({{"http://apps.bank.example:80", {}}}));
    }

    void namesTheEntryOfACluster() {
        ProjectContent project = sampleReport().project;
        Mode cluster;
        cluster.kubernetes = true;
        const auto chosen = [&] { return entriesOf(nullptr, project, cluster); };
        QCOMPARE(chosen().front().url, std::string("http://10.77.0.11:30001"));
        project.settings.virtualAddress = "10.77.0.100";
        QCOMPARE(chosen(), std::vector<Entry>({{"http://10.77.0.100", {}}}));

        // What is installed counts, not what was chosen since.
        Plan plan;
        plan.steps.resize(2);
        ScriptCall app;
        app.script = "business/app";
        app.values["ENVIRONMENT"] = "ADMIN_ACCOUNT=admin\nENTRY_ADDRESS=apps.bank.example";
        plan.steps[0].action = RunScript{app};
        ScriptCall ask;
        ask.values["ENTRIES"] = "VIP 10.77.0.100 80\ns2 10.77.0.12 30001";
        plan.steps[1].action = WaitReady{ask};
        const auto installed = [&] { return entriesOf(&plan, project, cluster); };
        QCOMPARE(installed(), std::vector<Entry>({{"http://apps.bank.example", {}}}));
        app.values["ENVIRONMENT"] = "ADMIN_ACCOUNT=admin\nENTRY_ADDRESS=";
        plan.steps[0].action = RunScript{app};
        ask.values["ENTRIES"] = "s2 10.77.0.12 30001";
        plan.steps[1].action = WaitReady{ask};
        QCOMPARE(installed(), std::vector<Entry>({{"http://10.77.0.12:30001", HostId("s2")}}));
    }

    void quotesTheProjectFolder() {
        Report report = sampleReport();
        report.projectFolder = "/home/eng/it's $(id)";
        QCOMPARE(operationsOf(report).back().command,
                 std::string("finclip-deployctl remove --data '/home/eng/it'\\''s $(id)'"));
    }

    void saysWhetherTheLicenceIsThere() {
        Report report = sampleReport();
        QVERIFY(licenceOf(report) == LicenceSlot::Missing);
        report.bundle->manifest.files.push_back({"licence", 100, "ab", BundleFileKind::Licence});
        QVERIFY(licenceOf(report) == LicenceSlot::Present);
        report.bundle.reset();
        QVERIFY(licenceOf(report) == LicenceSlot::NotKnown);
    }
};

QTEST_GUILESS_MAIN(TestReportOutcome)
#include "tst_report_outcome.moc"
