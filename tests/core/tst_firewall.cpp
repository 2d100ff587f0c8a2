#include <QTest>

#include "base/file.h"
#include "plan/firewall.h"

using namespace deploy;

class TestFirewall : public QObject {
    Q_OBJECT
    Catalog catalog_;

    static Host host(const std::string& name, const std::string& address) {
        Host one;
        one.name = HostId(name);
        one.address = address;
        return one;
    }
    static const FirewallRule* find(const std::vector<FirewallRule>& rules, const std::string& why,
                                    const std::string& fromEnd = {}) {
        for (const FirewallRule& rule : rules)
            if (rule.why == why && rule.fromEnd == fromEnd)
                return &rule;
        return nullptr;
    }

private slots:
    void initTestCase() {
        auto loaded = Catalog::load();
        QVERIFY(loaded.has_value());
        catalog_ = std::move(*loaded);
    }

    void aSingleNodeAsksForSshAndItsEntry() {
        Inventory inventory{{host("s1", "10.0.0.1")}};
        inventory.hosts[0].port = 2222;
        Settings settings;
        settings.entryPort = 9000;
        const Topology topology = Topology()
                                      .assign(RoleId("gateway"), HostId("s1"))
                                      .assign(RoleId("database"), HostId("s1"));
        const auto rules = firewallRules(catalog_, ModeId("single"), inventory, topology, settings);
        QCOMPARE(rules.size(), size_t(2));
        QCOMPARE(find(rules, "ssh", "laptop")->first, uint16_t(2222));
        QCOMPARE(find(rules, "entry", "client")->last, uint16_t(9000));
    }

    void aClusterNamesServersAndSkipsWhatStaysOnOne() {
        const Inventory inventory{
            {host("s1", "10.0.0.1"), host("s2", "10.0.0.2"), host("s3", "10.0.0.3")}};
        Topology topology;
        for (const char* name : {"s1", "s2", "s3"})
            topology = topology.assign(RoleId("database"), HostId(name));
        topology = topology.assign(RoleId("cache"), HostId("s3"));
        const auto rules =
            firewallRules(catalog_, ModeId("small"), inventory, topology, Settings());
        const FirewallRule* galera = find(rules, "galera_group");
        QVERIFY(galera != nullptr);
        QCOMPARE(galera->from, galera->to);
        QCOMPARE(galera->to.size(), size_t(3));
        // One cache server talks to nobody but itself; a role without servers asks for nothing.
        QVERIFY(find(rules, "cache_bus") == nullptr);
        QVERIFY(find(rules, "kubernetes_api") == nullptr);
    }

    /// The small cluster with two database servers and with three. FINCLIP_GOLDEN=write writes what
    /// is found, for a person to read and commit.
    void theSheetOfADatabase_data() {
        QTest::addColumn<QStringList>("database");
        QTest::newRow("pair") << QStringList{"s3", "s4"};
        QTest::newRow("cluster") << QStringList{"s2", "s3", "s4"};
    }
    void theSheetOfADatabase() {
        QFETCH(const QStringList, database);
        const Inventory inventory{{host("s1", "10.0.0.1"), host("s2", "10.0.0.2"),
                                   host("s3", "10.0.0.3"), host("s4", "10.0.0.4")}};
        Topology topology;
        for (const QString& name : database)
            topology = topology.assign(RoleId("database"), HostId(name.toStdString()));
        for (const char* name : {"s1", "s4"})
            topology = topology.assign(RoleId("load_balancer"), HostId(name));
        for (const char* name : {"s1", "s2", "s3", "s4"})
            topology = topology.assign(RoleId("business"), HostId(name));
        const auto table = MessageTable::load("en");
        QVERIFY(table.has_value());
        const std::string sheet = firewallCsv(
            firewallRules(catalog_, ModeId("small"), inventory, topology, Settings()), *table);
        const std::string path =
            std::string(TEST_DATA "/firewall/") + QTest::currentDataTag() + ".csv";
        if (qgetenv("FINCLIP_GOLDEN") == "write")
            QVERIFY(writeFileAtomically(path, sheet, 0644).has_value());
        const auto golden = readFile(path, 1U << 20U);
        QVERIFY2(golden.has_value(), path.c_str());
        QCOMPARE(QString::fromStdString(sheet), QString::fromStdString(*golden));
    }

    void aDistributionAddsItsOwnPorts() {
        const Inventory inventory{{host("s1", "10.0.0.1"), host("s2", "10.0.0.2")}};
        Topology topology;
        for (const char* name : {"s1", "s2"})
            topology = topology.assign(RoleId("k8s_server"), HostId(name));
        Settings settings;
        const auto joined = [&] {
            return find(firewallRules(catalog_, ModeId("small"), inventory, topology, settings),
                        "kubernetes_join") != nullptr;
        };
        QVERIFY(!joined());
        settings.distribution = KubernetesDistribution::Rke2;
        QVERIFY(joined());
    }

    void theSheetIsSafeInASpreadsheet() {
        const auto table = MessageTable::load("en");
        QVERIFY(table.has_value());
        FirewallRule rule;
        rule.fromEnd = "client";
        rule.to = {host("=cmd", "10.0.0.1\"")};
        rule.first = rule.last = 80;
        rule.why = "entry";
        const std::string csv = firewallCsv({rule}, *table);
        QVERIFY(csv.starts_with("\xEF\xBB\xBF\""));
        QVERIFY2(csv.find("\"'=cmd 10.0.0.1\"\"\",\"TCP\",\"80\"") != std::string::npos,
                 csv.c_str());
    }
};

QTEST_GUILESS_MAIN(TestFirewall)
#include "tst_firewall.moc"
