#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <csignal>
#include <random>
#include <thread>

#include "remote/ssh_connector.h"
#include "support/sshd.h"

using namespace deploy;

namespace {

std::string everyByte(bool withNul) {
    std::string bytes;
    for (int round = 0; round < 3; ++round)
        for (int i = withNul ? 0 : 1; i < 256; ++i)
            bytes += static_cast<char>(round == 1 ? 255 - i + (withNul ? 0 : 1) : i);
    return bytes;
}

}  // namespace

/// Scripts on a real sshd of this machine's own.
class TestSshRun : public QObject {
    Q_OBJECT

    std::unique_ptr<TestSshd> sshd_;
    std::unique_ptr<Connector> connector_;
    std::unique_ptr<RemoteHost> host_;

    Result<CommandResult> run(const std::string& script, std::vector<std::string> args = {},
                              std::string input = {}) {
        Command command;
        command.script = script;
        command.args = std::move(args);
        command.input = std::move(input);
        return host_->run(command, {}, {});
    }

    /// A server whose login shell is another one, by a forced command that does what sshd does.
    std::unique_ptr<RemoteHost> connectWithShell(const QString& shell, const QString& noise = {}) {
        sshd_ = std::make_unique<TestSshd>(
            QString("ForceCommand %1exec %2 -c \"$SSH_ORIGINAL_COMMAND\"").arg(noise, shell));
        connector_ = makeSshConnector({{sshd_->host()}}, {}, sshd_->known());
        auto host = connector_->connect(sshd_->host(), {});
        if (!host)
            qWarning() << codeName(host.error().code).data() << host.error().detail.c_str()
                       << sshd_->log();
        return host ? std::move(*host) : nullptr;
    }

private slots:
    void initTestCase() {
        if (const QString missing = TestSshd::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }

    void init() {
        sshd_ = std::make_unique<TestSshd>();
        connector_ = makeSshConnector({{sshd_->host()}}, {}, sshd_->known());
        auto host = connector_->connect(sshd_->host(), {});
        QVERIFY2(host.has_value(), qPrintable(sshd_->log()));
        host_ = std::move(*host);
    }

    void cleanup() {
        host_.reset();
        connector_.reset();
        sshd_.reset();
    }

    void exitStatusAndStreams() {
        const auto result = run("echo out; echo err >&2; exit 7");
        QVERIFY(result.has_value());
        QCOMPARE(result->exitStatus, 7);
        QCOMPARE(result->out, std::string("out\n"));
        QCOMPARE(result->err, std::string("err\n"));
        QVERIFY(!result->truncated);
    }

    void oneConnectionRunsManyCommands() {
        for (int i = 0; i < 20; ++i) {
            const auto result = run("echo $1", {std::to_string(i)});
            QVERIFY(result.has_value());
            QCOMPARE(result->out, std::to_string(i) + "\n");
        }
        QCOMPARE(sshd_->sessions().size(), size_t(1));
    }

    void exitBySignalIsAResult() {
        const auto result = run("kill -TERM $$; sleep 5");
        QVERIFY(result.has_value());
        QCOMPARE(result->exitStatus, 128 + 15);
    }

    void byteExact_data() {
        QTest::addColumn<QString>("shell");
        QTest::newRow("dash") << "/bin/dash";
        QTest::newRow("bash") << "/bin/bash";
        QTest::newRow("busybox") << "/bin/busybox sh";
    }

    void byteExact() {
        QFETCH(QString, shell);
        if (!QFile::exists(shell.section(' ', 0, 0)))
            QSKIP(qPrintable("needs " + shell));
        host_ = connectWithShell(shell);
        QVERIFY(host_);
        const std::string text = everyByte(false);
        std::mt19937 random(7);
        std::vector<std::string> args = {"", " ", "'", "$(id)", "-n", "a\nb\n", "数据库", text};
        for (int i = 0; i < 20; ++i) {
            std::string arg;
            for (size_t k = random() % 50; k > 0; --k)
                arg += static_cast<char>(1 + random() % 255);
            args.push_back(arg);
        }
        std::string expected;
        for (const std::string& arg : args)
            expected += arg + '\0';
        // The script itself holds every byte, in a heredoc that no shell interprets.
        const std::string script =
            "for a in \"$@\"; do printf '%s\\000' \"$a\"; done\ncat <<'E'\n" + text + "\nE\ncat";
        const std::string input = everyByte(true) + "\n\n" + std::string(100'000, '\0') + "x";
        const auto result = run(script, args, input);
        QVERIFY(result.has_value());
        QCOMPARE(result->exitStatus, 0);
        QCOMPARE(result->err, std::string());
        QCOMPARE(QByteArray::fromStdString(result->out),
                 QByteArray::fromStdString(expected + text + "\n" + input));
    }

    void refusesNul() {
        QCOMPARE(run(std::string("echo \0", 6)).error().code, ErrorCode::ValueInvalid);
        QCOMPARE(run("echo", {std::string("\0", 1)}).error().code, ErrorCode::ValueInvalid);
    }

    void noiseBeforeTheScriptIsLeftOut() {
        host_ = connectWithShell(
            "/bin/bash",
            "echo Welcome; printf 'no newline'; echo motd >&2; head -c 200000 /dev/zero; ");
        QVERIFY(host_);
        const auto result = run("echo out; echo err >&2");
        QVERIFY(result.has_value());
        QCOMPARE(result->out, std::string("out\n"));
        QCOMPARE(result->err, std::string("err\n"));
    }

    void echoOfTheCommandIsNotItsBegin() {
        host_ = connectWithShell("/bin/bash -x", "echo \"$SSH_ORIGINAL_COMMAND\"; ");
        QVERIFY(host_);
        const auto result = run("echo out");
        QVERIFY(result.has_value());
        QCOMPARE(result->out, std::string("out\n"));
    }

    void shellThatRefusesIsToldInItsWords() {
        sshd_ = std::make_unique<TestSshd>("ForceCommand echo This account is closed.; exit 1");
        connector_ = makeSshConnector({{sshd_->host()}}, {}, sshd_->known());
        host_ = std::move(*connector_->connect(sshd_->host(), {}));
        const auto result = run("echo out");
        QCOMPARE(result.error().code, ErrorCode::RemoteCommandFailed);
        QCOMPARE(result.error().detail, std::string("This account is closed."));
        QCOMPARE(result.error().where, std::string("s1"));
        QCOMPARE(result.error().args.at("exit_status"), std::string("1"));
    }

    void scriptOfAMegabyte() {
        std::string script;
        while (script.size() < 1'000'000)
            script += ": 0123456789012345678901234567890123456789\n";
        const auto result = run(script + "echo done");
        QVERIFY(result.has_value());
        QCOMPARE(result->out, std::string("done\n"));
    }

    void scriptIsInNoProcessList() {
        const auto result = run("secretmarker=1; tr '\\000' ' ' </proc/$$/cmdline", {"visible"});
        QVERIFY(result.has_value());
        QVERIFY(result->out.find("visible") != std::string::npos);
        QVERIFY(result->out.find("secretmarker") == std::string::npos);
    }

    void outputIsBoundedAndStreamed() {
        Command command;
        command.script = "head -c 30000000 /dev/zero; head -c 2000000 /dev/zero >&2";
        command.keepBytes = 1000;
        uint64_t out = 0;
        uint64_t err = 0;
        const auto sink = [&](Stream stream, std::string_view bytes) {
            (stream == Stream::Out ? out : err) += bytes.size();
        };
        const auto result = host_->run(command, sink, {});
        QVERIFY(result.has_value());
        QCOMPARE(result->out.size(), size_t(1000));
        QCOMPARE(result->err.size(), size_t(1000));
        QVERIFY(result->truncated);
        QCOMPARE(out, uint64_t(30'000'000));
        QCOMPARE(err, uint64_t(2'000'000));
    }

    void bigInputThatNobodyReads() {
        const auto result = run("exit 3", {}, std::string(20'000'000, 'x'));
        QVERIFY(result.has_value());
        QCOMPARE(result->exitStatus, 3);
    }

    void silenceIsAStall() {
        Command command;
        command.script = "sleep 30";
        command.stall = std::chrono::milliseconds(300);
        QElapsedTimer timer;
        timer.start();
        const auto result = host_->run(command, {}, {});
        QCOMPARE(result.error().code, ErrorCode::SshStalled);
        QVERIFY(timer.elapsed() < 3000);
    }

    void progressIsNoStall() {
        Command command;
        command.script = "for i in 1 2 3 4 5 6; do echo $i; sleep 0.1; done";
        command.stall = std::chrono::milliseconds(400);
        QCOMPARE(host_->run(command, {}, {})->exitStatus, 0);
    }

    void deadlinePassesInSpiteOfProgress() {
        Command command;
        command.script = "while :; do echo x; sleep 0.05; done";
        command.deadline = std::chrono::milliseconds(400);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(host_->run(command, {}, {}).error().code, ErrorCode::DeadlinePassed);
        QVERIFY(timer.elapsed() >= 400 && timer.elapsed() < 3000);
        QCOMPARE(run("echo still there")->out, std::string("still there\n"));
    }

    void stopLeavesTheConnectionUsable() {
        std::stop_source source;
        Command command;
        command.script = "while :; do echo x; done";
        const auto sink = [&](Stream, std::string_view) { source.request_stop(); };
        QCOMPARE(host_->run(command, sink, source.get_token()).error().code, ErrorCode::Cancelled);
        QCOMPARE(run("echo still there")->out, std::string("still there\n"));
    }

    void stopFromAnotherThreadIsSoon() {
        std::stop_source source;
        Command command;
        command.script = "sleep 30";
        std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            source.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(host_->run(command, {}, source.get_token()).error().code, ErrorCode::Cancelled);
        QVERIFY(timer.elapsed() < 1500);
    }

    void endWithoutStatusIsALostConnection() {
        std::jthread killer([this] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            for (const pid_t session : sshd_->sessions())
                ::kill(session, SIGKILL);
        });
        QCOMPARE(run("sleep 20").error().code, ErrorCode::SshConnectionLost);
        QCOMPARE(run("echo x").error().code, ErrorCode::SshConnectionLost);
    }

    void frozenServerIsAStall() {
        QTRY_COMPARE_WITH_TIMEOUT(sshd_->sessions().size(), size_t(1), 30'000);
        const std::vector<pid_t> sessions = sshd_->sessions();
        ::kill(sessions.front(), SIGSTOP);
        Command command;
        command.script = "echo x";
        command.stall = std::chrono::milliseconds(500);
        QCOMPARE(host_->run(command, {}, {}).error().code, ErrorCode::SshStalled);
        ::kill(sessions.front(), SIGCONT);
    }

    void rootWithoutSudoNeedsRoot() {
        Command command;
        command.script = "id -u";
        command.privilege = Privilege::Root;
        const auto result = host_->run(command, {}, {});
        if (currentUser() == "root") {
            QCOMPARE(result->out, std::string("0\n"));
        } else {
            QCOMPARE(result.error().code, ErrorCode::SudoRefused);
        }
    }

    void getIsBounded() {
        const std::string path = sshd_->folder().toStdString() + "/a 'file'";
        QCOMPARE(run("printf '%s' \"$2\" > \"$1\"", {path, "abc"})->exitStatus, 0);
        QCOMPARE(*host_->get(path, 3, Privilege::User, {}), std::string("abc"));
        QCOMPARE(host_->get(path, 2, Privilege::User, {}).error().code, ErrorCode::FileTooLarge);
        QCOMPARE(host_->get(path + "x", 3, Privilege::User, {}).error().code,
                 ErrorCode::FileNotFound);
        QCOMPARE(host_->get("/etc", 3, Privilege::User, {}).error().code,
                 ErrorCode::FileUnreadable);
        QCOMPARE(host_->get("/dev/zero", 3, Privilege::User, {}).error().code,
                 ErrorCode::FileUnreadable);
    }
};

QTEST_GUILESS_MAIN(TestSshRun)
#include "tst_ssh_run.moc"
