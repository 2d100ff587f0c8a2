#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <thread>

#include "base/digest.h"
#include "base/file.h"
#include "remote/relay.h"
#include "remote/relay_scripts.h"
#include "remote/ssh_connector.h"
#include "support/sshd.h"

using namespace deploy;

/// Files that one server passes on to another, over real sshd's of this machine.
class TestRelay : public QObject {
    Q_OBJECT

    /// A server with a root folder of its own.
    struct Server {
        explicit Server(const std::string& name) {
            const QString home = sshd.folder();
            QDir().mkpath(home + "/files");
            sshd.addConfig(QString("AuthorizedKeysFile %1/authorized_keys %1/.ssh/authorized_keys\n"
                                   "SetEnv HOME=%1 FINCLIP_STATE=%1/state FINCLIP_ROOT_HOME=%1 "
                                   "FINCLIP_HOST_KEYS=%1/host.pub")
                               .arg(home));
            host = sshd.host(name);
            connector = makeSshConnector({{host}}, {}, sshd.known());
            // An overloaded machine may be late with the first greeting.
            for (int tries = 0; !remote && tries < 5; ++tries)
                if (auto connected = connector->connect(host, {}))
                    remote = std::move(*connected);
            if (!remote)
                qFatal("no connection: %s", qPrintable(sshd.log()));
        }
        RunOn run(std::stop_token stop = {}) {
            return [this, stop](const Command& command, const OutputSink& sink) {
                return remote->run(command, sink, stop);
            };
        }
        std::string path(const std::string& name) const {
            return sshd.folder().toStdString() + "/" + name;
        }
        bool has(const std::string& name) const { return std::filesystem::exists(path(name)); }
        std::string content(const std::string& name) const {
            return readFile(path(name), 1U << 30U).value_or("");
        }

        TestSshd sshd;
        Host host;
        std::unique_ptr<Connector> connector;
        std::unique_ptr<RemoteHost> remote;
    };

    std::unique_ptr<Server> from_;
    std::unique_ptr<Server> to_;
    std::string bytes_;
    Upload upload_;

    Result<Relay> open() {
        return Relay::open(from_->run(), from_->host, to_->run(), to_->host, to_->path("files"));
    }
    std::string partName() const {
        return upload_.sha256 + ".part-" + upload_.sha256.substr(0, 16);
    }
    void write(const Server& server, const std::string& name, std::string_view bytes) {
        QVERIFY(writeFileAtomically(server.path("files/" + name), std::string(bytes)).has_value());
    }
    bool arrived() const { return to_->content("files/" + upload_.sha256) == bytes_; }

private slots:
    void initTestCase() {
        if (const QString missing = TestSshd::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        if (currentUser() != "root")
            QSKIP("needs root, as whom files are received");
        if (QStandardPaths::findExecutable("ssh").isEmpty())
            QSKIP("needs the package openssh-client");
    }

    void init() {
        from_ = std::make_unique<Server>("s1");
        to_ = std::make_unique<Server>("s2");
        bytes_.clear();
        for (uint32_t i = 0; bytes_.size() < 20'000'000; ++i)
            bytes_ += std::to_string(i * 2654435761U) + "\n";
        upload_ = {};
        upload_.sha256 = sha256Hex(bytes_);
        upload_.size = bytes_.size();
        upload_.source = from_->path("files/" + upload_.sha256);
        upload_.destination = to_->path("files/" + upload_.sha256);
    }

    void cleanup() {
        from_.reset();
        to_.reset();
    }

    void passesOnAndLeavesNothing() {
        write(*from_, upload_.sha256, bytes_);
        // No newline at the end, which the list of keys gets back as it was.
        QDir().mkpath(QString::fromStdString(to_->path(".ssh")));
        const std::string before = "ssh-ed25519 AAAA someone";
        QVERIFY(writeFileAtomically(to_->path(".ssh/authorized_keys"), before).has_value());
        auto relay = open();
        QVERIFY2(relay.has_value(), relay ? "" : relay.error().detail.c_str());
        QVERIFY(to_->content(".ssh/authorized_keys").starts_with(before + "\nrestrict,from=\""));
        uint64_t done = 0;
        const auto result = relay->send(from_->run(), to_->run(), upload_, Relay::Held::Growing,
                                        [&](uint64_t at, uint64_t total) {
                                            QVERIFY(at >= done && total == upload_.size);
                                            done = at;
                                        });
        QVERIFY2(result.has_value(), result ? "" : result.error().detail.c_str());
        QCOMPARE(result->sentBytes, upload_.size);
        QCOMPARE(done, upload_.size);
        QVERIFY(arrived());
        const auto again = relay->send(from_->run(), to_->run(), upload_, Relay::Held::Growing, {});
        QVERIFY(again.has_value() && again->alreadyThere);

        QVERIFY(Relay::forgetAtSender(from_->run(), to_->host).has_value());
        QVERIFY(Relay::forgetAtReceiver(to_->run()).has_value());
        QCOMPARE(to_->content(".ssh/authorized_keys"), before);
        QVERIFY(!from_->has("state/relay") && !to_->has("state/relay"));
    }

    void growsWhileItIsPassedOn() {
        write(*from_, partName(), bytes_.substr(0, 3'000'000));
        auto relay = open();
        QVERIFY(relay.has_value());
        std::jthread writer([&] {
            QFile part(QString::fromStdString(from_->path("files/" + partName())));
            QVERIFY(part.open(QIODevice::Append));
            for (size_t at = 3'000'000; at < bytes_.size(); at += 1'000'000) {
                part.write(bytes_.substr(at, 1'000'000).c_str(),
                           static_cast<qint64>(std::min<size_t>(1'000'000, bytes_.size() - at)));
                part.flush();
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
            }
            std::filesystem::rename(from_->path("files/" + partName()),
                                    from_->path("files/" + upload_.sha256));
        });
        QVERIFY(
            relay->send(from_->run(), to_->run(), upload_, Relay::Held::Growing, {}).has_value());
        QVERIFY(arrived());
    }

    /// What loads an archive on the sender takes it away.
    void whatIsUsedUpIsNotWaitedFor() {
        auto relay = open();
        QVERIFY(relay.has_value());
        std::string said;
        const auto heard = [&](const Command& command, const OutputSink& sink) {
            return from_->run()(command, [&](Stream stream, std::string_view bytes) {
                if (stream == Stream::Out)
                    said += bytes;
                sink(stream, bytes);
            });
        };
        const auto result = relay->send(heard, to_->run(), upload_, Relay::Held::Whole, {});
        QCOMPARE(result.error().code, ErrorCode::RemoteCommandFailed);
        // One sign of life, not those of twenty seconds.
        QCOMPARE(said, std::string("wait\n"));
    }

    void goesOnWhereItWasCut() {
        write(*from_, upload_.sha256, bytes_);
        write(*to_, partName(), bytes_.substr(0, 15'000'000));
        auto relay = open();
        QVERIFY(relay.has_value());
        const auto result =
            relay->send(from_->run(), to_->run(), upload_, Relay::Held::Growing, {});
        QVERIFY(result.has_value());
        QVERIFY(result->sentBytes < bytes_.size() - 14'900'000);
        QVERIFY(arrived());
    }

    void wrongBytesGetNoName() {
        std::string wrong = bytes_;
        wrong[wrong.size() / 2] ^= 1;
        write(*from_, upload_.sha256, wrong);
        auto relay = open();
        QVERIFY(relay.has_value());
        QCOMPARE(
            relay->send(from_->run(), to_->run(), upload_, Relay::Held::Growing, {}).error().code,
            ErrorCode::UploadDigestMismatch);
        QVERIFY(QDir(QString::fromStdString(to_->path("files"))).isEmpty());
    }

    void wayThatIsClosed() {
        write(*from_, upload_.sha256, bytes_);
        auto relay = open();
        QVERIFY(relay.has_value());
        QVERIFY(Relay::forgetAll(to_->run()).has_value());
        QVERIFY(!to_->has(".ssh"));
        const auto result =
            relay->send(from_->run(), to_->run(), upload_, Relay::Held::Growing, {});
        QCOMPARE(result.error().code, ErrorCode::RemoteCommandFailed);
        QCOMPARE(result.error().args.at("exit_status"), std::string("73"));
    }

    void keyMayReceiveAndNothingElse_data() {
        QTest::addColumn<QString>("request");
        const QString sha(64, 'a');
        QTest::newRow("command") << "id >&2";
        QTest::newRow("none") << "";
        QTest::newRow("path") << "../../etc/passwd 1 0 1";
        QTest::newRow("short") << "abc 1 0 1";
        QTest::newRow("more") << sha + " 1 0 1 x";
        QTest::newRow("size") << sha + " $(id) 0 1";
        QTest::newRow("glob") << "* 1 0 1";
    }

    void keyMayReceiveAndNothingElse() {
        QFETCH(QString, request);
        QVERIFY(open().has_value());
        QProcess ssh;
        QStringList args = {"-F",
                            "/dev/null",
                            "-i",
                            QString::fromStdString(from_->path("state/relay/s2/key")),
                            "-p",
                            QString::number(to_->host.port),
                            "-o",
                            "StrictHostKeyChecking=no",
                            "-o",
                            "UserKnownHostsFile=/dev/null",
                            "-o",
                            "LogLevel=ERROR",
                            "-o",
                            "IdentitiesOnly=yes",
                            "-o",
                            "BatchMode=yes",
                            "root@127.0.0.1"};
        if (!request.isEmpty())
            args << request;
        ssh.start("ssh", args);
        ssh.closeWriteChannel();
        QVERIFY(ssh.waitForFinished());
        QCOMPARE(ssh.exitCode(), 64);
        QCOMPARE(ssh.readAllStandardOutput() + ssh.readAllStandardError(), QByteArray());
        QVERIFY(QDir(QString::fromStdString(to_->path("files"))).isEmpty());
    }

    void stopIsSoonAndTheRestIsKept() {
        write(*from_, partName(), bytes_.substr(0, 5'000'000));
        auto relay = open();
        QVERIFY(relay.has_value());
        std::stop_source stop;
        const auto result =
            relay->send(from_->run(stop.get_token()), to_->run(), upload_, Relay::Held::Growing,
                        [&](uint64_t, uint64_t) { stop.request_stop(); });
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        write(*from_, upload_.sha256, bytes_);
        // The sender of the stopped one may still be at it, and end before this one.
        QTRY_VERIFY(
            relay->send(from_->run(), to_->run(), upload_, Relay::Held::Growing, {}).has_value());
        QVERIFY(arrived());
    }

    void scriptsPassShellcheck() {
        if (QStandardPaths::findExecutable("shellcheck").isEmpty())
            QSKIP("needs shellcheck");
        for (const std::string& script :
             {std::string(kRelayKeyScript), std::string(kRelayAdmitScript),
              std::string(kRelaySendScript), std::string(kRelayForgetScript),
              relayReceiver("/var/lib/a b")}) {
            QProcess process;
            process.start("shellcheck", {"-s", "sh", "-"});
            process.write(script.c_str());
            process.closeWriteChannel();
            QVERIFY(process.waitForFinished());
            QVERIFY2(process.exitCode() == 0, process.readAllStandardOutput());
        }
    }
};

QTEST_GUILESS_MAIN(TestRelay)
#include "tst_relay.moc"
