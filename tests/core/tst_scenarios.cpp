#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <set>
#include <sstream>

#include "base/file.h"
#include "project/repairs.h"
#include "remote/simulated.h"
#include "remote/trouble.h"
#include "run/journal.h"
#include "support/run_fixture.h"
#include "support/sanitizer.h"
#include "text/message_table.h"
#include "topology/suggest.h"

using namespace deploy;
using namespace std::chrono_literals;

namespace {

/// A trainee who does in each scenario what its hints say, with the product's own planner and
/// engine, and keeps a log of what happened.
class Trainee {
public:
    explicit Trainee(const std::string& scenario)
        : clock_(makeScaledClock(systemClock(), 0)),
          product_(*Product::load()),
          scenario_(*Scenario::load(scenario)) {
        const ProjectContent content = *practiceContent(scenario);
        project_ = ProjectFolder::create(folder_.filePath("p").toStdString(), content).value();
    }

    void work() {
        confirmKeys();
        probe();
        place();
        putRight();
        Result<Plan> plan = made();
        if (!plan) {
            log_ << "not begun: " << plan.error().where << "\n";
            for (const Host& host : project_->content().inventory.hosts)
                QVERIFY(makeTrouble(stateFile(), *clock_, host.name, Trouble::Mend).has_value());
            log_ << "the administrator puts it right\n";
            probe();
            plan = made();
        }
        QVERIFY2(plan.has_value(), plan ? "" : plan.error().where.c_str());
        for (const Step& step : plan->steps)
            if (std::holds_alternative<WaitReady>(step.action))
                asks_.insert(step.id);
        constexpr int kMostRounds = 4;
        for (int round = 0; round < kMostRounds && !done(); ++round) {
            log_ << (round == 0 ? "begun\n" : "resumed\n");
            go(*plan, round == 0);
            tell();
            answer();
        }
        std::map<HostId, int> steps;
        for (const Step& step : plan->steps)
            ++steps[step.host];
        for (const auto& [host, count] : steps)
            log_ << host.str() << ": " << count << " steps\n";
        QVERIFY(done());
        log_ << "the platform works\n";
    }
    std::string log() const { return log_.str(); }

    bool alone() const { return scenario_.inventory.hosts.size() == 1; }

private:
    std::filesystem::path refusalFile() const { return folder_.filePath("refusal").toStdString(); }
    std::filesystem::path stateFile() const { return practiceStateFile(project_->folder()); }

    /// Of all servers that ask, with the fingerprint that an administrator told.
    void confirmKeys() {
        const auto connector = connectorFor(*project_, {}, *clock_).value();
        for (const Host& host : project_->content().inventory.hosts)
            if (const auto connected = connector->connect(host, {});
                !connected && connected.error().args.contains("public_key")) {
                log_ << host.name.str() << ": " << codeName(connected.error().code)
                     << ", confirmed\n";
                QVERIFY(confirmHostKey(*project_, host, connected.error()).has_value());
            }
    }
    void probe() {
        const auto connector = connectorFor(*project_, {}, *clock_).value();
        for (const auto& [host, outcome] :
             probeProject(product_, *project_, *connector, {}, {}, {}))
            QVERIFY2(outcome.has_value(), host.str().c_str());
    }
    void place() {
        ProjectContent content = project_->content();
        content.topology = suggestTopology(product_.catalog, *product_.catalog.mode(content.mode),
                                           content.inventory)
                               .value();
        QVERIFY(project_->save(content).has_value());
    }
    /// What the checks offer to repair, after a look at its commands.
    void putRight() {
        const auto offered = offeredRepairs(
            checkProject(product_, *project_, {}, nullptr).value_or(std::vector<CheckResult>()));
        if (offered.empty())
            return;
        for (const Repair& repair : offered)
            log_ << repair.host.str() << ": repair " << repair.name << "\n";
        const ProjectContent& content = project_->content();
        const Plan plan =
            makeRepairPlan(content.id, content.mode, offered, product_.scripts).value();
        QCOMPARE(run(plan, true), std::string());
        QCOMPARE(standingRepairs(project_->runs().value()), offered);
        probe();
        QVERIFY(offeredRepairs(checkProject(product_, *project_, {}, nullptr).value()).empty());
    }
    Result<Plan> made() {
        const auto bundle = openBundle(*project_, {}, {}).value();
        return planProject(product_, *project_, bundle);
    }
    /// Why it was not begun; "" where it was.
    std::string run(const Plan& plan, bool anew) {
        const auto connector = connectorFor(*project_, {}, *clock_).value();
        RunWork run{product_, *project_, *connector, *clock_, nullptr, {}, "trainee@laptop"};
        RecordingObserver observer;
        const StopTokens stop{};
        const auto ended =
            anew ? startRun(run, plan, observer, stop) : resumeRun(run, observer, stop);
        return ended ? std::string() : std::string(codeName(ended.error().code));
    }
    /// Work that never ends is told from a busy machine by the processor time that it takes.
    static void limitProcessorTime() {
        constexpr rlim_t kSeconds = 120;  // some forty times what the longest takes
        const rlimit limit{kSeconds, kSeconds};
        (void)::setrlimit(RLIMIT_CPU, &limit);
    }
    /// In a process of its own, which a cut of the laptop's power may end. The thread sanitizer
    /// cannot follow one with threads.
    void go(const Plan& plan, bool anew) {
        refusal_.clear();
        if (kSanitized) {
            refusal_ = run(plan, anew);
        } else {
            const pid_t child = ::fork();
            if (child == 0) {
                limitProcessorTime();
                ::_exit(writeFileAtomically(refusalFile(), run(plan, anew), 0600) ? 0 : 1);
            }
            int status = 0;
            QVERIFY(child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status));
            gone_ = WEXITSTATUS(status) != 0;
            cut_ = cut_ || gone_;
            if (gone_)
                log_ << "the program is gone\n";
            else
                refusal_ = readFile(refusalFile(), 1000).value();
        }
        if (!refusal_.empty())
            log_ << "refused: " << refusal_ << "\n";
        // As one that is opened later: never before what the run said last.
        WallTime last{};
        for (const Event& event : events())
            last = std::max(last, event.at);
        clock_ = makeScaledClock(systemClock(), 0, last);
    }
    std::vector<Event> events() const {
        const auto runs = project_->runs().value();
        return runs.empty() ? std::vector<Event>()
                            : readJournal(runs.back().folder / "journal").value().events;
    }
    bool done() const {
        const auto runs = project_->runs().value();
        return !runs.empty() && purposeOf(runs.back().plan) == "apply" &&
               runs.back().state.outcome == RunOutcome::Succeeded;
    }
    /// Where several servers work side by side, only those on which something goes wrong tell all
    /// they do, step by step in the order of names: what the others reach meanwhile differs.
    bool tells(const HostId& host) const {
        return alone() || host.empty() ||
               std::any_of(scenario_.faults.begin(), scenario_.faults.end(),
                           [&](const Scenario::Fault& fault) { return fault.host == host; });
    }
    /// How far a step was when the line or the power went.
    static bool dependsOnTiming(EventKind kind) {
        return kind == EventKind::StepStarted || kind == EventKind::StepDecided ||
               kind == EventKind::StepAttached;
    }
    /// Whether the end of a step was seen, or found when the power was back, depends on it, too.
    static bool wasFoundDone(const Event& event) {
        return event.kind == EventKind::StepDecided && event.args.contains("decision") &&
               event.args.at("decision") == "succeeded";
    }
    /// Which steps were done before the power went, and which after it, depends on it most of all:
    /// told is that each was done in the end.
    bool wasDone(const Event& event) const {
        return !alone() &&
               (wasFoundDone(event) || (cut_ && (event.kind == EventKind::StepSucceeded ||
                                                 event.kind == EventKind::StepSkipped)));
    }
    /// What is new in the journal, server by server.
    void tell() {
        auto all = events();
        // Every round goes on with the one run, whose journal only grows.
        QVERIFY2(told_ <= all.size(), "the journal has become shorter");
        if (!alone())
            std::stable_sort(all.begin() + static_cast<std::ptrdiff_t>(told_), all.end(),
                             [](const Event& a, const Event& b) { return a.step < b.step; });
        std::map<HostId, std::string> lines;
        for (size_t i = told_; i < all.size(); ++i) {
            const Event& event = all[i];
            // What only asks may ask again.
            if (event.kind == EventKind::StepSucceeded && !asks_.contains(event.step))
                QVERIFY2(succeeded_.insert(event.step).second, event.step.str().c_str());
            const bool done = wasDone(event);
            if (!tells(event.host) || (!alone() && !done && dependsOnTiming(event.kind)))
                continue;
            if (!alone() && gone_ && !event.host.empty())
                continue;
            std::string line = "  " + eventName(done ? EventKind::StepSucceeded : event.kind);
            if (!event.step.empty())
                line += " " + event.step.str();
            for (const char* key : {"decision", "reason", "outcome"})
                if (!done && event.args.contains(key))
                    line += " " + event.args.at(key);
            if (event.error)
                line += " " + std::string(codeName(event.error->code));
            line += "\n";
            if (std::string& own = lines[event.host]; !done || !own.ends_with(line))
                own += line;
        }
        told_ = all.size();
        for (const auto& [host, text] : lines)
            log_ << (host.empty() ? "run" : host.str()) << "\n" << text;
    }
    /// What a person does before the next round.
    void answer() {
        const auto all = events();
        const auto failed = [&](ErrorCode code) {
            return std::any_of(all.begin(), all.end(), [&](const Event& event) {
                return event.error && event.error->code == code;
            });
        };
        if (failed(ErrorCode::SshHostKeyChanged))
            confirmKeys();
        if (refusal_ == codeName(ErrorCode::ServerLocked)) {
            log_ << "a quarter of an hour later\n";
            clock_->sleep(15min, {});
        }
    }

    // Every event and every change of a server is synced; that must not wait for a disk here.
    QTemporaryDir folder_{(QDir("/dev/shm").exists() ? QString("/dev/shm") : QDir::tempPath()) +
                          "/finclip-scenario-XXXXXX"};
    std::unique_ptr<Clock> clock_;
    Product product_;
    Scenario scenario_;
    std::set<StepId> asks_;
    std::set<StepId> succeeded_;  ///< in all rounds: nothing is done twice
    std::optional<ProjectFolder> project_;
    std::ostringstream log_;
    size_t told_ = 0;
    bool gone_ = false;    ///< the program, in the last round
    bool cut_ = false;     ///< the power, in any round
    std::string refusal_;  ///< why the last round was not begun
};

}  // namespace

/// Every practice scenario, to its good end.
class ScenariosTest : public QObject {
    Q_OBJECT
private slots:
    void everyScenario_data() {
        QTest::addColumn<QString>("golden");
        const auto names = Scenario::names().value();
        for (const std::string& name : names)
            QTest::newRow(name.c_str())
                << QString(TEST_DATA "/scenarios/%1.txt").arg(QString::fromStdString(name));
    }
    void everyScenario() {
        QFETCH(QString, golden);
        if (kSanitized && QString(QTest::currentDataTag()).endsWith("power-cut"))
            QSKIP("it ends the program, which the sanitizer is to watch");
        Trainee trainee(QTest::currentDataTag());
        trainee.work();
        if (QTest::currentTestFailed())
            return;
        QVERIFY2(trainee.log().ends_with("the platform works\n"), trainee.log().c_str());
        // What was found lies where it can be looked at, and be taken over if it is right.
        const QString kept = QString(BINARY_ROOT "/scenarios/%1.txt").arg(QTest::currentDataTag());
        QVERIFY(QDir().mkpath(QFileInfo(kept).path()));
        QVERIFY(writeFileAtomically(kept.toStdString(), trainee.log(), 0644).has_value());
        QFile file(golden);
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(golden));
        const QStringList wanted = QString::fromUtf8(file.readAll()).split('\n');
        const QStringList found = QString::fromStdString(trainee.log()).split('\n');
        for (qsizetype i = 0; i < std::max(wanted.size(), found.size()); ++i)
            QVERIFY2(wanted.value(i) == found.value(i),
                     qPrintable(QString("line %1: wanted \"%2\", found \"%3\"; all of it: %4")
                                    .arg(i + 1)
                                    .arg(wanted.value(i), found.value(i), kept)));
    }

    /// What each is to teach, in every mode; a lesson that is lost from the folder is missed here.
    void everyLessonIsThere() {
        const auto names = Scenario::names().value();
        const std::set<std::string> all(names.begin(), names.end());
        for (const std::string lesson :
             {"ok", "too-small", "changed-host-key", "disk-full", "server-dies", "slow-uplink",
              "power-cut", "second-engineer", "connection-lost"})
            for (const std::string mode : {"single-", "small-", "large-"})
                QVERIFY2(all.contains(mode + lesson), (mode + lesson).c_str());
        // One server has nobody to compare its clock with, and its mode asks for no such setting.
        for (const std::string lesson : {"clocks-apart", "settings"})
            for (const std::string mode : {"small-", "large-"})
                QVERIFY2(all.contains(mode + lesson), (mode + lesson).c_str());
    }
};

int main(int argc, char** argv) {
    // Qt ends a test after five minutes by the clock, which a busy machine may need for seconds of
    // work; what never ends meets the limit of its processor time, or ctest's.
    qputenv("QTEST_FUNCTION_TIMEOUT", "2000000");
    const QCoreApplication app(argc, argv);
    ScenariosTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_scenarios.moc"
