#include <QTest>

#include "models/pasted_servers.h"

using namespace wizard;

class PastedServersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsOneServerALine() {
        const auto read = readPastedServers(
            QStringLiteral("# the new ones\neng@10.0.0.11:2222 db1\n\n10.0.0.12\n[fd00::7]:23\n"),
            {});
        QVERIFY(read.has_value());
        QCOMPARE(read->hosts.size(), size_t(3));
        QCOMPARE(read->hosts[0].name.str(), std::string("db1"));
        QCOMPARE(read->hosts[0].user, std::string("eng"));
        QCOMPARE(read->hosts[0].port, uint16_t(2222));
        QCOMPARE(read->hosts[0].sudo, deploy::SudoMode::Password);
        QCOMPARE(read->hosts[1].address, std::string("10.0.0.12"));
        QCOMPARE(read->hosts[1].sudo, deploy::SudoMode::None);
        QCOMPARE(read->hosts[2].address, std::string("fd00::7"));
        QCOMPARE(read->hosts[2].port, uint16_t(23));
    }

    void namesBehindThoseThatAreThere() {
        deploy::Inventory present;
        deploy::Host taken;
        taken.name = deploy::HostId("s1");
        present.hosts.push_back(taken);
        const auto read = readPastedServers(QStringLiteral("10.0.0.[11-13]"), present);
        QVERIFY(read.has_value());
        QCOMPARE(read->hosts.size(), size_t(3));
        QCOMPARE(read->hosts[0].name.str(), std::string("s2"));
        QCOMPARE(read->hosts[2].name.str(), std::string("s4"));
        QCOMPARE(read->hosts[2].address, std::string("10.0.0.13"));
    }

    void keepsLeadingZerosOfARange() {
        const auto read = readPastedServers(QStringLiteral("node[08-11].example"), {});
        QVERIFY(read.has_value());
        QCOMPARE(read->hosts.front().address, std::string("node08.example"));
        QCOMPARE(read->hosts.back().address, std::string("node11.example"));
    }

    void refusesWhatIsNoServer_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("words") << QStringLiteral("10.0.0.11 a b c");
        QTest::newRow("port") << QStringLiteral("10.0.0.11:70000");
        QTest::newRow("range backwards") << QStringLiteral("10.0.0.[14-11]");
        QTest::newRow("range without end") << QStringLiteral("10.0.0.[1-99999]");
    }
    void refusesWhatIsNoServer() {
        QFETCH(QString, text);
        const auto read = readPastedServers(QStringLiteral("10.0.0.1\n") + text, {});
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().code, deploy::ErrorCode::ValueInvalid);
        QCOMPARE(read.error().where, std::string("2"));
    }

    void readsATableFromASpreadsheet() {
        const auto read = readPastedServers(
            QStringLiteral("name\taddress\tnotes\ns1\t10.0.0.1\t\"left, rack 2\"\n"), {});
        QVERIFY(read.has_value());
        QCOMPARE(read->hosts.size(), size_t(1));
        QCOMPARE(read->hosts[0].notes, std::string("\"left, rack 2\""));
    }

    void readsYamlAndCsv() {
        const auto csv = readPastedServers(QStringLiteral("name,address\ns1,10.0.0.1\n"), {});
        QVERIFY(csv.has_value());
        QCOMPARE(csv->hosts.size(), size_t(1));
        const auto yaml = readPastedServers(
            QStringLiteral("format: 1\nservers:\n  - {name: s1, address: 10.0.0.1}\n"), {});
        QVERIFY(yaml.has_value());
        QCOMPARE(yaml->hosts.size(), size_t(1));
    }
};

QTEST_MAIN(PastedServersTest)
#include "tst_pasted_servers.moc"
