#include <sys/stat.h>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "base/file.h"
#include "remote/known_hosts.h"

using namespace deploy;

namespace {

HostKey makeKey(const QTemporaryDir& folder, const QString& name, const QString& type) {
    const QString path = folder.filePath(name);
    QProcess::execute("ssh-keygen", {"-q", "-t", type, "-N", "", "-f", path});
    QFile file(path + ".pub");
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> parts = file.readAll().split(' ');
    return {parts.value(0).toStdString(), parts.value(1).toStdString()};
}

}  // namespace

class TestKnownHosts : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    HostKey one_;
    HostKey two_;
    HostKey ecdsa_;

    std::filesystem::path write(const std::string& text) {
        std::filesystem::path path = folder_.filePath("known_hosts").toStdString();
        Q_UNUSED(writeFileAtomically(path, text));
        return path;
    }

private slots:
    void initTestCase() {
        one_ = makeKey(folder_, "one", "ed25519");
        two_ = makeKey(folder_, "two", "ed25519");
        ecdsa_ = makeKey(folder_, "three", "ecdsa");
        QCOMPARE(one_.type, std::string("ssh-ed25519"));
        QCOMPARE(ecdsa_.type, std::string("ecdsa-sha2-nistp256"));
    }

    void fingerprintIsAsOpenSshPrintsIt() {
        QProcess process;
        process.start("ssh-keygen", {"-l", "-f", folder_.filePath("one.pub")});
        QVERIFY(process.waitForFinished());
        const QList<QByteArray> parts = process.readAllStandardOutput().split(' ');
        QCOMPARE(one_.fingerprint(), parts.value(1).toStdString());
    }

    void missingFileIsEmpty() {
        const auto hosts = KnownHosts::load(folder_.filePath("absent").toStdString());
        QVERIFY(hosts.has_value());
        QCOMPARE(hosts->check("10.0.0.1", 22, one_), HostKeyState::Unknown);
    }

    void states() {
        const auto hosts = KnownHosts::load(
            write("# comment\n\n10.0.0.1 " + one_.type + " " + one_.base64 + " laptop\n" +
                  "[10.0.0.1]:2222 " + ecdsa_.type + " " + ecdsa_.base64 + "\n" + "[fe80::1]:22 " +
                  two_.type + " " + two_.base64 + "\n"));
        QVERIFY(hosts.has_value());
        QCOMPARE(hosts->check("10.0.0.1", 22, one_), HostKeyState::Known);
        QCOMPARE(hosts->check("10.0.0.1", 22, two_), HostKeyState::Changed);
        QCOMPARE(hosts->check("10.0.0.1", 22, ecdsa_), HostKeyState::OtherType);
        QCOMPARE(hosts->check("10.0.0.1", 2222, ecdsa_), HostKeyState::Known);
        QCOMPARE(hosts->check("10.0.0.1", 2222, one_), HostKeyState::OtherType);
        QCOMPARE(hosts->check("10.0.0.1", 23, one_), HostKeyState::Unknown);
        QCOMPARE(hosts->check("10.0.0.2", 22, one_), HostKeyState::Unknown);
        QCOMPARE(hosts->check("FE80::1", 22, two_), HostKeyState::Known);
        QCOMPARE(hosts->knownTypes("10.0.0.1", 2222),
                 std::vector<std::string>{"ecdsa-sha2-nistp256"});
        QVERIFY(hosts->knownTypes("10.0.0.9", 22).empty());
    }

    void revokedWinsOverKnown() {
        const std::string key = one_.type + " " + one_.base64 + "\n";
        const auto here =
            KnownHosts::load(write("s1.example " + key + "@revoked s1.example " + key));
        QVERIFY(here.has_value());
        QCOMPARE(here->check("S1.example", 22, one_), HostKeyState::Revoked);
        QCOMPARE(here->check("s2.example", 22, one_), HostKeyState::Unknown);
        const auto everywhere = KnownHosts::load(write("@revoked * " + key));
        QVERIFY(everywhere.has_value());
        QCOMPARE(everywhere->check("s2.example", 2222, one_), HostKeyState::Revoked);
        QCOMPARE(everywhere->check("s2.example", 2222, two_), HostKeyState::Unknown);
    }

    void corruptLines_data() {
        QTest::addColumn<QString>("line");
        const QString key = QString::fromStdString(one_.type + " " + one_.base64);
        QTest::newRow("no key") << "10.0.0.1 ssh-ed25519";
        QTest::newRow("cut key") << "10.0.0.1 " + key.left(key.size() - 3);
        QTest::newRow("key cut at a base64 border") << "10.0.0.1 " + key.left(key.size() - 4);
        QTest::newRow("one word") << "garbage";
        QTest::newRow("other type inside") << "10.0.0.1 ssh-rsa " + key.section(' ', 1);
        QTest::newRow("unknown type") << "10.0.0.1 ssh-dss " + key.section(' ', 1);
        QTest::newRow("hashed") << "|1|abc=|def= " + key;
        QTest::newRow("list") << "10.0.0.1,10.0.0.2 " + key;
        QTest::newRow("pattern") << "*.example " + key;
        QTest::newRow("any address") << "* " + key;
        QTest::newRow("port zero") << "[10.0.0.1]:0 " + key;
        QTest::newRow("port too large") << "[10.0.0.1]:65536 " + key;
        QTest::newRow("port missing") << "[10.0.0.1]: " + key;
        QTest::newRow("bracket open") << "[10.0.0.1 " + key;
        QTest::newRow("authority") << "@cert-authority * " + key;
        QTest::newRow("revoked alone") << "@revoked";
        QTest::newRow("glued lines") << "10.0.0.1 " + key + "10.0.0.2 " + key.section(' ', 0, 0);
    }

    void corruptLines() {
        QFETCH(QString, line);
        const std::string good = "10.0.0.9 " + one_.type + " " + one_.base64 + "\n";
        const auto path = write(good + line.toStdString() + "\n" + good);
        const auto hosts = KnownHosts::load(path);
        QVERIFY(!hosts.has_value());
        QCOMPARE(hosts.error().code, ErrorCode::KnownHostsCorrupt);
        QCOMPARE(hosts.error().where, path.string() + ":2");
    }

    void folderInsteadOfFile() {
        const auto hosts = KnownHosts::load(folder_.path().toStdString());
        QVERIFY(!hosts.has_value());
        QCOMPARE(hosts.error().code, ErrorCode::FileUnreadable);
    }

    void everyCutOfAFileIsReadOrRefused() {
        const std::string text = "[10.0.0.1]:2222 " + one_.type + " " + one_.base64 + "\n" +
                                 "10.0.0.2 " + ecdsa_.type + " " + ecdsa_.base64 + "\n";
        for (size_t length = 0; length < text.size(); ++length) {
            const auto hosts = KnownHosts::load(write(text.substr(0, length)));
            // A line is whole or it is an error: a shortened key is never taken for another one.
            if (hosts)
                QVERIFY(hosts->check("10.0.0.1", 2222, one_) != HostKeyState::Changed);
            else
                QCOMPARE(hosts.error().code, ErrorCode::KnownHostsCorrupt);
        }
    }

    void savedAndLoadedAgain() {
        const std::filesystem::path path = folder_.filePath("saved").toStdString();
        KnownHosts hosts = *KnownHosts::load(write("@revoked * " + two_.type + " " + two_.base64));
        hosts.add("10.0.0.1", 22, one_);
        hosts.add("10.0.0.1", 22, one_);
        hosts.add("Host.example", 2222, ecdsa_);
        QVERIFY(hosts.save(path).has_value());
        const std::string text = *readFile(path, 1U << 20U);
        QCOMPARE(text, "@revoked * " + two_.type + " " + two_.base64 + "\n10.0.0.1 " + one_.type +
                           " " + one_.base64 + "\n[host.example]:2222 " + ecdsa_.type + " " +
                           ecdsa_.base64 + "\n");
        struct stat status {};
        QCOMPARE(::stat(path.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);

        auto again = KnownHosts::load(path);
        QVERIFY(again.has_value());
        QCOMPARE(again->check("10.0.0.1", 22, one_), HostKeyState::Known);
        QCOMPARE(again->check("host.example", 2222, two_), HostKeyState::Revoked);
        again->remove("10.0.0.1", 22);
        again->remove("host.example", 2222);
        QCOMPARE(again->check("10.0.0.1", 22, one_), HostKeyState::Unknown);
        QCOMPARE(again->check("host.example", 2222, two_), HostKeyState::Revoked);
    }
};

QTEST_GUILESS_MAIN(TestKnownHosts)
#include "tst_known_hosts.moc"
