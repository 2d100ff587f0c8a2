#include <libssh/server.h>

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>
#include <thread>

#include "remote/ssh_connector.h"
#include "support/fake_ssh_server.h"
#include "support/sshd.h"

using namespace deploy;

namespace {

Credentials secret(const std::string& password, const std::string& passphrase = {}) {
    Credentials credentials;
    credentials.servers[HostId("s1")] = {Secret(password), Secret(passphrase), Secret()};
    return credentials;
}

using Secrets = std::vector<std::string>;

}  // namespace

/// Who we talk to, and how we prove who we are.
class TestSshLogin : public QObject {
    Q_OBJECT

    std::unique_ptr<TestSshd> sshd_;

    ErrorCode connectCode(const Host& host, const Credentials& credentials,
                          const KnownHosts& known) {
        const auto result = makeSshConnector({{host}}, credentials, known)->connect(host, {});
        return result ? ErrorCode::Internal : result.error().code;
    }

private slots:
    void initTestCase() {
        if (const QString missing = TestSshd::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }

    void init() { sshd_ = std::make_unique<TestSshd>(); }
    void cleanup() { sshd_.reset(); }

    void unknownHostKeyIsAQuestion() {
        const auto result = makeSshConnector({{sshd_->host()}}, {}, {})->connect(sshd_->host(), {});
        QCOMPARE(result.error().code, ErrorCode::SshHostKeyUnknown);
        QCOMPARE(result.error().where, std::string("s1"));
        const HostKey key = sshd_->hostKey();
        QCOMPARE(result.error().args.at("fingerprint"), key.fingerprint());
        QCOMPARE(result.error().args.at("key_type"), key.type);
        QCOMPARE(result.error().args.at("public_key"), key.type + " " + key.base64);
        QVERIFY(!sshd_->log().contains("Accepted"));
    }

    void changedHostKeyStopsBeforeAuthentication() {
        const KnownHosts before = sshd_->known();
        sshd_->replaceHostKey("ed25519");
        QCOMPARE(connectCode(sshd_->host(), {}, before), ErrorCode::SshHostKeyChanged);
        QVERIFY(!sshd_->log().contains("Accepted"));
    }

    void hostKeyOfAnotherTypeStops() {
        const KnownHosts before = sshd_->known();
        sshd_->replaceHostKey("ecdsa");
        QCOMPARE(connectCode(sshd_->host(), {}, before), ErrorCode::SshHostKeyOtherType);
        QVERIFY(!sshd_->log().contains("Accepted"));
    }

    void revokedHostKeyStops() {
        const std::filesystem::path path = (sshd_->folder() + "/known_hosts").toStdString();
        const HostKey key = sshd_->hostKey();
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(("@revoked * " + key.type + " " + key.base64 + "\n").c_str());
        file.close();
        QCOMPARE(connectCode(sshd_->host(), {}, *KnownHosts::load(path)),
                 ErrorCode::SshHostKeyRevoked);
    }

    void everyHostKeyType_data() {
        QTest::addColumn<QString>("type");
        for (const char* type : {"ed25519", "ecdsa", "rsa"})
            QTest::newRow(type) << type;
    }

    void everyHostKeyType() {
        QFETCH(QString, type);
        sshd_->replaceHostKey(type);
        QCOMPARE(connectCode(sshd_->host(), {}, sshd_->known()), ErrorCode::Internal);
    }

    void knownTypeIsAskedFor() {
        // The server has a second key of a type that would win without being asked.
        sshd_->replaceHostKey("rsa");
        const KnownHosts known = sshd_->known();
        const QString second = sshd_->folder() + "/second";
        QProcess::execute("ssh-keygen", {"-q", "-t", "ed25519", "-N", "", "-f", second});
        sshd_->addConfig("HostKey " + second);
        QCOMPARE(connectCode(sshd_->host(), {}, known), ErrorCode::Internal);
        QCOMPARE(connectCode(sshd_->host(), {}, {}), ErrorCode::SshHostKeyUnknown);
    }

    void keyWithPassphrase() {
        Host host = sshd_->host();
        host.keyFile = sshd_->addClientKey("open sesame").toStdString();
        QCOMPARE(connectCode(host, secret("", "open sesame"), sshd_->known()), ErrorCode::Internal);
        QCOMPARE(connectCode(host, secret("", "wrong"), sshd_->known()), ErrorCode::SshKeyUnusable);
        QCOMPARE(connectCode(host, {}, sshd_->known()), ErrorCode::SshKeyUnusable);
        host.keyFile = "/nowhere/key";
        QCOMPARE(connectCode(host, {}, sshd_->known()), ErrorCode::SshKeyUnusable);
    }

    void keyThatIsNotTaken() {
        Host host = sshd_->host();
        QProcess::execute("ssh-keygen",
                          {"-q", "-t", "ed25519", "-N", "", "-f", sshd_->folder() + "/stranger"});
        host.keyFile = (sshd_->folder() + "/stranger").toStdString();
        const auto result = makeSshConnector({{host}}, {}, sshd_->known())->connect(host, {});
        QCOMPARE(result.error().code, ErrorCode::SshAuthFailed);
        QCOMPARE(result.error().args.at("methods"), std::string("publickey"));
        QCOMPARE(result.error().args.at("user"), host.user);
    }

    void agent() {
        Host host = sshd_->host();
        host.auth = AuthMethod::Agent;
        host.keyFile.clear();
        qunsetenv("SSH_AUTH_SOCK");
        QCOMPARE(connectCode(host, {}, sshd_->known()), ErrorCode::SshAuthFailed);
        const QString socket = sshd_->folder() + "/agent";
        QProcess process;
        process.start("ssh-agent", {"-D", "-a", socket});
        QTRY_VERIFY(QFile::exists(socket));
        qputenv("SSH_AUTH_SOCK", socket.toUtf8());
        QCOMPARE(connectCode(host, {}, sshd_->known()), ErrorCode::SshAuthFailed);
        QProcess::execute("ssh-add", {"-q", sshd_->clientKey()});
        QCOMPARE(connectCode(host, {}, sshd_->known()), ErrorCode::Internal);
        qunsetenv("SSH_AUTH_SOCK");
        process.terminate();
        process.waitForFinished();
    }

    void password() {
        FakeSshServer server({});
        QCOMPARE(connectCode(server.host(), secret("right"), server.known()), ErrorCode::Internal);
        QCOMPARE(server.secrets(), Secrets{"right"});
    }

    void missingPasswordSendsNothing() {
        FakeSshServer server({});
        QCOMPARE(connectCode(server.host(), {}, server.known()), ErrorCode::CredentialMissing);
        QVERIFY(server.secrets().empty());
    }

    void wrongPasswordIsTriedOnce() {
        FakeSshServer::Conduct conduct;
        conduct.methods = SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_INTERACTIVE;
        FakeSshServer server(conduct);
        const auto connector = makeSshConnector({{server.host()}}, secret("wrong"), server.known());
        for (int i = 0; i < 3; ++i) {
            const auto result = connector->connect(server.host(), {});
            QCOMPARE(result.error().code, ErrorCode::SshAuthFailed);
            QCOMPARE(result.error().where, std::string("s1"));
        }
        QCOMPARE(server.secrets(), Secrets{"wrong"});
    }

    void unknownServerGetsNoPassword() {
        FakeSshServer server({});
        QCOMPARE(connectCode(server.host(), secret("right"), {}), ErrorCode::SshHostKeyUnknown);
        QVERIFY(server.secrets().empty());
    }

    void questionsAreAnsweredFromThePassword() {
        FakeSshServer::Conduct conduct;
        conduct.methods = SSH_AUTH_METHOD_INTERACTIVE;
        FakeSshServer server(conduct);
        QCOMPARE(connectCode(server.host(), secret("right"), server.known()), ErrorCode::Internal);
        QCOMPARE(server.secrets(), Secrets{"right"});
    }

    void questionAskedAgainIsNotAnsweredAgain() {
        FakeSshServer::Conduct conduct;
        conduct.methods = SSH_AUTH_METHOD_INTERACTIVE;
        conduct.asksAgain = true;
        FakeSshServer server(conduct);
        QCOMPARE(connectCode(server.host(), secret("wrong"), server.known()),
                 ErrorCode::SshAuthFailed);
        QCOMPARE(server.secrets(), Secrets{"wrong"});
    }

    void questionForSomethingElseGetsNoPassword_data() {
        QTest::addColumn<bool>("echo");
        QTest::addColumn<int>("count");
        QTest::newRow("shown answer") << true << 1;
        QTest::newRow("two questions") << false << 2;
    }

    void questionForSomethingElseGetsNoPassword() {
        QFETCH(bool, echo);
        QFETCH(int, count);
        FakeSshServer::Conduct conduct;
        conduct.methods = SSH_AUTH_METHOD_INTERACTIVE;
        conduct.rounds = {std::vector<FakeSshServer::Question>(
            static_cast<size_t>(count), FakeSshServer::Question{"Token: ", echo})};
        FakeSshServer server(conduct);
        const auto result = makeSshConnector({{server.host()}}, secret("right"), server.known())
                                ->connect(server.host(), {});
        QCOMPARE(result.error().code, ErrorCode::SshAuthFailed);
        QCOMPARE(result.error().detail, std::string("Token: "));
        QVERIFY(server.secrets().empty());
    }

    void secondFactorIsSaidNotGuessed() {
        FakeSshServer::Conduct conduct;
        conduct.methods = SSH_AUTH_METHOD_INTERACTIVE;
        conduct.rounds = {{{"Password: ", false}}, {{"One-time code: ", false}}};
        FakeSshServer server(conduct);
        const auto result = makeSshConnector({{server.host()}}, secret("right"), server.known())
                                ->connect(server.host(), {});
        QCOMPARE(result.error().code, ErrorCode::SshAuthFailed);
        QCOMPARE(result.error().detail, std::string("One-time code: "));
        QCOMPARE(server.secrets(), Secrets{"right"});
    }

    void statusWithoutTheScriptHavingRunIsNoSuccess() {
        FakeSshServer::Conduct conduct;
        conduct.onExec = [](ssh_session, ssh_channel channel, const std::string&) {
            ssh_channel_write(channel, "all fine\n", 9);
            ssh_channel_request_send_exit_status(channel, 0);
            ssh_channel_close(channel);
        };
        FakeSshServer server(conduct);
        auto host = makeSshConnector({{server.host()}}, secret("right"), server.known())
                        ->connect(server.host(), {});
        QVERIFY(host.has_value());
        Command command;
        command.script = "true";
        QCOMPARE((*host)->run(command, {}, {}).error().code, ErrorCode::RemoteCommandFailed);
        command.privilege = Privilege::Root;
        QCOMPARE((*host)->run(command, {}, {}).error().code, ErrorCode::RemoteCommandFailed);
    }

    void endWithoutStatusIsLost() {
        FakeSshServer::Conduct conduct;
        conduct.onExec = [](ssh_session, ssh_channel channel, const std::string&) {
            ssh_channel_close(channel);
        };
        FakeSshServer server(conduct);
        auto host = makeSshConnector({{server.host()}}, secret("right"), server.known())
                        ->connect(server.host(), {});
        Command command;
        command.script = "true";
        QCOMPARE((*host)->run(command, {}, {}).error().code, ErrorCode::SshConnectionLost);
    }

    void channelsThatAServerOpensAreRefused() {
        std::atomic<int> opened = 0;
        FakeSshServer::Conduct conduct;
        conduct.onExec = [&](ssh_session session, ssh_channel channel, const std::string&) {
            for (int i = 0; i < 20; ++i) {
                ssh_channel ours = ssh_channel_new(session);
                if (ssh_channel_open_x11(ours, "127.0.0.1", 1) == SSH_OK)
                    ++opened;
                if (ssh_channel_open_auth_agent(ssh_channel_new(session)) == SSH_OK)
                    ++opened;
            }
            ssh_channel_request_send_exit_status(channel, 0);
            ssh_channel_close(channel);
        };
        FakeSshServer server(conduct);
        auto host = makeSshConnector({{server.host()}}, secret("right"), server.known())
                        ->connect(server.host(), {});
        Command command;
        command.script = "true";
        QVERIFY(!(*host)->run(command, {}, {}).has_value());
        QCOMPARE(opened.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSshLogin)
#include "tst_ssh_login.moc"
