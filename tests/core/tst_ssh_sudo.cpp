#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "base/file.h"
#include "remote/ssh_connector.h"
#include "support/sshd.h"

using namespace deploy;

namespace {

/// Speaks as sudo does; what it does with a password is in the file "conduct" beside it. It records
/// how often it was asked and what it read.
constexpr const char* kSudo = R"sh(#!/bin/sh
here=${0%/*}
conduct=$(cat "$here/conduct")
echo "$*" >>"$here/calls"
prompt= silent=
while :; do
    case $1 in
        -n) silent=1; shift ;;
        -S) shift ;;
        -p) prompt=$(printf %s "$2" | sed 's/%%/%/g'); shift 2 ;;
        *) break ;;
    esac
done
case $conduct in
    silent|cached) exec "$@" ;;
    tty) echo "sudo: sorry, you must have a tty to run sudo" >&2; exit 1 ;;
    denied) [ -z "$silent" ] || { echo "sudo: a password is required" >&2; exit 1; } ;;
esac
[ -z "$silent" ] || { echo "sudo: a password is required" >&2; exit 1; }
case $conduct in lecture*) echo "We trust you have received the usual lecture." >&2 ;; esac
tries=0
while [ $tries -lt 3 ]; do
    printf %s "$prompt" >&2
    IFS= read -r password || { echo "sudo: no password was provided" >&2; exit 1; }
    echo "$password" >>"$here/passwords"
    if [ "$password" = "it's right" ]; then
        case $conduct in denied) echo "eng is not in the sudoers file." >&2; exit 1 ;; esac
        echo >&2
        exec "$@"
    fi
    tries=$((tries + 1))
    case $conduct in once) echo "sudo: 1 incorrect password attempt" >&2; exit 1 ;; esac
    echo "Sorry, try again." >&2
done
exit 1
)sh";

}  // namespace

/// How a user becomes root, with something in sudo's place that behaves in each of its ways. Real
/// sudo is asked in tst_real_ssh_lab.
class TestSshSudo : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<TestSshd> sshd_;
    std::unique_ptr<Connector> connector_;
    std::string bin_;

    std::unique_ptr<RemoteHost> connect(SudoMode mode, const std::string& conduct,
                                        const std::string& password = "it's right") {
        Q_UNUSED(writeFileAtomically(bin_ + "/conduct", conduct));
        Host host = sshd_->host();
        host.sudo = mode;
        Credentials credentials;
        credentials.servers[HostId("s1")].sudo = Secret(password);
        connector_ = makeSshConnector({{host}}, credentials, sshd_->known());
        auto connected = connector_->connect(host, {});
        return connected ? std::move(*connected) : nullptr;
    }

    /// sshd sets PATH itself, so that it is changed on the way to the shell.
    void setPath(const std::string& path) {
        sshd_ = std::make_unique<TestSshd>(
            QString("ForceCommand PATH=%1; export PATH; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"")
                .arg(QString::fromStdString(path)));
    }

    static Command script(const std::string& text, const std::string& input = {}) {
        Command command;
        command.script = text;
        command.input = input;
        command.privilege = Privilege::Root;
        command.stall = std::chrono::seconds(5);
        return command;
    }

    std::string recorded(const std::string& name) {
        return readFile(bin_ + "/" + name, 1U << 20U).value_or(std::string());
    }

private slots:
    void initTestCase() {
        if (const QString missing = TestSshd::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }

    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        bin_ = folder_->path().toStdString();
        Q_UNUSED(writeFileAtomically(bin_ + "/sudo", kSudo, 0755));
        setPath(bin_ + ":/usr/bin:/bin");
    }

    void cleanup() {
        connector_.reset();
        sshd_.reset();
        folder_.reset();
    }

    void works_data() {
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("conduct");
        QTest::addColumn<QString>("passwords");
        const int silent = static_cast<int>(SudoMode::NoPassword);
        const int password = static_cast<int>(SudoMode::Password);
        QTest::newRow("without a password") << silent << "silent"
                                            << "";
        QTest::newRow("with a password") << password << "ask"
                                         << "it's right\n";
        QTest::newRow("with a lecture") << password << "lecture"
                                        << "it's right\n";
        QTest::newRow("password not wanted") << password << "cached"
                                             << "";
    }

    void works() {
        QFETCH(int, mode);
        QFETCH(QString, conduct);
        QFETCH(QString, passwords);
        const auto host = connect(static_cast<SudoMode>(mode), conduct.toStdString());
        QVERIFY(host);
        const std::string input = "line\n" + std::string(200'000, 'x');
        const auto result = host->run(script("echo \"out\"; echo err >&2; cat", input), {}, {});
        QVERIFY2(result.has_value(), result ? "" : result.error().detail.c_str());
        // Neither the password, nor the question, nor the lecture reaches the script or its output.
        QCOMPARE(result->out, "out\n" + input);
        QCOMPARE(result->err, std::string("err\n"));
        QCOMPARE(recorded("passwords"), passwords.toStdString());
    }

    void passwordIsInNoArgument() {
        const auto host = connect(SudoMode::Password, "ask");
        QVERIFY(host->run(script("true"), {}, {}).has_value());
        QVERIFY(recorded("calls").find("right") == std::string::npos);
    }

    void wrongPasswordIsTriedOnce_data() {
        QTest::addColumn<QString>("conduct");
        QTest::newRow("asks again") << "ask";
        QTest::newRow("asks once") << "once";
    }

    void wrongPasswordIsTriedOnce() {
        QFETCH(QString, conduct);
        const auto host = connect(SudoMode::Password, conduct.toStdString(), "wrong");
        for (int i = 0; i < 3; ++i) {
            const auto result = host->run(script("true"), {}, {});
            QCOMPARE(result.error().code, ErrorCode::SudoPasswordWrong);
            QCOMPARE(result.error().where, std::string("s1"));
        }
        QCOMPARE(recorded("passwords"), std::string("wrong\n"));
        // Not on a new connection either, as long as the secret is the same.
        Host same = sshd_->host();
        same.sudo = SudoMode::Password;
        auto again = connector_->connect(same, {});
        QCOMPARE((*again)->run(script("true"), {}, {}).error().code, ErrorCode::SudoPasswordWrong);
        QCOMPARE(recorded("passwords"), std::string("wrong\n"));
        Command plain = script("echo x");
        plain.privilege = Privilege::User;
        QCOMPARE(host->run(plain, {}, {})->out, std::string("x\n"));
    }

    void refusals_data() {
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("conduct");
        QTest::addColumn<QString>("words");
        const int silent = static_cast<int>(SudoMode::NoPassword);
        const int password = static_cast<int>(SudoMode::Password);
        QTest::newRow("password needed") << silent << "ask"
                                         << "sudo: a password is required";
        QTest::newRow("tty") << silent << "tty"
                             << "sudo: sorry, you must have a tty to run sudo";
        QTest::newRow("tty with password") << password << "tty"
                                           << "sudo: sorry, you must have a tty to run sudo";
        QTest::newRow("not allowed") << password << "denied"
                                     << "eng is not in the sudoers file.";
    }

    void refusals() {
        QFETCH(int, mode);
        QFETCH(QString, conduct);
        QFETCH(QString, words);
        const auto host = connect(static_cast<SudoMode>(mode), conduct.toStdString());
        const auto result = host->run(script("true"), {}, {});
        QCOMPARE(result.error().code, ErrorCode::SudoRefused);
        QCOMPARE(result.error().detail, words.toStdString());
    }

    void noSudoThere() {
        QFile::remove(QString::fromStdString(bin_ + "/sudo"));
        setPath(bin_);
        const auto host = connect(SudoMode::NoPassword, "");
        QCOMPARE(host->run(script("true"), {}, {}).error().code, ErrorCode::SudoRefused);
    }

    void missingPassword() {
        const auto host = connect(SudoMode::Password, "ask", "");
        QCOMPARE(host->run(script("true"), {}, {}).error().code, ErrorCode::CredentialMissing);
        QCOMPARE(recorded("passwords"), std::string());
    }

    void passwordWithALineBreakIsRefusedHere() {
        const auto host = connect(SudoMode::Password, "ask", "a\nb");
        QCOMPARE(host->run(script("true"), {}, {}).error().code, ErrorCode::ValueInvalid);
        QCOMPARE(recorded("passwords"), std::string());
    }
};

QTEST_GUILESS_MAIN(TestSshSudo)
#include "tst_ssh_sudo.moc"
