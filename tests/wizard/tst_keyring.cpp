#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "vault_scene.h"

using namespace wizard;

/// A real Secret Service (gnome-keyring on a message bus of its own) keeps a vault's passphrase.
class KeyringTest : public QObject {
    Q_OBJECT
    QTemporaryDir home_;
    QProcess bus_;
    QProcess service_;
    std::optional<deploy::Product> product_;
    const QString passphrase_ = QStringLiteral("canary-Kr9 passphrase");

    std::optional<QString> keep(VaultKeyring& keyring, const std::string& project) {
        std::optional<QString> told;
        keyring.keep(project, deploy::Secret(passphrase_.toStdString()),
                     [&](const QString& problem) { told = problem; });
        (void)QTest::qWaitFor([&] { return told.has_value(); }, 10000);
        return told;
    }
    std::optional<deploy::Secret> read(VaultKeyring& keyring, const std::string& project) {
        std::optional<deploy::Secret> told;
        keyring.read(project, [&](const deploy::Secret& found) { told = found; });
        (void)QTest::qWaitFor([&] { return told.has_value(); }, 10000);
        return told;
    }

    /// Asks the bus, which does not start anything for that.
    static bool serviceIsThere() {
        QProcess ask;
        ask.start(QStringLiteral("dbus-send"),
                  {QStringLiteral("--session"), QStringLiteral("--print-reply=literal"),
                   QStringLiteral("--dest=org.freedesktop.DBus"), QStringLiteral("/"),
                   QStringLiteral("org.freedesktop.DBus.NameHasOwner"),
                   QStringLiteral("string:org.freedesktop.secrets")});
        return ask.waitForFinished(10000) && ask.readAllStandardOutput().contains("true");
    }

private Q_SLOTS:
    void initTestCase() {
        if (!VaultKeyring::built())
            QSKIP("needs QtKeychain (qtkeychain-qt6-dev)");
        for (const char* program : {"dbus-daemon", "dbus-send", "gnome-keyring-daemon"})
            if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
                QSKIP("needs dbus and gnome-keyring");
        const QByteArray home = home_.path().toLocal8Bit();
        for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"})
            qputenv(name, home);
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP"})
            qunsetenv(name);
        bus_.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--session"), QStringLiteral("--nofork"),
                    QStringLiteral("--print-address")});
        QVERIFY(bus_.waitForReadyRead(10000));
        qputenv("DBUS_SESSION_BUS_ADDRESS", bus_.readLine().trimmed());
        service_.start(QStringLiteral("gnome-keyring-daemon"),
                       {QStringLiteral("--foreground"), QStringLiteral("--components=secrets"),
                        QStringLiteral("--unlock")});
        QVERIFY(service_.waitForStarted());
        service_.write("the desktop's own password");
        service_.closeWriteChannel();
        // Whoever asks before would have the bus start another one, which stays locked.
        QTRY_VERIFY_WITH_TIMEOUT(serviceIsThere(), 60000);
        auto loaded = deploy::Product::load();
        QVERIFY(loaded.has_value());
        product_ = std::move(*loaded);
        VaultKeyring keyring;
        QTRY_COMPARE_WITH_TIMEOUT(keep(keyring, "first").value_or(QStringLiteral("silence")),
                                  QString(), 20000);
    }
    void cleanupTestCase() {
        for (QProcess* process : {&service_, &bus_}) {
            process->terminate();
            process->waitForFinished(5000);
        }
    }

    void keepsReadsAndForgets() {
        VaultKeyring keyring;
        QCOMPARE(keep(keyring, "a"), QString());
        QCOMPARE(read(keyring, "a")->reveal(), passphrase_.toStdString());
        QVERIFY(read(keyring, "another project")->empty());
        keyring.forget("a");
        QTRY_VERIFY(read(keyring, "a")->empty());
    }

    void aTickKeepsItAndTheNextStartAsksNothing() {
        VaultScene scene(*product_);
        QVERIFY(scene.made);
        scene.open();
        QVERIFY2(scene.question().startsWith(QStringLiteral("Choose")),
                 qPrintable(scene.question()));
        scene.answer(passphrase_, true, true);
        QTRY_VERIFY_WITH_TIMEOUT(scene.vault != nullptr, 20000);
        QVERIFY(scene.vault->save().has_value());
        VaultKeyring keyring;
        QTRY_VERIFY(!read(keyring, scene.draft.content().id)->empty());

        scene.open();
        QTRY_VERIFY_WITH_TIMEOUT(scene.vault != nullptr, 20000);
        QVERIFY(scene.panel.empty());
        QCOMPARE(filesWith(home_.path(), passphrase_.toUtf8()), QStringList());
        QCOMPARE(filesWith(scene.folder.path(), passphrase_.toUtf8()), QStringList());
    }

    void withoutTheTickItIsAskedEachTime() {
        VaultScene scene(*product_);
        scene.open();
        scene.answer(passphrase_, true, false);
        QTRY_VERIFY_WITH_TIMEOUT(scene.vault != nullptr, 20000);
        QVERIFY(scene.vault->save().has_value());
        scene.open();
        QTRY_COMPARE_WITH_TIMEOUT(scene.question(),
                                  QStringLiteral("Passphrase of the project's vault"), 5000);
        scene.answer(QStringLiteral("wrong"), false, false);
        QTRY_VERIFY_WITH_TIMEOUT(!scene.panel.empty(), 20000);
        scene.answer(passphrase_, false, false);
        QTRY_VERIFY_WITH_TIMEOUT(scene.vault != nullptr, 20000);
    }

    /// Last: nobody unlocks it again.
    void aLockedKeyringHoldsNobodyUp() {
        VaultScene scene(*product_);
        scene.open();
        scene.answer(passphrase_, true, true);
        QTRY_VERIFY_WITH_TIMEOUT(scene.vault != nullptr, 20000);
        QVERIFY(scene.vault->save().has_value());
        QCOMPARE(QProcess::execute(
                     QStringLiteral("dbus-send"),
                     {QStringLiteral("--session"), QStringLiteral("--print-reply=literal"),
                      QStringLiteral("--dest=org.freedesktop.secrets"),
                      QStringLiteral("/org/freedesktop/secrets"),
                      QStringLiteral("org.freedesktop.Secret.Service.Lock"),
                      QStringLiteral("array:objpath:/org/freedesktop/secrets/collection/login")}),
                 0);
        scene.open();
        QTRY_COMPARE_WITH_TIMEOUT(scene.question(),
                                  QStringLiteral("Passphrase of the project's vault"), 10000);
        scene.answer(passphrase_, false, false);
        QTRY_VERIFY_WITH_TIMEOUT(scene.vault != nullptr, 20000);
    }
};

QTEST_MAIN(KeyringTest)
#include "tst_keyring.moc"
