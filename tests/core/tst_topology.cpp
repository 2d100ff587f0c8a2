#include <QTest>

#include "support/drawings.h"
#include "topology/rules.h"
#include "topology/suggest.h"

using namespace deploy;

namespace {

const RoleId kDatabase("database");
const RoleId kCache("cache");

HostId host(const char* name) {
    return HostId(name);
}

std::string placed(const Topology& topology, const char* role) {
    std::string names;
    for (const HostId& name : topology.hostsOf(RoleId(role)))
        names += (names.empty() ? "" : " ") + name.str();
    return names;
}

}  // namespace

class TestTopology : public QObject {
    Q_OBJECT
private slots:
    void isAValue() {
        const Topology empty;
        const Topology one = empty.assign(kCache, host("b"));
        const Topology two = one.assign(kCache, host("a")).assign(kDatabase, host("a"));
        QVERIFY(empty.roles().empty());
        QCOMPARE(placed(two, "cache"), std::string("b a"));
        QVERIFY(two.assign(kCache, host("a")) == two);
        QVERIFY(two.has(kDatabase, host("a")) && !two.has(kDatabase, host("b")));
        QCOMPARE(two.rolesOf(host("a")), (std::vector<RoleId>{kCache, kDatabase}));
        QCOMPARE(two.hosts(), (std::vector<HostId>{host("a"), host("b")}));
        QVERIFY(two.unassign(kDatabase, host("a")).unassign(kCache, host("a")) == one);
        QVERIFY(one.unassign(kCache, host("b")) == empty);
        QVERIFY(one.unassign(kDatabase, host("b")) == one);
        QVERIFY(two.withoutHost(host("a")) == one);
        QCOMPARE(placed(two.renamed(host("b"), host("c")), "cache"), std::string("c a"));
    }

    void suggestsTheSeedsPlacement_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("single") << 1
                                << QStringList{"database=s1", "cache=s1", "business=s1",
                                               "gateway=s1", "ops="};
        QTest::newRow("small") << 4 << QStringList{"k8s_server=s2 s3 s4",
                                                   "database=s2 s3 s4",
                                                   "cache=s1 s2 s3",
                                                   "load_balancer=s1 s4",
                                                   "business=s1 s2 s3 s4",
                                                   "k8s_agent=s1 s2 s3 s4",
                                                   "ops=",
                                                   "registry="};
        QTest::newRow("small, with ops")
            << 5 << QStringList{"k8s_server=s2 s3 s4", "database=s2 s3 s4",    "cache=s1 s2 s3",
                                "load_balancer=s1 s4", "business=s1 s2 s3 s4", "ops=s5",
                                "registry=s5"};
        QTest::newRow("large") << 9 << QStringList{"k8s_server=s5 s6 s7",
                                                   "database=s6 s7 s8",
                                                   "cache=s5 s6 s7",
                                                   "load_balancer=s1 s4",
                                                   "business=s1 s2 s3 s4",
                                                   "k8s_agent=s1 s2 s3 s4",
                                                   "ops=s9",
                                                   "registry=s9"};
        QTest::newRow("large, grown")
            << 11 << QStringList{"database=s8 s9 s10", "business=s1 s2 s3 s4 s5 s6", "ops=s11"};
    }
    void suggestsTheSeedsPlacement() {
        QFETCH(int, count);
        QFETCH(QStringList, expected);
        const std::string mode = QString(QTest::currentDataTag()).split(',').first().toStdString();
        const Topology topology = suggested(mode, servers(count));
        for (const QString& line : expected) {
            const QStringList parts = line.split('=');
            QCOMPARE(QString::fromStdString(placed(topology, qPrintable(parts[0]))), parts[1]);
        }
    }

    void suggestionsAreAllowed_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<int>("count");
        for (const int count : {1, 2, 5})
            QTest::addRow("single %d", count) << "single" << count;
        for (const int count : {4, 5, 6, 12})
            QTest::addRow("small %d", count) << "small" << count;
        for (const int count : {9, 10, 17, 40})
            QTest::addRow("large %d", count) << "large" << count;
    }
    void suggestionsAreAllowed() {
        QFETCH(QString, mode);
        QFETCH(int, count);
        const Inventory inventory = servers(count);
        const Topology topology = suggested(mode.toStdString(), inventory);
        for (const Finding& finding : checkTopology(
                 shippedCatalog(), shippedMode(mode.toStdString()), inventory, topology)) {
            QVERIFY2(finding.severity != Severity::Error, finding.id.c_str());
            QVERIFY2(finding.id != "survives.promise_broken", "the suggestion must survive");
        }
        // Asked again, it has nothing to add.
        const auto again =
            suggestTopology(shippedCatalog(), shippedMode(mode.toStdString()), inventory, topology);
        QVERIFY(again.has_value() && *again == topology);
    }

    void keepsWhatIsThere() {
        const Inventory inventory = servers(5);
        const Topology present =
            Topology().assign(RoleId("ops"), host("s1")).assign(kCache, host("s5"));
        const auto topology =
            suggestTopology(shippedCatalog(), shippedMode("small"), inventory, present);
        QVERIFY(topology.has_value());
        QCOMPARE(placed(*topology, "ops"), std::string("s1"));
        QCOMPARE(placed(*topology, "registry"), std::string("s1"));
        QCOMPARE(placed(*topology, "cache"), std::string("s5 s2 s3"));
        QCOMPARE(placed(*topology, "business"), std::string("s2 s3 s4 s5"));
        const auto single = suggestTopology(shippedCatalog(), shippedMode("single"), inventory,
                                            Topology().assign(kDatabase, host("s3")));
        QCOMPARE(placed(*single, "business"), std::string("s3"));
    }

    void tooFewServers() {
        const auto needed = [](const char* mode, const Inventory& inventory) {
            const auto result = suggestTopology(shippedCatalog(), shippedMode(mode), inventory);
            return result ? std::string()
                          : result.error().args.at("needed") + " of " +
                                result.error().args.at("given");
        };
        QCOMPARE(needed("single", servers(0)), std::string("1 of 0"));
        QCOMPARE(needed("small", servers(3)), std::string("4 of 3"));
        QCOMPARE(needed("large", servers(8)), std::string("9 of 8"));
        Inventory torn = servers(9);
        for (size_t i = 0; i < torn.hosts.size(); ++i)
            torn.hosts[i].datacenter = i < 5 ? "dc1" : "dc2";
        QCOMPARE(needed("large", torn), std::string("8 of 5"));
    }

    void eachDatacenterGetsItsOwn() {
        Inventory inventory = servers(17);
        for (size_t i = 0; i < inventory.hosts.size(); ++i)
            inventory.hosts[i].datacenter = i < 8 ? "dc1" : "dc2";
        const Topology topology = suggested("large", inventory);
        QCOMPARE(placed(topology, "database"), std::string("s6 s7 s8 s14 s15 s16"));
        QVERIFY(allows(checkTopology(shippedCatalog(), shippedMode("large"), inventory, topology)));
    }
};

QTEST_GUILESS_MAIN(TestTopology)
#include "tst_topology.moc"
