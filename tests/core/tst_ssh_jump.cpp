#include <QDir>
#include <QElapsedTimer>
#include <QTest>
#include <csignal>
#include <thread>

#include "base/digest.h"
#include "base/file.h"
#include "remote/ssh_connector.h"
#include "support/fake_ssh_server.h"
#include "support/sshd.h"
#include "support/tcp_proxy.h"

using namespace deploy;

/// Servers behind another server.
class TestSshJump : public QObject {
    Q_OBJECT

    std::unique_ptr<TestSshd> gate_;
    std::unique_ptr<TestSshd> inner_;
    Inventory inventory_;
    KnownHosts known_;

    const Host& gate() { return inventory_.hosts[0]; }
    const Host& inner() { return inventory_.hosts[1]; }

    Result<std::unique_ptr<RemoteHost>> connect(const Host& host, const KnownHosts& known,
                                                SshLimits limits = {}) {
        return makeSshConnector(inventory_, {}, known, limits)->connect(host, {});
    }

    static Command script(const std::string& text) {
        Command command;
        command.script = text;
        return command;
    }

private slots:
    void initTestCase() {
        if (const QString missing = TestSshd::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }

    void init() {
        gate_ = std::make_unique<TestSshd>();
        inner_ = std::make_unique<TestSshd>();
        inventory_.hosts = {gate_->host("gate"), inner_->host("inner")};
        inventory_.hosts[1].jump = HostId("gate");
        known_ = gate_->known();
        known_.add("127.0.0.1", inner_->port(), inner_->hostKey());
    }

    void cleanup() {
        inner_.reset();
        gate_.reset();
    }

    void runsThere() {
        auto host = connect(inner(), known_);
        QVERIFY(host.has_value());
        const auto result = (*host)->run(script("echo \"$SSH_CONNECTION\"; cat"), {}, {});
        QVERIFY(result.has_value());
        QVERIFY(result->out.find(" " + std::to_string(inner_->port())) != std::string::npos);
        QCOMPARE(gate_->sessions().size(), size_t(1));
        QVERIFY(gate_->log().contains("Accepted publickey"));
    }

    void uploadsThroughIt() {
        Upload upload;
        const std::string folder = inner_->folder().toStdString();
        const std::string bytes(20'000'000, 'x');
        upload.source = folder + "/source";
        upload.destination = folder + "/file";
        upload.sha256 = sha256Hex(bytes);
        upload.size = bytes.size();
        upload.privilege = Privilege::User;
        Q_UNUSED(writeFileAtomically(upload.source, bytes));
        auto host = connect(inner(), known_);
        QVERIFY(host.has_value());
        const auto result = (*host)->put(upload, {}, {});
        QVERIFY2(result.has_value(), result ? "" : result.error().detail.c_str());
        QCOMPARE(*sha256OfFile(upload.destination), upload.sha256);
        const auto output = (*host)->run(script("head -c 20000000 /dev/zero"), {}, {});
        QVERIFY2(output.has_value(), output ? "" : output.error().detail.c_str());
        QVERIFY(output->truncated);
    }

    void oneLoginServesMany() {
        const auto connector = makeSshConnector(inventory_, {}, known_);
        std::atomic<int> right = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 12; ++i)
                threads.emplace_back([&, i] {
                    auto host = connector->connect(inner(), {});
                    if (!host)
                        return;
                    const auto result = (*host)->run(script("echo " + std::to_string(i)), {}, {});
                    if (result && result->out == std::to_string(i) + "\n")
                        ++right;
                });
        }
        QCOMPARE(right.load(), 12);
        QCOMPARE(gate_->log().count("Accepted publickey"), 1);
    }

    void eachHopChecksItsOwnKey() {
        KnownHosts onlyInner;
        onlyInner.add("127.0.0.1", inner_->port(), inner_->hostKey());
        auto result = connect(inner(), onlyInner);
        QCOMPARE(result.error().code, ErrorCode::SshHostKeyUnknown);
        QCOMPARE(result.error().where, std::string("gate"));
        QCOMPARE(result.error().args.at("fingerprint"), gate_->hostKey().fingerprint());
        QVERIFY(!gate_->log().contains("Accepted"));

        result = connect(inner(), gate_->known());
        QCOMPARE(result.error().code, ErrorCode::SshHostKeyUnknown);
        QCOMPARE(result.error().where, std::string("inner"));
        QCOMPARE(result.error().args.at("fingerprint"), inner_->hostKey().fingerprint());
        QVERIFY(!inner_->log().contains("Accepted"));
    }

    void wrongPasswordAtTheGateIsTriedOnceForAll() {
        FakeSshServer server({});
        inventory_.hosts[0] = server.host("gate");
        Credentials credentials;
        credentials.servers[HostId("gate")].password = Secret("wrong");
        const auto connector = makeSshConnector(inventory_, credentials, server.known());
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 6; ++i)
                threads.emplace_back([&] {
                    const auto result = connector->connect(inner(), {});
                    QCOMPARE(result.error().code, ErrorCode::SshAuthFailed);
                    QCOMPARE(result.error().where, std::string("gate"));
                });
        }
        QCOMPARE(server.secrets(), std::vector<std::string>{"wrong"});
    }

    void closedPortBehindTheGate() {
        inventory_.hosts[1].port = freePort();
        const auto result = connect(inner(), known_);
        QCOMPARE(result.error().code, ErrorCode::SshUnreachable);
        QCOMPARE(result.error().where, std::string("inner"));
        QVERIFY(QString::fromStdString(result.error().detail).contains("refused"));
    }

    void silentPortBehindTheGateHoldsNobodyUp() {
        TcpProxy silent(inner_->port());
        silent.freeze(true);
        Host mute = inner();
        mute.name = HostId("mute");
        mute.port = silent.port();
        SshLimits limits;
        limits.connect = std::chrono::milliseconds(600);
        const auto connector = makeSshConnector(inventory_, {}, known_, limits);
        std::jthread waits(
            [&] { QCOMPARE(connector->connect(mute, {}).error().code, ErrorCode::SshNoBanner); });
        QVERIFY(connector->connect(inner(), {}).has_value());
    }

    void gateThatForbidsForwarding() {
        gate_->addConfig("AllowTcpForwarding no");
        const auto result = connect(inner(), known_);
        QCOMPARE(result.error().code, ErrorCode::SshUnreachable);
        QCOMPARE(result.error().where, std::string("inner"));
        QVERIFY2(QString::fromStdString(result.error().detail).contains("open failed"),
                 result.error().detail.c_str());
    }

    void deadGateFailsAllOfItsServersAtOnce() {
        inventory_.hosts[0].port = freePort();
        QElapsedTimer timer;
        timer.start();
        const auto result = connect(inner(), known_);
        QCOMPARE(result.error().code, ErrorCode::SshUnreachable);
        QCOMPARE(result.error().where, std::string("gate"));
        QVERIFY(timer.elapsed() < 2000);
    }

    void gateThatDiesIsALostConnectionAndIsMadeAnew() {
        const auto connector = makeSshConnector(inventory_, {}, known_);
        auto host = connector->connect(inner(), {});
        QVERIFY(host.has_value());
        for (const pid_t session : gate_->sessions())
            ::kill(session, SIGKILL);
        QCOMPARE((*host)->run(script("sleep 20"), {}, {}).error().code,
                 ErrorCode::SshConnectionLost);
        auto again = connector->connect(inner(), {});
        QVERIFY(again.has_value());
        QCOMPARE((*again)->run(script("echo x"), {}, {})->out, std::string("x\n"));
    }

    void hostOutlivesTheConnector() {
        auto host = connect(inner(), known_);
        QVERIFY(host.has_value());
        QCOMPARE((*host)->run(script("echo x"), {}, {})->out, std::string("x\n"));
    }

    void cyclesAndMissingServersAreRefused() {
        inventory_.hosts[0].jump = HostId("inner");
        QCOMPARE(connect(inner(), known_).error().code, ErrorCode::ValueInvalid);
        inventory_.hosts[0].jump = HostId("gate");
        QCOMPARE(connect(gate(), known_).error().code, ErrorCode::ValueInvalid);
        inventory_.hosts[0].jump = HostId("nobody");
        QCOMPARE(connect(gate(), known_).error().code, ErrorCode::ValueInvalid);
    }

    void twoGates() {
        TestSshd second;
        Host through = second.host("second");
        through.jump = HostId("gate");
        inventory_.hosts.push_back(through);
        inventory_.hosts[1].jump = HostId("second");
        known_.add("127.0.0.1", second.port(), second.hostKey());
        auto host = connect(inner(), known_);
        QVERIFY(host.has_value());
        QCOMPARE((*host)->run(script("echo x"), {}, {})->out, std::string("x\n"));
    }
};

QTEST_GUILESS_MAIN(TestSshJump)
#include "tst_ssh_jump.moc"
