#include <QtTest>

#include "base/file.h"
#include "probe/facts.h"

using namespace deploy;

class FactsJsonTest : public QObject {
    Q_OBJECT

private slots:
    void keepsEveryFact_data();
    void keepsEveryFact();
    void keepsWhatIsNotKnownApartFromWhatIsEmpty();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();
    void survivesAnyBytesInText();
};

void FactsJsonTest::keepsEveryFact_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"centos-7.9", "ubuntu-22.04", "kylin-v10", "debian-12"})
        QTest::newRow(name) << name;
}

void FactsJsonTest::keepsEveryFact() {
    QFETCH(QString, name);
    const std::string file = std::string(TEST_DATA "/probe/") + name.toStdString() + ".txt";
    Facts facts = *parseProbe(HostId("s1"), *readFile(file, 1U << 20U));
    facts.probedAt = WallTime(std::chrono::milliseconds(1714550400123));
    facts.clockOffsetSeconds = -0.25;
    const auto again = factsFromJson(factsToJson(facts), "facts.json");
    QVERIFY(again);
    QVERIFY(*again == facts);
}

void FactsJsonTest::keepsWhatIsNotKnownApartFromWhatIsEmpty() {
    Facts unknown;
    unknown.host = HostId("s1");
    Facts empty = unknown;
    empty.listening.emplace();
    empty.tools.emplace();
    empty.dockerDaemonJson = "";
    QVERIFY(*factsFromJson(factsToJson(unknown), "f") == unknown);
    QVERIFY(*factsFromJson(factsToJson(empty), "f") == empty);
}

void FactsJsonTest::refusesWhatItDoesNotKnow_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("problem");
    QTest::newRow("unknown key") << QByteArray("\"host\"") << QByteArray("\"hots\"") << "host";
    QTest::newRow("extra key") << QByteArray("\"host\"") << QByteArray("\"more\": 1, \"host\"")
                               << "more";
    QTest::newRow("nested") << QByteArray("\"free_bytes\"") << QByteArray("\"free_byte\"")
                            << "data_directory.free_byte";
    QTest::newRow("in a list") << QByteArray("\"port\": 53") << QByteArray("\"port\": 70000")
                               << "listening[0].port";
    QTest::newRow("negative") << QByteArray("\"cores\": 8") << QByteArray("\"cores\": \"8\"")
                              << "cores";
    QTest::newRow("below zero") << QByteArray("\"memory_bytes\": ")
                                << QByteArray("\"memory_bytes\": -") << "memory_bytes";
    QTest::newRow("fraction") << QByteArray("\"cores\": 8") << QByteArray("\"cores\": 8.5")
                              << "cores";
    QTest::newRow("null") << QByteArray("\"root\": true") << QByteArray("\"root\": null") << "root";
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("[") << "JSON";
}

void FactsJsonTest::refusesWhatItDoesNotKnow() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, problem);
    const std::string file = TEST_DATA "/probe/ubuntu-22.04.txt";
    QByteArray json = QByteArray::fromStdString(
        factsToJson(*parseProbe(HostId("s1"), *readFile(file, 1U << 20U))));
    QVERIFY(factsFromJson(json.toStdString(), "f"));
    const auto at = json.indexOf(from);
    QVERIFY(at >= 0);
    json.replace(at, from.size(), to);
    const auto facts = factsFromJson(json.toStdString(), "facts.json");
    QVERIFY(!facts);
    QCOMPARE(facts.error().code, ErrorCode::ValueInvalid);
    QCOMPARE(facts.error().where, std::string("facts.json"));
    QCOMPARE(QString::fromStdString(facts.error().detail), problem);
    json.replace("\"format\": 1", "\"format\": 2");
    const auto newer = factsFromJson("{\"format\": 2}", "facts.json");
    QVERIFY(!newer && newer.error().code == ErrorCode::FormatTooNew);
}

void FactsJsonTest::survivesAnyBytesInText() {
    Facts facts;
    facts.host = HostId("s1");
    facts.hostname = "\xff\"\\\n";
    QVERIFY(factsFromJson(factsToJson(facts), "f"));
}

QTEST_GUILESS_MAIN(FactsJsonTest)
#include "tst_facts_json.moc"
