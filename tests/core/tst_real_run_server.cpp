#include <sys/wait.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QProcess>
#include <QTest>
#include <csignal>
#include <thread>

#include "base/digest.h"
#include "base/file.h"
#include "remote/ssh_connector.h"
#include "support/run_fixture.h"

using namespace deploy;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr const char* kPassword = "eng-Pass'1 word";
constexpr const char* kWorld = "/var/lib/finclip-test";  // what the test's role makes

constexpr const char* kRole = R"sh(
check() {
    [ "$(cat "$WORLD/made.$NAME" 2>/dev/null)" = "made $NAME ${PASSWORD-}" ] || {
        echo "$NAME is not made"
        return 1
    }
}
apply() {
    mkdir -p "$WORLD"
    echo "$NAME" >>"$WORLD/applied"
    i=0
    while [ "$i" -lt "$SECONDS_TO_TAKE" ]; do
        i=$((i + 1))
        echo "second $i"
        sleep 1
    done
    printf 'made %s %s\n' "$NAME" "${PASSWORD-}" >"$WORLD/made.$NAME"
}
verify() { check; }
remove() { rm -rf "$WORLD"; }
)sh";

/// tests/lab/lab.sh with these words; its output, or nothing if it failed.
/// Other servers of this machine's labs may be made meanwhile, one at a time.
std::optional<std::string> lab(const QStringList& words, int seconds = 600) {
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral(SOURCE_ROOT "/tests/lab/lab.sh"), words);
    if (!process.waitForFinished(seconds * 1000) || process.exitCode() != 0)
        return std::nullopt;
    return process.readAllStandardOutput().toStdString();
}

std::string onServer(const std::string& command) {
    return lab({"shell", "s1", QString::fromStdString(command)}).value_or("?");
}

std::string world(const std::string& file) {
    return onServer("cat " + std::string(kWorld) + "/" + file + " 2>/dev/null; true");
}

struct Server {
    std::string address;
    std::string hostKey;  ///< "type base64"
};

/// Where the servers are, as the test and its children know it.
Server theServer() {
    return {qEnvironmentVariable("FINCLIP_TEST_ADDRESS").toStdString(),
            qEnvironmentVariable("FINCLIP_TEST_HOST_KEY").toStdString()};
}

/// A run on the lab's first server, by the user who needs sudo with a password.
struct Site {
    RunFixture fixture{{"role"}};
    RecordingObserver observer;
    std::unique_ptr<Connector> connector;

    /// The first step takes so many seconds.
    Site(const fs::path& folder, const std::string& seconds) {
        const Server server = theServer();
        fixture.at = folder;
        fixture.scripts.texts["t/role"] = kRole;
        const auto call = [&](const std::string& name, const std::string& takes) {
            ScriptCall result = fixture.call("role");
            result.values = {{"NAME", name}, {"SECONDS_TO_TAKE", takes}, {"WORLD", kWorld}};
            return result;
        };
        ScriptCall secret = call("b", "2");
        secret.secrets = {{"PASSWORD", "db"}};
        const std::string content(3000000, 'x');
        (void)writeFileAtomically(folder / "file", content);
        fixture.add("s1", "a").action = RunScript{call("a", seconds), RunScript::Action::Apply};
        const std::string sum = sha256Hex(content);
        fixture.addStep(
            "s1", "file",
            PutFile{"file", sum, content.size(), "/var/lib/finclip-deploy/files/" + sum, {}});
        fixture.add("s1", "b", {"s1/a"}).action = RunScript{secret, RunScript::Action::Apply};
        fixture.addStep("s1", "wait", WaitReady{secret, 20s}, {"s1/b"});
        Host& host = fixture.inventory.hosts.front();
        host.address = server.address;
        host.user = "eng";
        host.sudo = SudoMode::Password;
        const auto space = server.hostKey.find(' ');
        KnownHosts known;
        known.add(host.address, host.port,
                  {server.hostKey.substr(0, space), server.hostKey.substr(space + 1)});
        Credentials credentials;
        credentials.servers[host.name] = {Secret(kPassword), {}, Secret(kPassword)};
        connector = makeSshConnector(fixture.inventory, credentials, known);
    }
    Result<RunState> go() { return fixture.go(*connector, systemClock(), observer); }
    std::string story() const { return observer.story(HostId("s1")); }
};

void waitFor(const std::function<bool()>& holds, std::chrono::seconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!holds() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(200ms);
}

pid_t startChild(const fs::path& folder, const std::string& failpoint = {}) {
    const pid_t pid = ::fork();
    if (pid != 0)
        return pid;
    ::setenv("FINCLIP_TEST_CHILD", folder.c_str(), 1);
    ::setenv("FINCLIP_FAILPOINT", failpoint.c_str(), 1);
    ::execl("/proc/self/exe", "child", nullptr);
    ::_exit(99);
}

int statusOf(pid_t pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

/// Detached steps, attaching and resuming on a real server with systemd, sshd and sudo.
class TestRealRunServer : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        if (::getuid() != 0)
            QSKIP("needs root, for the servers of tests/lab/lab.sh");
        QVERIFY2(lab({"up", "1"}), "tests/lab/lab.sh up 1 failed; see its words above");
        const std::string list = *lab({"list"});
        const auto tab = list.find('\t');
        const std::string address = list.substr(tab + 1, list.find('\t', tab + 1) - tab - 1);
        const auto key = onServer("cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub");
        ::setenv("FINCLIP_TEST_ADDRESS", address.c_str(), 1);
        ::setenv("FINCLIP_TEST_HOST_KEY", key.substr(0, key.find('\n')).c_str(), 1);
    }

    void init() {
        onServer("rm -rf /var/lib/finclip-deploy " + std::string(kWorld));
        QVERIFY(folder_.remove());
        folder_ = QTemporaryDir();
    }

    /// Where logind ends all of a login with it, a step and the lock's keeper go on nevertheless.
    /// First, as no login of another case may stand yet.
    void aLoginsEndEndsNoStep() {
        const std::string rule = "/etc/systemd/logind.conf.d/test.conf";
        onServer(
            "mkdir -p /etc/systemd/logind.conf.d; printf '[Login]\\nKillUserProcesses=yes\\n' >" +
            rule + "; systemctl restart systemd-logind");
        const pid_t child = startChild(path());
        waitFor([&] { return world("applied") == "a\n"; }, 60s);
        ::kill(child, SIGKILL);
        QVERIFY(statusOf(child) != 0);
        const auto sessions = [] {
            return onServer("loginctl list-sessions --no-legend | grep -cw eng; true");
        };
        waitFor([&] { return sessions() == "0\n"; }, 60s);
        QCOMPARE(sessions(), std::string("0\n"));
        Site site(path(), "3");
        const auto state = site.go();
        onServer("rm " + rule + "; systemctl restart systemd-logind");
        QVERIFY(state.has_value());
        QVERIFY2(state->outcome == RunOutcome::Succeeded, site.story().c_str());
        QCOMPARE(world("applied"), std::string("a\nb\n"));
    }

    void doesThePlanByOneConnection() {
        Site site(path(), "1");
        const auto state = site.go();
        QVERIFY(state.has_value());
        QVERIFY2(state->outcome == RunOutcome::Succeeded, site.story().c_str());
        QCOMPARE(world("applied"), std::string("a\nb\n"));
        QCOMPARE(world("made.b"), std::string("made b secret of db\n"));
        QCOMPARE(site.observer.logs[StepId("s1/a")],
                 std::string("a is not made\nfinclip: apply\nsecond 1\nfinclip: check\n"));
        QCOMPARE(onServer("stat -c '%a %U' /var/lib/finclip-deploy"), std::string("700 root\n"));
        // The secret went through standard input into the file that the role made of it.
        QCOMPARE(onServer("grep -rlF 'secret of db' /var/lib/finclip-deploy /var/log /tmp "
                          "2>/dev/null; true"),
                 std::string());
        // A further run finds all as it is.
        Site again(path(), "1");
        fs::remove(again.fixture.journalFile());
        again.fixture.run = "r2";
        for (const Step& step : again.fixture.plan.steps)
            again.fixture.done[step.id] = digestOf(step);
        QCOMPARE(again.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(world("applied"), std::string("a\nb\n"));
    }

    /// The cable is pulled for longer than a silence is borne; the step goes on.
    void aPulledCableEndsNothing() {
        Site site(path(), "80");
        bool done = false;
        std::jthread hand([&] {
            waitFor([&] { return world("applied") == "a\n"; }, 30s);
            done = lab({"unplug", "s1"}).has_value();
            std::this_thread::sleep_for(52s);
            done = lab({"plug", "s1"}).has_value() && done;
        });
        const auto state = site.go();
        hand.join();
        QVERIFY(done);
        const std::string story = site.story();
        QVERIFY2(state->outcome == RunOutcome::Succeeded, story.c_str());
        QVERIFY2(story.find("step_attached s1/a 1\n") != std::string::npos, story.c_str());
        QCOMPARE(world("applied"), std::string("a\nb\n"));
        QVERIFY(std::any_of(site.observer.progress.begin(), site.observer.progress.end(),
                            [](const StepProgress& progress) { return progress.stalled; }));
        QVERIFY(site.observer.logs[StepId("s1/a")].ends_with("second 80\nfinclip: check\n"));
    }

    void aPowerCutIsCheckedAgain() {
        Site site(path(), "30");
        bool done = false;
        std::jthread hand([&] {
            waitFor([&] { return world("applied") == "a\n"; }, 30s);
            done = lab({"kill", "s1"}).has_value();
            // A machine that is busy may need more than one try.
            waitFor([&] { return lab({"start", "s1"}).has_value(); }, 120s);
        });
        const auto state = site.go();
        hand.join();
        QVERIFY(done);
        const std::string story = site.story();
        QVERIFY2(state->outcome == RunOutcome::Succeeded, story.c_str());
        QVERIFY2(story.find("step_decided s1/a 1 lost\nstep_started s1/a 2\n") != std::string::npos,
                 story.c_str());
        QCOMPARE(world("made.a"), std::string("made a \n"));
    }

    void killedAndResumed_data() {
        QTest::addColumn<int>("after");
        for (const int milliseconds : {300, 900, 1500, 2500, 3500, 4500})
            QTest::addRow("%d ms", milliseconds) << milliseconds;
    }
    void killedAndResumed() {
        QFETCH(int, after);
        const pid_t child = startChild(path());
        std::this_thread::sleep_for(std::chrono::milliseconds(after));
        ::kill(child, SIGKILL);
        QVERIFY(statusOf(child) != 0);
        Site site(path(), "3");
        const auto state = site.go();
        QVERIFY(state.has_value());
        QVERIFY2(state->outcome == RunOutcome::Succeeded, site.story().c_str());
        QCOMPARE(world("applied"), std::string("a\nb\n"));
        QCOMPARE(world("made.b"), std::string("made b secret of db\n"));
    }

    /// The laptop is gone for good: its lock ends by itself, and only then.
    void aDeadRunsLockEnds() {
        const pid_t child = startChild(path(), "send:6");
        QCOMPARE(statusOf(child), 137);
        Site other(path(), "1");
        fs::remove(other.fixture.journalFile());
        other.fixture.run = "r2";
        const auto refused = other.go();
        QCOMPARE(refused.error().code, ErrorCode::ServerLocked);
        QCOMPARE(refused.error().args.at("run"), std::string("r1"));
        std::this_thread::sleep_for(75s);
        Site later(path(), "1");
        fs::remove(later.fixture.journalFile());
        later.fixture.run = "r3";
        QCOMPARE(later.go()->outcome, RunOutcome::Succeeded);
    }

    void removalLeavesNothing() {
        Site site(path(), "1");
        QVERIFY(site.go().has_value());
        Site removal(path(), "1");
        fs::remove(removal.fixture.journalFile());
        removal.fixture.run = "r2";
        removal.fixture.purpose = "remove";
        auto& steps = removal.fixture.plan.steps;
        steps = {steps[2]};
        steps[0].needs.clear();
        std::get<RunScript>(steps[0].action).action = RunScript::Action::Remove;
        QCOMPARE(removal.go()->outcome, RunOutcome::Succeeded);
        QCOMPARE(
            onServer("ls /var/lib | grep finclip; sleep 3; pgrep -fc '[f]inclip-deploy'; true"),
            std::string("0\n"));
    }

private:
    fs::path path() const { return folder_.path().toStdString(); }
    QTemporaryDir folder_;
};

int main(int argc, char** argv) {
    if (const char* folder = std::getenv("FINCLIP_TEST_CHILD")) {
        const auto state = Site(folder, "3").go();
        return state && state->outcome == RunOutcome::Succeeded ? 0 : 1;
    }
    QCoreApplication app(argc, argv);
    TestRealRunServer test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_real_run_server.moc"
