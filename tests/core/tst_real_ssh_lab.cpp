#include <unistd.h>

#include <QProcess>
#include <QTemporaryFile>
#include <QTest>

#include "remote/ssh_connector.h"

using namespace deploy;

namespace {

constexpr const char* kNet = "10.77.5";
constexpr const char* kAddress = "10.77.5.11";

/// Runs the lab of this test alone, beside any other.
QByteArray lab(const QStringList& arguments, int* status = nullptr) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("FINCLIP_LAB_NET", kNet);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(SOURCE_ROOT "/tests/lab/lab.sh", arguments);
    process.waitForFinished(900'000);
    if (status != nullptr)
        *status = process.exitCode();
    return process.readAll();
}

}  // namespace

/// A real server with systemd, PAM and sudo: every way to become root, and every way to fail.
class TestRealSshLab : public QObject {
    Q_OBJECT

    KnownHosts known_;
    std::unique_ptr<Connector> connector_;

    Result<std::unique_ptr<RemoteHost>> connect(const std::string& user, SudoMode sudo,
                                                const std::string& sudoPassword = {}) {
        Host host;
        host.name = HostId("s1");
        host.address = kAddress;
        host.user = user;
        host.sudo = sudo;
        Credentials credentials;
        credentials.servers[host.name] = {Secret(user + "-Pass'1 word"), Secret(),
                                          Secret(sudoPassword)};
        connector_ = makeSshConnector({{host}}, credentials, known_);
        return connector_->connect(host, {});
    }

    static Command asRoot(const std::string& script, const std::string& input = {}) {
        Command command;
        command.script = script;
        command.input = input;
        command.privilege = Privilege::Root;
        return command;
    }

    /// What stands in a file of sudo's own until the test case ends.
    void setSudoers(const QString& line) {
        lab({"shell", "s1", "sh", "-c",
             "umask 227; printf '%s\\n' \"" + line + "\" >/etc/sudoers.d/zz-test"});
    }

private slots:
    void initTestCase() {
        if (::getuid() != 0)
            QSKIP("needs root: the lab's servers are containers");
        int status = 0;
        const QByteArray said = lab({"up", "1"}, &status);
        if (status != 0)
            QSKIP(said + "the lab cannot run here");
        // The first contact is where the host key comes from, as with a person who says yes.
        const auto first = connect("eng", SudoMode::None);
        QCOMPARE(first.error().code, ErrorCode::SshHostKeyUnknown);
        const QString key = QString::fromStdString(first.error().args.at("public_key"));
        known_.add(kAddress, 22,
                   {key.section(' ', 0, 0).toStdString(), key.section(' ', 1, 1).toStdString()});
    }

    void cleanup() {
        lab({"shell", "s1", "sh", "-c", "rm -f /etc/sudoers.d/zz-test; rm -rf /run/sudo/ts"});
    }

    void cleanupTestCase() {
        connector_.reset();
        if (::getuid() == 0)
            lab({"down"});
    }

    void works_data() {
        QTest::addColumn<QString>("user");
        QTest::addColumn<int>("sudo");
        QTest::addColumn<QString>("sudoers");
        QTest::newRow("root") << "root" << int(SudoMode::None) << "";
        QTest::newRow("nopasswd") << "nop" << int(SudoMode::NoPassword) << "";
        QTest::newRow("password") << "eng" << int(SudoMode::Password) << "";
        QTest::newRow("password not wanted") << "nop" << int(SudoMode::Password) << "";
        QTest::newRow("in a terminal of its own")
            << "eng" << int(SudoMode::Password) << "Defaults use_pty";
        QTest::newRow("lecture always")
            << "eng" << int(SudoMode::Password) << "Defaults lecture=always";
        QTest::newRow("prompt of the server's own")
            << "eng" << int(SudoMode::Password) << "Defaults passprompt=[corp]";
    }

    void works() {
        QFETCH(QString, user);
        QFETCH(int, sudo);
        QFETCH(QString, sudoers);
        setSudoers(sudoers);
        auto host = connect(user.toStdString(), static_cast<SudoMode>(sudo));
        QVERIFY2(host.has_value(), host ? "" : codeName(host.error().code).data());
        const std::string input = "first line\n" + std::string(200'000, 'x');
        for (int i = 0; i < 2; ++i) {
            // The second time sudo may remember the first, and then asks nothing.
            const auto result = (*host)->run(asRoot("id -u; echo err >&2; cat", input), {}, {});
            QVERIFY2(result.has_value(), result ? "" : result.error().detail.c_str());
            QVERIFY(result->out == "0\n" + input);
            QCOMPARE(result->err, std::string("err\n"));
            QCOMPARE(result->exitStatus, 0);
        }
        const auto failed = (*host)->run(asRoot("exit 5"), {}, {});
        QCOMPARE(failed->exitStatus, 5);
    }

    void refusals_data() {
        QTest::addColumn<QString>("user");
        QTest::addColumn<int>("sudo");
        QTest::addColumn<QString>("sudoers");
        QTest::addColumn<QString>("password");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("password needed") << "eng" << int(SudoMode::NoPassword) << ""
                                         << "" << ErrorCode::SudoRefused;
        QTest::newRow("not root") << "eng" << int(SudoMode::None) << ""
                                  << "" << ErrorCode::SudoRefused;
        QTest::newRow("not allowed") << "eng" << int(SudoMode::Password) << "eng ALL=(ALL) !ALL"
                                     << "" << ErrorCode::SudoRefused;
        QTest::newRow("needs a terminal")
            << "eng" << int(SudoMode::Password) << "Defaults requiretty"
            << "" << ErrorCode::SudoRefused;
        QTest::newRow("wrong password") << "eng" << int(SudoMode::Password) << ""
                                        << "wrong" << ErrorCode::SudoPasswordWrong;
        QTest::newRow("wrong password, one try")
            << "eng" << int(SudoMode::Password) << "Defaults passwd_tries=1"
            << "wrong" << ErrorCode::SudoPasswordWrong;
    }

    void refusals() {
        QFETCH(QString, user);
        QFETCH(int, sudo);
        QFETCH(QString, sudoers);
        QFETCH(QString, password);
        QFETCH(ErrorCode, code);
        setSudoers(sudoers);
        auto host =
            connect(user.toStdString(), static_cast<SudoMode>(sudo), password.toStdString());
        QVERIFY(host.has_value());
        const auto result = (*host)->run(asRoot("touch /tmp/ran"), {}, {});
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, code);
        QCOMPARE(result.error().where, std::string("s1"));
        int status = 0;
        lab({"shell", "s1", "test", "-e", "/tmp/ran"}, &status);
        QVERIFY(status != 0);
    }

    void wrongLoginPasswordIsTriedOnce() {
        Host host;
        host.name = HostId("s1");
        host.address = kAddress;
        host.user = "eng";
        Credentials credentials;
        credentials.servers[host.name].password = Secret("canary-wrong");
        const auto connector = makeSshConnector({{host}}, credentials, known_);
        const auto failures = [] {
            return lab({"shell", "s1", "sh", "-c",
                        "journalctl -q -u ssh -u sshd | grep -c 'Failed password'"})
                .trimmed()
                .toInt();
        };
        const int before = failures();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(connector->connect(host, {}).error().code, ErrorCode::SshAuthFailed);
        QCOMPARE(failures(), before + 1);
    }

    void passwordsLeaveNoTraceOnTheServer() {
        auto host = connect("eng", SudoMode::Password);
        QVERIFY(host.has_value());
        std::string seen;
        QVERIFY((*host)
                    ->run(asRoot("cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ | tr '\\000' '\\n'",
                                 "canary-input"),
                          {}, {})
                    .map([&](const CommandResult& result) { seen = result.out; })
                    .has_value());
        QVERIFY(seen.find("sudo") != std::string::npos);
        QVERIFY(seen.find("eng-Pass") == std::string::npos);
        QVERIFY(seen.find("canary-input") == std::string::npos);
        int status = 0;
        lab({"shell", "s1", "sh", "-c", "journalctl -q | grep -e \"eng-Pass'1\" -e canary-input"},
            &status);
        QVERIFY(status != 0);
    }

    void uploadsAsRoot() {
        auto host = connect("eng", SudoMode::Password);
        QVERIFY(host.has_value());
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("hello");
        file.close();
        Upload upload;
        upload.source = file.fileName().toStdString();
        upload.destination = "/root/hello";
        upload.sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        upload.size = 5;
        QVERIFY((*host)->put(upload, {}, {}).has_value());
        QVERIFY((*host)->put(upload, {}, {})->alreadyThere);
        QCOMPARE(*(*host)->get("/root/hello", 10, Privilege::Root, {}), std::string("hello"));
        QCOMPARE((*host)->get("/root/hello", 10, Privilege::User, {}).error().code,
                 ErrorCode::FileNotFound);
        QCOMPARE(lab({"shell", "s1", "stat", "-c", "%a %U", "/root/hello"}).trimmed(),
                 QByteArray("600 root"));
    }
};

QTEST_GUILESS_MAIN(TestRealSshLab)
#include "tst_real_ssh_lab.moc"
