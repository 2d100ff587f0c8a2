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
        for (const char* bad : {"", "data", "/a/../b", "/a//b", "/a/", "/a b", "/a:b", "/$(id)",
                                "/a\nb", "/opt/finclip", "/opt/finclip/data"})
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

    void systemFoldersAreRefused_data() {
        QTest::addColumn<QByteArray>("folder");
        QTest::addColumn<QByteArray>("system");
        const auto row = [](const char* folder, const char* system) {
            QTest::newRow(folder) << QByteArray(folder) << QByteArray(system);
        };
        row("/", "/");
        row("/etc", "/etc");
        row("/etc/finclip", "/etc");
        row("/usr/local/finclip", "/usr");
        row("/proc/1", "/proc");
        row("/tmp/finclip", "/tmp");
        row("/opt", "/opt");
        row("/var", "/var");
        row("/var/lib", "/var/lib");
        row("/var/lib/docker/finclip", "/var/lib/docker");
        row("/var/lib/finclip", "");
        row("/var/finclip", "");
        row("/home/finclip", "");
        row("/etcetera", "");
    }

    void systemFoldersAreRefused() {
        QFETCH(QByteArray, folder);
        QFETCH(QByteArray, system);
        for (const auto field : {&Settings::dataDirectory, &Settings::installDirectory}) {
            Settings settings;
            settings.*field = folder.toStdString();
            const auto valid = validateSettings(settings);
            QCOMPARE(valid.has_value(), system.isEmpty());
            if (valid)
                continue;
            QCOMPARE(valid.error().code, ErrorCode::FolderOfSystem);
            QCOMPARE(valid.error().detail, system.toStdString());
        }
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

    void clusterFields_data() {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("good");
        const auto row = [](const char* field, const char* value, bool good) {
            QTest::newRow(field + QByteArray("=") + value)
                << QByteArray(field) << QByteArray(value) << good;
        };
        row("virtual_address", "", true);
        row("virtual_address", "10.0.0.100", true);
        for (const char* bad : {"10.0.0.100/24", "10.0.0", "vip.example.com", "fe80::1"})
            row("virtual_address", bad, false);
        row("external_load_balancer", "lb.example.com", true);
        row("external_load_balancer", "-x", false);
        row("pod_cidr", "172.20.0.0/16", true);
        for (const char* bad : {"", "10.42.0.0", "10.42.0.0/30", "10.0.0.0/4", "x"})
            row("pod_cidr", bad, false);
        row("service_cidr", "10.42.128.0/20", false);  // inside the pods' network
    }

    void clusterFields() {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(bool, good);
        const std::map<QByteArray, std::string Settings::*> fields = {
            {"virtual_address", &Settings::virtualAddress},
            {"external_load_balancer", &Settings::externalLoadBalancer},
            {"pod_cidr", &Settings::podCidr},
            {"service_cidr", &Settings::serviceCidr}};
        Settings settings;
        settings.*fields.at(field) = value.toStdString();
        const auto valid = validateSettings(settings);
        QCOMPARE(valid.has_value(), good);
        if (!good)
            QCOMPARE(valid.error().where, field.toStdString());
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
