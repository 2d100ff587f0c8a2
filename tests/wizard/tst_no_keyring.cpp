#include <QTest>

#include "vault_scene.h"

using namespace wizard;

/// A desktop without a message bus: the passphrase is asked each time and written nowhere.
class NoKeyringTest : public QObject {
    Q_OBJECT
    QTemporaryDir home_;
    std::optional<deploy::Product> product_;
    const QString passphrase_ = QStringLiteral("canary-N0 passphrase");

private Q_SLOTS:
    void initTestCase() {
        for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"})
            qputenv(name, home_.path().toLocal8Bit());
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
        auto loaded = deploy::Product::load();
        QVERIFY(loaded.has_value());
        product_ = std::move(*loaded);
    }

    void askingEachTimeWorks() {
        VaultScene scene(*product_);
        QVERIFY(scene.made);
        scene.open();
        QVERIFY(!scene.panel.empty());
        scene.answer(passphrase_, true, VaultKeyring::built());
        QTRY_VERIFY_WITH_TIMEOUT(scene.vault != nullptr, 20000);
        QVERIFY(scene.vault->save().has_value());
        if (VaultKeyring::built()) {
            QTRY_COMPARE_WITH_TIMEOUT(
                scene.question(),
                QStringLiteral("The desktop's keyring did not take the passphrase"), 20000);
            scene.click();
        }
        scene.open();
        QTRY_COMPARE_WITH_TIMEOUT(scene.question(),
                                  QStringLiteral("Passphrase of the project's vault"), 10000);
        scene.answer(passphrase_, false, false);
        QTRY_VERIFY_WITH_TIMEOUT(scene.vault != nullptr, 20000);
        QCOMPARE(filesWith(home_.path(), passphrase_.toUtf8()), QStringList());
        QCOMPARE(filesWith(scene.folder.path(), passphrase_.toUtf8()), QStringList());
    }

    void aPersonMaySayNo() {
        VaultScene scene(*product_);
        scene.open();
        scene.find<QPushButton>("questionChoice1")->click();
        QVERIFY(scene.panel.empty());
        QVERIFY(scene.vault == nullptr);
    }
};

QTEST_MAIN(NoKeyringTest)
#include "tst_no_keyring.moc"
