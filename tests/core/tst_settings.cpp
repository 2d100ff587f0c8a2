#include <QTest>

#include "plan/settings.h"

using namespace deploy;

/// What a person may type into the settings, and what is refused before any plan is made of it.
class TestSettings : public QObject {
    Q_OBJECT
private slots:
    void defaultsAreUsable() { QVERIFY(validateSettings(Settings{}).has_value()); }

    void folders_data() {
        QTest::addColumn<QByteArray>("folder");
        QTest::addColumn<bool>("good");
        for (const char* good : {"/data", "/srv/finclip-1_2", "/mnt/disk.1/x"})
            QTest::newRow(good) << QByteArray(good) << true;
        for (const char* bad : {"", "data", "/", "/a/../b", "/a//b", "/a/", "/a b", "/a:b",
                                "/$(id)", "/a\nb", "/opt/finclip", "/opt/finclip/data", "/opt"})
            QTest::newRow(bad) << QByteArray(bad) << false;
    }

    void folders() {
        QFETCH(QByteArray, folder);
        QFETCH(bool, good);
        Settings settings;
        settings.dataDirectory = folder.toStdString();
        const auto valid = validateSettings(settings);
        QCOMPARE(valid.has_value(), good);
        if (!good)
            QCOMPARE(valid.error().code, ErrorCode::ValueInvalid);
    }

    void fieldsAreNamed() {
        Settings settings;
        settings.entryAddress = "-oProxy";
        QCOMPARE(validateSettings(settings).error().where, std::string("entry_address"));
        settings = {};
        settings.entryPort = 0;
        QCOMPARE(validateSettings(settings).error().where, std::string("entry_port"));
        settings = {};
        settings.adminAccount = "a b";
        QCOMPARE(validateSettings(settings).error().where, std::string("admin_account"));
        settings = {};
        settings.entryAddress = "mini.example.com";
        settings.adminAccount = "运维";
        QVERIFY(validateSettings(settings).has_value());
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
