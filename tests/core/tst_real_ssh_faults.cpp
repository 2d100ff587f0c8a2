#include <sys/stat.h>

#include <QDir>
#include <QElapsedTimer>
#include <QTest>
#include <csignal>
#include <filesystem>
#include <random>
#include <thread>

#include "base/digest.h"
#include "base/file.h"
#include "remote/ssh_connector.h"
#include "support/sshd.h"
#include "support/tcp_proxy.h"

using namespace deploy;

namespace {

Command script(const std::string& text) {
    Command command;
    command.script = text;
    return command;
}

}  // namespace

/// Bad lines between us and a real sshd.
class TestRealSshFaults : public QObject {
    Q_OBJECT

    std::unique_ptr<TestSshd> sshd_;
    std::unique_ptr<TcpProxy> line_;
    std::string folder_;

    Host host() {
        Host host = sshd_->host();
        host.port = line_->port();
        return host;
    }

    std::unique_ptr<Connector> connector(SshLimits limits = {}) {
        KnownHosts known;
        known.add("127.0.0.1", line_->port(), sshd_->hostKey());
        return makeSshConnector({{host()}}, {}, known, limits);
    }

    Upload makeUpload(size_t size) {
        std::mt19937_64 random(size);
        std::string bytes;
        while (bytes.size() < size) {
            const uint64_t word = random();
            bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
        }
        bytes.resize(size);
        Upload upload;
        upload.source = folder_ + "/source";
        Q_UNUSED(writeFileAtomically(upload.source, bytes));
        upload.destination = folder_ + "/there/file";
        upload.sha256 = sha256Hex(bytes);
        upload.size = size;
        upload.privilege = Privilege::User;
        return upload;
    }

    bool arrived(const Upload& upload) {
        const bool right = sha256OfFile(upload.destination) == upload.sha256;
        const QStringList files = QDir(QString::fromStdString(folder_ + "/there"))
                                      .entryList(QDir::Files | QDir::Hidden | QDir::System);
        return right && files == QStringList{"file"};
    }
    /// Of all that lies there, however many files it is and wherever they have holes.
    uint64_t bytesThere() {
        uint64_t sum = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/there")) {
            struct stat status {};
            if (::stat(entry.path().c_str(), &status) == 0)
                sum += static_cast<uint64_t>(status.st_blocks) * 512U;
        }
        return sum;
    }

private slots:
    void initTestCase() {
        if (const QString missing = TestSshd::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }

    void init() {
        sshd_ = std::make_unique<TestSshd>();
        line_ = std::make_unique<TcpProxy>(sshd_->port());
        folder_ = sshd_->folder().toStdString();
        QDir().mkpath(QString::fromStdString(folder_ + "/there"));
    }

    void cleanup() {
        line_.reset();
        sshd_.reset();
    }

    void closedPort() {
        Host host = sshd_->host();
        host.port = freePort();
        const auto result = connector()->connect(host, {});
        QCOMPARE(result.error().code, ErrorCode::SshUnreachable);
        QCOMPARE(result.error().where, std::string("s1"));
    }

    void nameThatDoesNotExist() {
        Host host = sshd_->host();
        host.address = "no-such-server.invalid";
        QCOMPARE(connector()->connect(host, {}).error().code, ErrorCode::SshUnreachable);
    }

    void openPortWithoutBanner() {
        line_->freeze(true);
        SshLimits limits;
        limits.connect = std::chrono::milliseconds(300);
        QElapsedTimer timer;
        timer.start();
        const auto result = connector(limits)->connect(host(), {});
        QCOMPARE(result.error().code, ErrorCode::SshNoBanner);
        QVERIFY(timer.elapsed() >= 300 && timer.elapsed() < 2000);
    }

    void stopWhileConnecting() {
        line_->freeze(true);
        std::stop_source source;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            source.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(connector()->connect(host(), source.get_token()).error().code,
                 ErrorCode::Cancelled);
        QVERIFY(timer.elapsed() < 1500);
    }

    void frozenInTheHandshake() {
        // The banner comes, then nothing.
        line_->setRate(200);
        SshLimits limits;
        limits.connect = std::chrono::milliseconds(700);
        QCOMPARE(connector(limits)->connect(host(), {}).error().code, ErrorCode::SshStalled);
    }

    void cutAtEveryPointOfConnecting() {
        // A line that breaks before the login is tried again; later it is a lost connection.
        for (const uint64_t bytes : {1, 20, 200, 1200, 1500, 1700, 1900, 2100, 2300, 2500}) {
            line_->cutAfter(bytes);
            const auto result = connector()->connect(host(), {});
            line_->cutAfter(1U << 30U);
            if (!result)
                QCOMPARE(result.error().code, ErrorCode::SshConnectionLost);
            else
                QVERIFY((*result)->run(script("exit 0"), {}, {}).has_value());
        }
    }

    void cutWhileRunning() {
        auto host1 = connector()->connect(host(), {});
        QVERIFY(host1.has_value());
        std::jthread cutter([this] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            line_->cut();
        });
        QCOMPARE((*host1)->run(script("sleep 20"), {}, {}).error().code,
                 ErrorCode::SshConnectionLost);
    }

    void scriptThatArrivedInPartDoesNotRun() {
        auto host1 = connector()->connect(host(), {});
        const std::string mark = folder_ + "/ran";
        const std::string text = "touch " + mark + "\n" + std::string(300'000, '#') + "\n";
        line_->cutAfter(100'000);
        QCOMPARE((*host1)->run(script(text), {}, {}).error().code, ErrorCode::SshConnectionLost);
        QTRY_VERIFY(sshd_->sessions().empty());
        QVERIFY(!QFile::exists(QString::fromStdString(mark)));
    }

    void frozenWhileRunningIsAStall() {
        auto host1 = connector()->connect(host(), {});
        line_->freeze(true);
        Command command;
        command.script = "echo x";
        command.stall = std::chrono::milliseconds(300);
        QCOMPARE((*host1)->run(command, {}, {}).error().code, ErrorCode::SshStalled);
    }

    void uploadThatIsCutGoesOn_data() {
        QTest::addColumn<int>("bytes");
        for (const int bytes : {1000, 100'000, 5'000'000, 15'000'000, 23'900'000, 24'020'000})
            QTest::newRow(qPrintable(QString::number(bytes))) << bytes;
    }

    void uploadThatIsCutGoesOn() {
        QFETCH(int, bytes);
        const Upload upload = makeUpload(24'000'000);
        auto host1 = connector()->connect(host(), {});
        QVERIFY(host1.has_value());
        line_->cutAfter(static_cast<uint64_t>(bytes));
        const auto first = (*host1)->put(upload, {}, {});
        QVERIFY(!first.has_value());
        QCOMPARE(first.error().code, ErrorCode::SshConnectionLost);
        auto host2 = connector()->connect(host(), {});
        QVERIFY(host2.has_value());
        const auto second = (*host2)->put(upload, {}, {});
        QVERIFY(second.has_value());
        QVERIFY(arrived(upload));
        const uint64_t needed = upload.size - std::min<uint64_t>(upload.size, bytes);
        QVERIFY2(second->sentBytes <= needed + (4U << 20U),
                 qPrintable(QString::number(second->sentBytes)));
    }

    void halfOpenUploadGoesOnBesideTheOldWriter() {
        // The old connection is not known to be dead on the server when the new one begins.
        const Upload upload = makeUpload(24'000'000);
        auto host1 = connector()->connect(host(), {});
        std::stop_source stop;
        const auto progress = [&](uint64_t bytes, uint64_t) {
            if (bytes > 8'000'000) {
                for (const pid_t session : sshd_->sessions())
                    ::kill(session, SIGSTOP);
                stop.request_stop();
            }
        };
        QCOMPARE((*host1)->put(upload, progress, stop.get_token()).error().code,
                 ErrorCode::Cancelled);
        const std::vector<pid_t> old = sshd_->sessions();
        auto host2 = connector()->connect(host(), {});
        QVERIFY(host2.has_value());
        const auto half = [&](uint64_t, uint64_t) {
            for (const pid_t session : old)
                ::kill(session, SIGCONT);
        };
        const auto second = (*host2)->put(upload, half, {});
        QVERIFY(second.has_value());
        QVERIFY(arrived(upload));
    }

    void slowLineTakesFourStreams() {
        line_->setDelay(std::chrono::milliseconds(25));
        const Upload upload = makeUpload(30'000'000);
        auto host1 = connector()->connect(host(), {});
        QVERIFY(host1.has_value());
        const int before = line_->connections();
        const auto result = (*host1)->put(upload, {}, {});
        if (!result)
            qWarning() << codeName(result.error().code).data() << result.error().detail.c_str();
        QVERIFY(result.has_value());
        QCOMPARE(result->sentBytes, upload.size);
        QCOMPARE(line_->connections() - before, 3);
        QVERIFY(arrived(upload));
    }

    void slowLineCutAndResumed() {
        line_->setDelay(std::chrono::milliseconds(25));
        const Upload upload = makeUpload(60'000'000);
        auto host1 = connector()->connect(host(), {});
        QVERIFY(host1.has_value());
        line_->cutAfter(40'000'000);
        QVERIFY(!(*host1)->put(upload, {}, {}).has_value());
        QTRY_VERIFY(sshd_->sessions().empty());
        // What a busy machine still had in its sockets when the line was cut is lost.
        const uint64_t there = bytesThere();
        QVERIFY(there > 10'000'000 && there <= 40'000'000);
        auto host2 = connector()->connect(host(), {});
        QVERIFY(host2.has_value());
        const auto second = (*host2)->put(upload, {}, {});
        QVERIFY(second.has_value());
        QVERIFY(arrived(upload));
        QVERIFY2(
            second->sentBytes <= upload.size - there + (4U << 20U),
            qPrintable(
                QString("%1 of %2 beside %3").arg(second->sentBytes).arg(upload.size).arg(there)));
    }

    void manyAtOnceThroughFewPlaces() {
        sshd_ = std::make_unique<TestSshd>("MaxStartups 3:30:6");
        line_ = std::make_unique<TcpProxy>(sshd_->port());
        const auto all = connector();
        std::atomic<int> connected = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 24; ++i)
                threads.emplace_back([&] {
                    if (all->connect(host(), {}).has_value())
                        ++connected;
                });
        }
        QCOMPARE(connected.load(), 24);
        QVERIFY(sshd_->log().contains("MaxStartups"));
    }

    void fewHandshakesAtOnce() {
        SshLimits limits;
        limits.connectionsAtOnce = 2;
        limits.connect = std::chrono::milliseconds(500);
        line_->freeze(true);
        const auto all = connector(limits);
        std::vector<std::jthread> threads;
        for (int i = 0; i < 6; ++i)
            threads.emplace_back([&] { Q_UNUSED(all->connect(host(), {})); });
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
        QCOMPARE(line_->connections(), 2);
    }
};

QTEST_GUILESS_MAIN(TestRealSshFaults)
#include "tst_real_ssh_faults.moc"
