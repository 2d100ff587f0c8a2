#include <QtTest>

#include "base/file.h"
#include "base/utf8.h"
#include "probe/facts.h"
#include "probe/probe_text.h"

using namespace deploy;

namespace {

std::string probe(const std::string& body) {
    return "\n#: finclip-probe 1\n" + body + "#: end\n";
}

Facts parsed(const std::string& body) {
    auto facts = parseProbe(HostId("s1"), probe(body));
    return facts ? *facts : Facts{};
}

/// A server that says that it has the given number of 4 KiB blocks.
Facts withSpace(const std::string& numbers) {
    return parsed("=disk.folder /\n=disk.space " + numbers + "\n");
}

}  // namespace

class ProbeTextTest : public QObject {
    Q_OBJECT

private slots:
    void readsWhatRealSystemsSay_data();
    void readsWhatRealSystemsSay();
    void refusesWhatIsNotAProbe_data();
    void refusesWhatIsNotAProbe();
    void everyPrefixIsRefusedOrLeavesOutOnlyTheNoiseBehind();
    void leavesOutAbsurdNumbers();
    void leavesOutUnreadableValues();
    void theFirstValueCounts();
    void aValueCannotLookLikeAnotherFact();
    void survivesEveryByteAnywhere();
    void boundsWhatItKeeps();
    void p99NeedsEnoughWrites();
    void tellsTheServersClock();
};

void ProbeTextTest::readsWhatRealSystemsSay_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"centos-7.9", "ubuntu-22.04", "kylin-v10", "debian-12"})
        QTest::newRow(name) << name;
}

void ProbeTextTest::readsWhatRealSystemsSay() {
    QFETCH(QString, name);
    const std::string base = std::string(TEST_DATA "/probe/") + name.toStdString();
    const auto text = readFile(base + ".txt", 1U << 20U);
    QVERIFY(text);
    const auto facts = parseProbe(HostId(name.toStdString()), *text);
    QVERIFY(facts);
    Facts shown = *facts;
    QVERIFY(shown.raw.starts_with("=login "));
    QVERIFY(shown.raw.ends_with("#: end\n"));
    shown.raw.clear();
    const auto golden = readFile(base + ".json", 1U << 20U);
    QCOMPARE(QString::fromStdString(factsToJson(shown)),
             QString::fromStdString(golden.value_or("")));
}

void ProbeTextTest::refusesWhatIsNotAProbe_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("empty") << QByteArray() << "no_header";
    QTest::newRow("a shell's error") << QByteArray("sh: 1: syntax error\n") << "no_header";
    QTest::newRow("header in a line")
        << QByteArray("x #: finclip-probe 1\n#: end\n") << "no_header";
    QTest::newRow("cut") << QByteArray("#: finclip-probe 1\n=uid 0\n") << "no_end";
    QTest::newRow("end in a value") << QByteArray("#: finclip-probe 1\n=uid #: end\n") << "no_end";
    QTest::newRow("other version") << QByteArray("#: finclip-probe 2\n#: end\n") << "other_version";
    QTest::newRow("too long") << "#: finclip-probe 1\n" + QByteArray("=a b\n").repeated(30000) +
                                     "#: end\n"
                              << "too_long";
}

void ProbeTextTest::refusesWhatIsNotAProbe() {
    QFETCH(QByteArray, text);
    QFETCH(QString, reason);
    const auto facts = parseProbe(HostId("s1"), text.toStdString());
    QVERIFY(!facts);
    QCOMPARE(facts.error().code, ErrorCode::ProbeUnparsable);
    QCOMPARE(facts.error().where, std::string("s1"));
    QCOMPARE(QString::fromStdString(facts.error().args.at("reason")), reason);
    QVERIFY(facts.error().detail.size() <= 500);
}

void ProbeTextTest::everyPrefixIsRefusedOrLeavesOutOnlyTheNoiseBehind() {
    const std::string text = *readFile(TEST_DATA "/probe/ubuntu-22.04.txt", 1U << 20U);
    const Facts whole = *parseProbe(HostId("s1"), text);
    const size_t end = text.find("#: end") + 6;
    for (size_t length = 0; length < end; length += end - length < 20 ? 1 : 13)
        QVERIFY(!parseProbe(HostId("s1"), text.substr(0, length)));
    const auto noisy = parseProbe(HostId("s1"), text + "logout\n=uid 1000\n");
    QVERIFY(noisy && *noisy == whole);
}

void ProbeTextTest::leavesOutAbsurdNumbers() {
    QVERIFY(!parsed("=cpus 0-99999999\n").cores);
    QVERIFY(!parsed("=cpus 7-0\n").cores);
    QVERIFY(!parsed("=cpus -4\n").cores);
    QVERIFY(!parsed("=cpus 0-4-9\n").cores);
    QCOMPARE(parsed("=cpus 0-3,8\n").cores, std::optional(5));
    QVERIFY(!parsed("=memory 99999999999999999 kB\n").memoryBytes);
    QVERIFY(!parsed("=memory 12 kB\n").memoryBytes);
    QVERIFY(!parsed("=memory -1 kB\n").memoryBytes);
    QVERIFY(!parsed("=memory 0x10 kB\n").memoryBytes);
    QVERIFY(!parsed("=memory 8000000\n").memoryBytes);
    const auto memory = [](const std::string& blocks) {
        return parsed("=memory 8010408 kB\n=memory.blocks " + blocks + "\n").memoryBytes;
    };
    QCOMPARE(memory("8000000 64"), std::optional(uint64_t{8} << 30U));
    for (const char* lie : {"8000000 640", "8000000 1", "8000000 0", "zz 64", "ffffffffffffffff 2"})
        QCOMPARE(memory(lie), std::optional(uint64_t{8010408} * 1024));
    QVERIFY(!parsed("=uid root\n").root);
    QVERIFY(!parsed("=uid 99999999999\n").root);
    QVERIFY(!withSpace("4096 99999999999999999999 1 1 1").dataDirectory->totalBytes);
    QVERIFY(!withSpace("4096 281474976710656000 1 1 1").dataDirectory->totalBytes);
    QVERIFY(!withSpace("0 100 50 10 5").dataDirectory->totalBytes);
    const Facts lie = withSpace("4096 100 200 10 20");
    QVERIFY(lie.dataDirectory->totalBytes && !lie.dataDirectory->freeBytes);
    QVERIFY(lie.dataDirectory->totalInodes && !lie.dataDirectory->freeInodes);
    QVERIFY(!withSpace("4096 100 50 0 0").dataDirectory->totalInodes);
    QVERIFY(parsed("=sysctl vm/max_map_count:-5\n").sysctl.empty());
    QVERIFY(parsed("=sysctl vm/max_map_count:99999999999999999999\n").sysctl.empty());
    QVERIFY(!parsed("=cgroup 9\n").cgroupVersion);
    QVERIFY(parsed("=ports ss\n=port tcp LISTEN 0 1 0.0.0.0:99999 0.0.0.0:*\n").listening->empty());
    QVERIFY(!parsed("=net eth0 00:00:00:00:00:01 99999999999\n").interfaces.at(0).mtu);
}

void ProbeTextTest::leavesOutUnreadableValues() {
    QVERIFY(!parsed(std::string("=hostname a\0b\n", 14)).hostname);
    QVERIFY(!parsed("=hostname a\xff\n").hostname);
    QVERIFY(!parsed("=hostname a\x1b[31m\n").hostname);
    QVERIFY(!parsed("=hostname " + std::string(100000, 'a') + "\n").hostname);
    QVERIFY(!parsed("=docker.daemon_json {\n+\xc0\xaf}\n").dockerDaemonJson);
    QVERIFY(!parsed("=hostname\n").hostname);
    QCOMPARE(parsed("=hostname \xe4\xb8\xad\n").hostname,
             std::optional<std::string>("\xe4\xb8\xad"));
    QCOMPARE(parsed("rubbish\n=hostname a\n\n").hostname, std::optional<std::string>("a"));
}

void ProbeTextTest::theFirstValueCounts() {
    QCOMPARE(parsed("=hostname a\n=hostname b\n").hostname, std::optional<std::string>("a"));
}

void ProbeTextTest::aValueCannotLookLikeAnotherFact() {
    const Facts facts = parsed("=docker.daemon_json {\n+=uid 0\n+#: end\n+}\n=uid 7\n");
    QCOMPARE(facts.root, std::optional(false));
    QCOMPARE(facts.dockerDaemonJson, std::optional<std::string>("{\n=uid 0\n#: end\n}"));
}

void ProbeTextTest::survivesEveryByteAnywhere() {
    const std::string text = *readFile(TEST_DATA "/probe/debian-12.txt", 1U << 20U);
    for (size_t i = 0; i < text.size(); i += 61)
        for (const int byte : {0, 10, 27, 32, 45, 57, 61, 128, 255}) {
            std::string changed = text;
            changed[i] = static_cast<char>(byte);
            const auto facts = parseProbe(HostId("s1"), changed);
            if (facts)
                QVERIFY(isUtf8(factsToJson(*facts)));
        }
}

void ProbeTextTest::boundsWhatItKeeps() {
    std::string lines;
    for (int i = 0; i < 15000; ++i)
        lines += "=os " + std::string(100, 'x') + "\n";
    QVERIFY(parsed(lines).raw.size() <= 300U << 10U);
    const auto hostile = parseProbe(HostId("s1"), std::string(3U << 20U, '='));
    QVERIFY(!hostile);
}

void ProbeTextTest::p99NeedsEnoughWrites() {
    std::string few;
    for (int i = 0; i < 19; ++i)
        few += "=fsync 0.002\n";
    QVERIFY(!parsed(few).fdatasyncP99Ms);
    QCOMPARE(parsed(few + "=fsync 0.004\n").fdatasyncP99Ms, std::optional(4.0));
    // Many samples a line, as the script says them.
    QCOMPARE(parsed(few + "=fsync 0.001 0.006\n=fsync.writes 21\n").fdatasyncP99Ms,
             std::optional(6.0));
    QVERIFY(!parsed(few + "=fsync -1\n=fsync nan\n=fsync 1e9\n").fdatasyncP99Ms);
}

void ProbeTextTest::tellsTheServersClock() {
    const auto times = [](const std::string& body) {
        return probeTimes(*ProbeText::read(probe(body)));
    };
    const auto known =
        times("=login 100.50 10000\n=clock 1714550400.25 +0800 CST\n=took 100.5 100.9\n");
    QVERIFY(known);
    QCOMPARE(known->started, 1714550400.25);
    QVERIFY(qAbs(known->tookSeconds - 0.4) < 1e-9);
    QVERIFY(qAbs(known->loginSeconds - 0.5) < 1e-9);
    QCOMPARE(times("=clock 1714550400.%N +0000 UTC\n")->started, 1714550400.0);
    QVERIFY(!times("=clock soon\n"));
    QVERIFY(!times("=clock 1e300\n"));
    QVERIFY(!times("=uid 0\n"));
}

QTEST_GUILESS_MAIN(ProbeTextTest)
#include "tst_probe_text.moc"
