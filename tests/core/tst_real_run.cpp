#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QTest>
#include <csignal>
#include <fstream>
#include <thread>

#include "base/digest.h"
#include "base/file.h"
#include "support/local_shell_host.h"
#include "support/run_fixture.h"

using namespace deploy;
namespace fs = std::filesystem;

namespace {

const HostId kServer("s1");

/// A role whose state is the file $NAME; it counts how often it did something, and leaves half of
/// its work behind when it is ended in the middle.
constexpr const char* kRole = R"sh(
check() {
    [ "$(cat "$FINCLIP_SERVER/made.$NAME" 2>/dev/null)" = "made $NAME ${PASSWORD-}" ] || {
        echo "$NAME is not made"
        return 1
    }
}
apply() {
    echo "$NAME" >>"$FINCLIP_SERVER/applied"
    echo half >"$FINCLIP_SERVER/made.$NAME"
    sleep "$SECONDS_TO_TAKE"
    printf 'made %s %s\n' "$NAME" "${PASSWORD-}" >"$FINCLIP_SERVER/made.$NAME"
    echo "made $NAME"
}
verify() { check; }
remove() { rm -f "$FINCLIP_SERVER/made.$NAME"; }
)sh";

constexpr const char* kFile = "content of the file\n";

/// A plan with every kind of step, for one server.
RunFixture wholePlan(const std::string& seconds) {
    RunFixture fixture({"role"});
    fixture.scripts.texts["t/role"] = kRole;
    const auto call = [&](const std::string& name) {
        ScriptCall result = fixture.call("role");
        result.values = {{"NAME", name}, {"SECONDS_TO_TAKE", seconds}};
        return result;
    };
    ScriptCall secret = call("b");
    secret.secrets = {{"PASSWORD", "db"}};
    fixture.add("s1", "a").action = RunScript{call("a"), RunScript::Action::Apply};
    fixture.addStep("s1", "file",
                    PutFile{"file", sha256Hex(kFile), std::strlen(kFile), "/file", {}});
    fixture.add("s1", "b", {"s1/a", "s1/file"}).action =
        RunScript{secret, RunScript::Action::Apply};
    fixture.addStep("s1", "wait", WaitReady{secret, std::chrono::seconds(20)}, {"s1/b"});
    return fixture;
}

/// The run of one process: the project's and the server's folder stay between processes.
struct Site {
    fs::path folder;
    RunFixture fixture;
    LocalShellConnector servers;
    RecordingObserver observer;

    explicit Site(fs::path where, const std::string& seconds = "0.1")
        : folder(std::move(where)), fixture(wholePlan(seconds)), servers(folder) {
        (void)writeFileAtomically(folder / "file", kFile);
        fixture.at = folder;
        // A process that is killed would leave it.
        fixture.folder.remove();
    }
    Result<RunState> go() { return fixture.go(servers, systemClock(), observer); }
    std::string onServer(const std::string& file) const {
        return readFile(folder / "s1" / file, 1U << 20U).value_or("");
    }
    /// As after a run without any fault.
    bool isWhole() const {
        return onServer("made.a") == "made a \n" && onServer("made.b") == "made b secret of db\n" &&
               onServer("file") == kFile;
    }
};

int childRun(const char* folder) {
    Site site(folder);
    const auto state = site.go();
    return state && state->outcome == RunOutcome::Succeeded ? 0 : 1;
}

/// Runs this program again, as a run that is killed at a failpoint. Its exit status.
int runInChild(const fs::path& folder, const std::string& failpoint) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setenv("FINCLIP_TEST_CHILD", folder.c_str(), 1);
        ::setenv("FINCLIP_FAILPOINT", failpoint.c_str(), 1);
        ::execl("/proc/self/exe", "child", nullptr);
        ::_exit(99);
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

/// Runs with real shells, real detached steps and a real clock, killed and cut everywhere.
class TestRealRun : public QObject {
    Q_OBJECT
private slots:
    void killedAtEveryPoint_data() {
        QTest::addColumn<QString>("point");
        for (const char* point :
             {"journal_before", "journal_torn", "journal_after", "send", "answer"})
            QTest::newRow(point) << point;
    }
    void killedAtEveryPoint() {
        QFETCH(QString, point);
        constexpr int kKilled = 137;
        for (int number = 1;; ++number) {
            QVERIFY(number < 200);
            QTemporaryDir folder("/dev/shm/tst_real_run-XXXXXX");
            const fs::path path = folder.path().toStdString();
            const int status = runInChild(path, point.toStdString() + ":" + std::to_string(number));
            if (status == 0 && number > 5)
                break;
            QCOMPARE(status, kKilled);
            Site site(path);
            const auto resumed = site.go();
            QVERIFY2(resumed.has_value(), point.toUtf8() + QByteArray::number(number));
            QCOMPARE(resumed->outcome, RunOutcome::Succeeded);
            QVERIFY(site.isWhole());
            // Nothing ran twice.
            QCOMPARE(site.onServer("applied"), std::string("a\nb\n"));
            const auto journal = readJournal(site.fixture.journalFile());
            QVERIFY(journal.has_value());
            QVERIFY(fold(journal->events) == *resumed);
        }
    }

    void cutAtEveryCall_data() {
        QTest::addColumn<int>("when");
        QTest::newRow("before it is sent") << static_cast<int>(Cut::When::BeforeSend);
        QTest::newRow("in the middle of the input") << static_cast<int>(Cut::When::DuringInput);
        QTest::newRow("in the answer") << static_cast<int>(Cut::When::AfterBytes);
        QTest::newRow("behind the answer") << static_cast<int>(Cut::When::AfterAnswer);
    }
    void cutAtEveryCall() {
        QFETCH(int, when);
        for (int at = 1;; ++at) {
            QVERIFY(at < 100);
            QTemporaryDir folder("/dev/shm/tst_real_run-XXXXXX");
            Site site(folder.path().toStdString());
            site.servers.cut = [&](int call) {
                return call == at ? std::optional(Cut{static_cast<Cut::When>(when), 3})
                                  : std::nullopt;
            };
            const auto state = site.go();
            QVERIFY(state.has_value());
            QCOMPARE(state->outcome, RunOutcome::Succeeded);
            QVERIFY(site.isWhole());
            QCOMPARE(site.onServer("applied"), std::string("a\nb\n"));
            if (site.servers.calls() < at)
                break;
        }
    }

    /// A laptop that sleeps and wakes: the step went on, its log is complete.
    void sleepsWhileAStepRuns() {
        QTemporaryDir folder("/dev/shm/tst_real_run-XXXXXX");
        const fs::path path = folder.path().toStdString();
        const pid_t pid = ::fork();
        if (pid == 0) {
            ::setenv("FINCLIP_TEST_CHILD", path.c_str(), 1);
            ::execl("/proc/self/exe", "child", nullptr);
            ::_exit(99);
        }
        for (int i = 0; i < 100 && !fs::exists(path / "s1/applied"); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        ::kill(pid, SIGSTOP);
        std::this_thread::sleep_for(std::chrono::seconds(3));
        ::kill(pid, SIGCONT);
        int status = 0;
        ::waitpid(pid, &status, 0);
        QCOMPARE(WEXITSTATUS(status), 0);
        Site site(path);
        QVERIFY(site.isWhole());
        QVERIFY(readFile(path / "logs/s1/a.log", 1U << 20U)->ends_with("made a\nfinclip: check\n"));
    }

    void killedOnTheServer() {
        QTemporaryDir folder("/dev/shm/tst_real_run-XXXXXX");
        const fs::path path = folder.path().toStdString();
        Site site(path, "600");
        std::jthread killer([&] {
            const fs::path file = path / "s1/state/runs/r1/s1/a/1/pid";
            while (!fs::exists(path / "s1/made.a"))
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            ::kill(-std::stoi(*readFile(file, 100)), SIGKILL);
        });
        const auto state = site.go();
        QCOMPARE(state->outcome, RunOutcome::Failed);
        QCOMPARE(state->step(StepId("s1/a")).error->code, ErrorCode::StepLost);
        Site again(path, "600");
        again.fixture.run = "r2";
        fs::remove(again.fixture.journalFile());
        again.fixture.plan = Site(path).fixture.plan;
        QCOMPARE(again.go()->outcome, RunOutcome::Succeeded);
        QVERIFY(again.isWhole());
        QCOMPARE(again.onServer("applied"), std::string("a\na\nb\n"));
    }

    void endsWhatHangs() {
        QTemporaryDir folder("/dev/shm/tst_real_run-XXXXXX");
        Site site(folder.path().toStdString(), "600");
        site.fixture.plan.steps[0].softDeadline = std::chrono::seconds(1);
        site.fixture.plan.steps[0].hardDeadline = std::chrono::seconds(2);
        const auto state = site.go();
        QCOMPARE(state->step(StepId("s1/a")).error->code, ErrorCode::DeadlinePassed);
        QCOMPARE(state->step(StepId("s1/file")).status, StepStatus::Succeeded);
        QCOMPARE(site.onServer("made.a"), std::string("half\n"));
    }

    void twoRunsRaceForTheServer() {
        for (int round = 0; round < 5; ++round) {
            QTemporaryDir folder("/dev/shm/tst_real_run-XXXXXX");
            QTemporaryDir second("/dev/shm/tst_real_run-XXXXXX");
            Site one(folder.path().toStdString(), "1");
            Site other(folder.path().toStdString(), "1");
            other.fixture.run = "r2";
            other.fixture.at = second.path().toStdString();
            (void)writeFileAtomically(other.fixture.at / "file", kFile);
            std::optional<Result<RunState>> first;
            std::optional<Result<RunState>> last;
            {
                std::jthread a([&] { first = one.go(); });
                std::jthread b([&] { last = other.go(); });
            }
            QVERIFY(first->has_value() != last->has_value());
            const Error refused = first->has_value() ? last->error() : first->error();
            QCOMPARE(refused.code, ErrorCode::ServerLocked);
            QCOMPARE(refused.args.at("owner"), std::string("eng@laptop"));
            QCOMPARE(one.onServer("applied"), std::string("a\nb\n"));
        }
    }

    void gigabytesOfOutput() {
        QTemporaryDir folder("/dev/shm/tst_real_run-XXXXXX");
        Site site(folder.path().toStdString());
        site.fixture.scripts.texts["t/loud"] =
            "check() { return 1; }\napply() { yes | head -c 2000000000; echo; echo end; return 5; "
            "}\n";
        ScriptCall loud{"t/loud", *site.fixture.scripts.digest("t/loud"), {}, {}};
        site.fixture.plan.steps = {site.fixture.plan.steps[0]};
        site.fixture.plan.steps[0].action = RunScript{loud, RunScript::Action::Apply};
        size_t told = 0;
        struct Counting final : RunObserver {
            size_t& told;
            explicit Counting(size_t& count) : told(count) {}
            void onEvent(const Event&) override {}
            void onProgress(const StepProgress&) override {}
            void onLog(const StepId&, std::string_view bytes) override { told += bytes.size(); }
        } counting(told);
        const auto state = site.fixture.go(site.servers, systemClock(), counting);
        QCOMPARE(state->outcome, RunOutcome::Failed);
        QVERIFY(state->step(StepId("s1/a")).error->detail.ends_with("end"));
        QVERIFY2(told > (16U << 20U) && told < (17U << 20U), QByteArray::number(qulonglong(told)));
        QVERIFY(fs::file_size(site.folder / "logs/s1/a.log") == told);
    }

    void journalThatCannotBeWrittenStopsTheRun() {
        QTemporaryDir folder("/dev/shm/tst_real_run-XXXXXX");
        Site site(folder.path().toStdString());
        ::signal(SIGXFSZ, SIG_IGN);
        struct Full final : RunObserver {
            fs::path file;
            void onEvent(const Event& event) override {
                if (event.kind != EventKind::StepStarted)
                    return;
                rlimit limit{};
                ::getrlimit(RLIMIT_FSIZE, &limit);
                limit.rlim_cur = fs::file_size(file) + 10;
                ::setrlimit(RLIMIT_FSIZE, &limit);
            }
            void onProgress(const StepProgress&) override {}
            void onLog(const StepId&, std::string_view) override {}
        } full;
        full.file = site.fixture.journalFile();
        const auto state = site.fixture.go(site.servers, systemClock(), full);
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        QCOMPARE(state.error().code, ErrorCode::JournalUnwritable);
        QVERIFY(!fs::exists(site.folder / "s1/made.b"));
        QCOMPARE(Site(site.folder).go()->outcome, RunOutcome::Succeeded);
        QVERIFY(site.isWhole());
        QCOMPARE(site.onServer("applied"), std::string("a\nb\n"));
    }

    void removalLeavesNothing() {
        QTemporaryDir folder("/dev/shm/tst_real_run-XXXXXX");
        Site site(folder.path().toStdString());
        QVERIFY(site.go().has_value());
        Site removal(site.folder);
        fs::remove(removal.fixture.journalFile());
        removal.fixture.run = "r2";
        removal.fixture.purpose = "remove";
        auto& steps = removal.fixture.plan.steps;
        steps = {steps[2], steps[0]};
        for (Step& step : steps) {
            step.needs.clear();
            std::get<RunScript>(step.action).action = RunScript::Action::Remove;
        }
        QCOMPARE(removal.go()->outcome, RunOutcome::Succeeded);
        QVERIFY(!fs::exists(site.folder / "s1/state"));
        QVERIFY(!fs::exists(site.folder / "s1/made.a"));
    }
};

int main(int argc, char** argv) {
    if (const char* folder = std::getenv("FINCLIP_TEST_CHILD"))
        return childRun(folder);
    QCoreApplication app(argc, argv);
    TestRealRun test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_real_run.moc"
