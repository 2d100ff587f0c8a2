#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/digest.h"
#include "base/file.h"
#include "base/resources.h"
#include "run/script_text.h"
#include "support/local_shell_host.h"

using namespace deploy;
namespace fs = std::filesystem;

namespace {

const HostId kServer("s1");

/// The scripts of the product, with a library that is empty and roles of the test.
RoleScripts agents() {
    RoleScripts scripts;
    for (const char* name :
         {"main", "agent/common", "agent/keeper", "agent/detached", "agent/launch", "agent/follow",
          "agent/end", "agent/lock", "agent/file"})
        scripts.texts[name] = readResource("roles/" + std::string(name) + ".sh").value_or("");
    scripts.texts["lib"] = "";
    return scripts;
}

struct Server {
    QTemporaryDir folder;
    LocalShellConnector connector;
    std::unique_ptr<RemoteHost> host;
    RoleScripts scripts = agents();

    explicit Server(const QString& shell)
        : connector(folder.path().toStdString(),
                    shell == "busybox" ? std::vector<std::string>{"/bin/busybox", "sh"}
                                       : std::vector<std::string>{"/bin/" + shell.toStdString()}) {
        connect();
    }
    void connect() {
        Host described;
        described.name = kServer;
        host = *connector.connect(described, {});
    }
    fs::path state() const { return connector.stateOf(kServer); }

    CommandResult agent(const std::string& name, std::vector<std::string> args,
                        const std::string& input = {}) {
        Command command;
        command.script = *agentText(scripts, name);
        command.args = std::move(args);
        command.input = input;
        return host->run(command, {}, {}).value_or(CommandResult{-1, {}, {}, false});
    }
    std::string acquire(const std::string& run, const std::string& id,
                        const std::string& broken = {}) {
        const auto result = agent("lock", {run, id, "acquire", "eng@laptop", broken});
        return result.exitStatus == 0 ? result.out : std::to_string(result.exitStatus);
    }
    CommandResult launch(const std::string& script, const std::string& attempt = "1",
                         const std::string& secrets = {}, const std::string& lock = "id1") {
        const auto lines = std::count(secrets.begin(), secrets.end(), '\n');
        return agent("launch",
                     {"r1", lock, "s1/step", attempt, sha256Hex(script), std::to_string(lines)},
                     secrets + script);
    }
    CommandResult follow(const std::string& attempt = "1", int offset = 0, int hard = 60,
                         const std::string& lock = "id1") {
        return agent("follow", {"r1", lock, "s1/step", attempt, std::to_string(offset),
                                std::to_string(hard)});
    }
    std::string end(const std::string& attempt = "1", int soft = 1) {
        return agent("end", {"r1", "id1", "s1/step", attempt, std::to_string(soft)}).out;
    }
    fs::path attempt(const std::string& number = "1") const {
        return state() / "runs/r1/s1/step" / number;
    }
    int pid(const std::string& number = "1") const {
        return std::stoi(readFile(attempt(number) / "pid", 100).value_or("0"));
    }
};

std::string lastLine(const std::string& text) {
    const auto end = text.find_last_not_of('\n');
    if (end == std::string::npos)
        return {};
    const auto begin = text.rfind('\n', end);
    return text.substr(begin + 1, end - begin);
}

/// Is a process left in the group that has not ended?
bool groupLives(int group) {
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const auto stat = readFile(entry.path() / "stat", 4096);
        if (!stat)
            continue;
        std::istringstream fields(stat->substr(stat->rfind(')') + 1));
        std::string status;
        int parent = 0, itsGroup = 0;
        fields >> status >> parent >> itsGroup;
        if (itsGroup == group && status != "Z")
            return true;
    }
    return false;
}

bool waitUntil(const std::function<bool()>& holds, int seconds) {
    for (int i = 0; i < seconds * 20; ++i) {
        if (holds())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return holds();
}

bool lockIsFree(Server& server) {
    return server.agent("lock", {"-", "-", "info"}).out == "free\n";
}

}  // namespace

/// The agents on this machine, by each shell that servers have.
class TestRunAgent : public QObject {
    Q_OBJECT
private slots:
    void lock_data() { shells(); }
    void lock() {
        QFETCH(QString, shell);
        Server server(shell);
        QVERIFY(lockIsFree(server));
        QCOMPARE(server.acquire("r1", "id1"), std::string("acquired\n"));
        const auto info = server.agent("lock", {"-", "-", "info"}).out;
        QVERIFY(info.starts_with("held\nid=id1\nrun=r1\nowner=eng@laptop\nsince=20"));
        // A second engineer is refused and told who.
        const auto second = server.agent("lock", {"r2", "id2", "acquire", "b@other", ""});
        QCOMPARE(second.exitStatus, 10);
        QCOMPARE("held\n" + second.err, info);
        QCOMPARE(server.acquire("r2", "id2", "wrong"), std::string("10"));
        QCOMPARE(server.agent("lock", {"r1", "id1", "renew"}).out, std::string("renewed\n"));
        // The same run, started again, takes over at once; its old self is refused.
        QCOMPARE(server.acquire("r1", "id3"), std::string("acquired\n"));
        QCOMPARE(server.agent("lock", {"r1", "id1", "renew"}).exitStatus, 10);
        QCOMPARE(server.launch("echo x").exitStatus, 10);
        // Broken by its id: the old run notices.
        const auto broke = server.acquire("r2", "id2", "id3");
        QVERIFY(broke.starts_with("acquired\nid=id3\nrun=r1\nowner=eng@laptop\nsince=20"));
        const auto noticed = server.agent("lock", {"r1", "id3", "renew"});
        QCOMPARE(noticed.exitStatus, 10);
        QVERIFY(noticed.err.find("run=r2") != std::string::npos);
        QCOMPARE(server.agent("lock", {"r2", "id2", "release", "keep"}).out,
                 std::string("released\n"));
        QVERIFY(lockIsFree(server) || waitUntil([&] { return lockIsFree(server); }, 5));
        QCOMPARE(server.acquire("r1", "id4"), std::string("acquired\n"));
        QCOMPARE(server.agent("lock", {"r1", "id4", "release", "wipe"}).out,
                 std::string("released\n"));
        QVERIFY(!fs::exists(server.state()));
    }

    void releaseKeepsWhatTheLedgerSays() {
        Server server("dash");
        server.acquire("r1", "id1");
        fs::create_directories(server.state() / "ledger/host/0001");
        fs::create_directories(server.state() / "ledger/docker");
        (void)writeFileAtomically(server.state() / "ledger/host/0001/what", "file /etc/x");
        server.agent("lock", {"r1", "id1", "release", "wipe"});
        QVERIFY(fs::exists(server.state() / "ledger/host/0001/what"));
        QVERIFY(!fs::exists(server.state() / "ledger/docker"));
        QVERIFY(!fs::exists(server.state() / "runs"));
    }

    void leaseEnds() {
        Server server("dash");
        server.connector.environment = {"FINCLIP_LEASE=2"};
        server.acquire("r1", "id1");
        QVERIFY(!lockIsFree(server));
        QVERIFY(waitUntil([&] { return lockIsFree(server); }, 12));
        // Nobody took it meanwhile: the run that slept goes on.
        QCOMPARE(server.agent("lock", {"r1", "id1", "renew"}).out, std::string("renewed\n"));
        QVERIFY(!lockIsFree(server));
        // A step that runs keeps it.
        server.launch("sleep 8");
        std::this_thread::sleep_for(std::chrono::seconds(6));
        QCOMPARE(server.acquire("r2", "id2"), std::string("10"));
        QVERIFY(waitUntil([&] { return lockIsFree(server); }, 15));
        QCOMPARE(server.acquire("r2", "id2"), std::string("acquired\n"));
        QCOMPARE(server.agent("lock", {"r1", "id1", "renew"}).exitStatus, 10);
    }

    void leaseLivesWhileAFileGrows() {
        Server server("dash");
        server.connector.environment = {"FINCLIP_LEASE=2"};
        server.acquire("r1", "id1");
        for (int i = 0; i < 7; ++i) {
            std::ofstream(server.state() / "files/part", std::ios::app) << "more";
            std::this_thread::sleep_for(std::chrono::seconds(1));
            QVERIFY(!lockIsFree(server));
        }
    }

    void brokenLockEndsTheStep() {
        Server server("dash");
        server.acquire("r1", "id1");
        server.launch("sleep 600");
        QVERIFY(server.acquire("r2", "id2", "id1").starts_with("acquired\nid=id1\n"));
        QVERIFY(!groupLives(server.pid()));
        const auto followed = server.follow();
        QCOMPARE(followed.exitStatus, 10);
        QVERIFY(followed.err.find("run=r2") != std::string::npos);
    }

    void launchAndFollow_data() { shells(); }
    void launchAndFollow() {
        QFETCH(QString, shell);
        Server server(shell);
        server.acquire("r1", "id1");
        QCOMPARE(lastLine(server.follow().err), std::string("never_started"));
        const std::string script = "echo one; sleep 1; echo two >&2; cat; exit 7";
        const std::string secrets = "A='x'\nB='y\nz'\n";
        QCOMPARE(server.launch(script, "1", secrets).out, std::string("started\n"));
        const auto followed = server.follow();
        QCOMPARE(followed.out, std::string("one\ntwo\n") + secrets);
        QVERIFY(followed.err.starts_with("running 0\n") || followed.err.starts_with("running 1\n"));
        QCOMPARE(lastLine(followed.err), std::string("exit 7"));
        QCOMPARE(server.follow("1", 4).out, "two\n" + secrets);
        // Whatever is sent, an attempt is never started twice.
        QCOMPARE(server.launch(script, "1", secrets).out, std::string("already\n"));
        QCOMPARE(server.follow().out, std::string("one\ntwo\n") + secrets);
        QCOMPARE(server.launch("echo again", "2").out, std::string("started\n"));
        QCOMPARE(server.follow("2").out, std::string("again\n"));
        // The secrets are in no file.
        for (const auto& entry : fs::recursive_directory_iterator(server.state()))
            if (entry.is_regular_file() && entry.path().filename() != "log")
                QVERIFY(readFile(entry.path(), 1U << 20U)->find("B='y") == std::string::npos);
        QCOMPARE(fs::status(server.attempt()).permissions(), fs::perms::owner_all);
    }

    void everyByteOfASecretArrives_data() { shells(); }
    void everyByteOfASecretArrives() {
        QFETCH(QString, shell);
        Server server(shell);
        server.acquire("r1", "id1");
        std::string secrets;
        for (int c = 1; c < 256; ++c)
            secrets += static_cast<char>(c);
        secrets += "\\ \\n %s\t \n \n";
        server.launch("cat", "1", secrets);
        QCOMPARE(server.follow().out, secrets);
    }

    void cutInputStartsNothing() {
        Server server("dash");
        server.acquire("r1", "id1");
        const std::string script(50000, '#');
        server.connector.cut = [](int) { return Cut{Cut::When::DuringInput, 0}; };
        QCOMPARE(server.launch(script, "1", "A='1'\n").exitStatus, -1);
        server.connector.cut = nullptr;
        server.connect();
        QCOMPARE(lastLine(server.follow().err), std::string("never_started"));
        QCOMPARE(server.launch(script, "1", "A='1'\n").out, std::string("started\n"));
    }

    void namesThatAreNoStepsAreRefused() {
        Server server("dash");
        server.acquire("r1", "id1");
        for (const char* step :
             {"../x", "s1", "s1/../../x", "s1/a/b", "s1/$(id)", "/s1/x", "s1//x"})
            QCOMPARE(server.agent("follow", {"r1", "id1", step, "1", "0", "60"}).exitStatus, 1);
    }

    void killedStepIsLost() {
        Server server("dash");
        server.acquire("r1", "id1");
        server.launch("echo begun; sleep 600");
        QVERIFY(waitUntil([&] { return server.pid() > 0; }, 5));
        ::kill(-server.pid(), SIGKILL);
        QVERIFY(waitUntil([&] { return lastLine(server.follow("1", 0, 0).err) == "lost"; }, 10));
        QCOMPARE(server.follow().out, std::string("begun\n"));
    }

    void rebootIsSeen() {
        Server server("dash");
        server.acquire("r1", "id1");
        server.launch("exit 0");
        QCOMPARE(lastLine(server.follow().err), std::string("exit 0"));
        (void)writeFileAtomically(server.attempt() / "boot", "another");
        QCOMPARE(lastLine(server.follow().err), std::string("rebooted"));
    }

    void deadlineAndEnd_data() { shells(); }
    void deadlineAndEnd() {
        QFETCH(QString, shell);
        Server server(shell);
        server.acquire("r1", "id1");
        server.launch("sleep 600");
        const auto followed = server.follow("1", 0, 1);
        QVERIFY(lastLine(followed.err).starts_with("deadline "));
        QCOMPARE(server.end("1", 5), std::string("exit 143\n"));
        QCOMPARE(lastLine(server.follow().err), std::string("exit 143"));
        // A child that ignores the signal, whose parent did not.
        server.launch("echo a; sh -c 'trap \"\" TERM; sleep 600; sleep 600'; echo never", "2");
        QVERIFY(waitUntil([&] { return server.follow("2", 0, 0).out == "a\n"; }, 5));
        const int group = server.pid("2");
        QCOMPARE(server.end("2", 1), std::string("exit 143\n"));
        QVERIFY(!groupLives(group));
        // One that ignores it as a whole.
        server.launch("trap '' TERM; sleep 600; sleep 600", "3");
        QVERIFY(waitUntil([&] { return server.pid("3") > 0; }, 5));
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        QCOMPARE(server.end("3", 1), std::string("exit 137\n"));
        QVERIFY(!groupLives(server.pid("3")));
    }

    void serviceLeftBehindHoldsNothingUp() {
        Server server("dash");
        server.acquire("r1", "id1");
        server.launch("echo done; (trap '' HUP; sleep 30) & exit 0");
        const auto begin = std::chrono::steady_clock::now();
        const auto followed = server.follow();
        QCOMPARE(followed.out, std::string("done\n"));
        QCOMPARE(lastLine(followed.err), std::string("exit 0"));
        QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
        ::kill(-server.pid(), SIGKILL);
    }

    void endlessOutputIsBounded() {
        Server server("dash");
        server.acquire("r1", "id1");
        server.launch("yes 0123456789 | head -c 60000000; echo; echo the end; exit 3");
        QVERIFY(waitUntil([&] { return lastLine(server.follow("1", 1 << 30, 0).err) == "exit 3"; },
                          60));
        QVERIFY(waitUntil([&] { return fs::exists(server.attempt() / "log.end"); }, 5));
        const auto log = readFile(server.attempt() / "log", 1U << 30U);
        QVERIFY(log->size() < (17U << 20U));
        QVERIFY(log->ends_with("the end\n"));
        QVERIFY(log->find("\nfinclip: output was left out here\n") != std::string::npos);
    }

    /// Many small pieces are no reason to leave any out, nor to show them late.
    void slowOutputArrivesWholeAndAtOnce() {
        Server server("dash");
        server.acquire("r1", "id1");
        server.launch("i=0; while [ $i -lt 3000 ]; do echo $i; i=$((i + 1)); done; sleep 3");
        QVERIFY(waitUntil([&] { return server.follow("1", 0, 0).out.ends_with("\n2999\n"); }, 3));
        const auto followed = server.follow();
        QCOMPARE(std::count(followed.out.begin(), followed.out.end(), '\n'), 3000);
    }

    void racingLaunchesStartOnce() {
        Server server("dash");
        server.acquire("r1", "id1");
        const std::string script = "echo x >>" + (server.state() / "count").string() + "; sleep 1";
        std::vector<std::jthread> racers;
        std::atomic<int> started = 0;
        for (int i = 0; i < 6; ++i)
            racers.emplace_back([&] {
                Host described;
                described.name = kServer;
                auto host = *server.connector.connect(described, {});
                Command command;
                command.script = *agentText(server.scripts, "launch");
                command.args = {"r1", "id1", "s1/step", "1", sha256Hex(script), "0"};
                command.input = script;
                const auto result = host->run(command, {}, {});
                if (result && result->out == "started\n")
                    ++started;
            });
        racers.clear();
        QCOMPARE(started.load(), 1);
        QCOMPARE(lastLine(server.follow().err), std::string("exit 0"));
        QCOMPARE(*readFile(server.state() / "count", 100), std::string("x\n"));
    }

    void files() {
        Server server("dash");
        server.acquire("r1", "id1");
        const auto path = server.state() / "files/x";
        QCOMPARE(server.agent("file", {"r1", "id1", path.string(), "3"}).out,
                 std::string("absent\n"));
        (void)writeFileAtomically(path, "abc");
        QCOMPARE(server.agent("file", {"r1", "id1", path.string(), "3"}).out,
                 std::string("present\n"));
        QCOMPARE(server.agent("file", {"r1", "id1", path.string(), "4"}).out,
                 std::string("absent\n"));
    }

private:
    static void shells() {
        QTest::addColumn<QString>("shell");
        for (const char* shell : {"dash", "bash", "busybox"})
            QTest::newRow(shell) << shell;
    }
};

QTEST_GUILESS_MAIN(TestRunAgent)
#include "tst_run_agent.moc"
