#include <QTest>

#include "support/drawings.h"
#include "text/message_table.h"
#include "topology/failure.h"

using namespace deploy;

namespace {

std::set<HostId> hostsOf(const QString& names) {
    std::set<HostId> hosts;
    for (const QString& name : names.split('+', Qt::SkipEmptyParts))
        hosts.insert(HostId(name.toStdString()));
    return hosts;
}

FailureOutcome simulate(const std::string& mode, const Inventory& inventory,
                        const Topology& topology, const QString& down) {
    return simulateFailure(shippedMode(mode), inventory, topology, hostsOf(down));
}

/// "up" also where it works with less: the words of the design's table.
QString wordOf(const FailureOutcome& outcome, const std::string& service) {
    for (const ServiceImpact& impact : outcome.services)
        if (impact.service == service)
            return impact.health == Health::Lost ? "lost" : "up";
    return "none";
}

const ServiceImpact& impactOf(const FailureOutcome& outcome, const std::string& service) {
    for (const ServiceImpact& impact : outcome.services)
        if (impact.service == service)
            return impact;
    qFatal("no such service");
}

}  // namespace

class TestFailure : public QObject {
    Q_OBJECT
private slots:
    /// The table for the default small layout: which servers are off, and what is left.
    void smallCluster_data() {
        QTest::addColumn<QString>("database");
        QTest::addColumn<QString>("cache");
        QTest::addColumn<QString>("kubernetes");
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("platform");
        QTest::addColumn<int>("tps");
        const auto row = [](const char* down, const char* database, const char* cache,
                            const char* kubernetes, const char* entry, const char* platform,
                            int tps) {
            QTest::newRow(down) << database << cache << kubernetes << entry << platform << tps;
        };
        row("", "up", "up", "up", "up", "up", 30000);
        for (const char* one : {"s1", "s2", "s3", "s4"})
            row(one, "up", "up", "up", "up", "up", 22500);
        row("s1+s2", "up", "lost", "up", "up", "lost", 0);
        row("s1+s3", "up", "lost", "up", "up", "lost", 0);
        row("s1+s4", "up", "up", "up", "lost", "lost", 0);
        row("s2+s3", "lost", "lost", "lost", "up", "lost", 0);
        row("s2+s4", "lost", "up", "lost", "up", "lost", 0);
        row("s3+s4", "lost", "up", "lost", "up", "lost", 0);
        row("s1+s2+s3+s4", "lost", "lost", "lost", "lost", "lost", 0);
    }
    void smallCluster() {
        const Inventory inventory = servers(4);
        const FailureOutcome outcome =
            simulate("small", inventory, suggested("small", inventory), QTest::currentDataTag());
        QTEST(wordOf(outcome, "database"), "database");
        QTEST(wordOf(outcome, "cache"), "cache");
        QTEST(wordOf(outcome, "kubernetes"), "kubernetes");
        QTEST(wordOf(outcome, "entry"), "entry");
        const bool works = outcome.platform != Health::Lost;
        QTEST(QString(works ? "up" : "lost"), "platform");
        QTEST(outcome.tps, "tps");
    }

    void saysWhoTakesOver() {
        const Inventory inventory = servers(4);
        const FailureOutcome outcome =
            simulate("small", inventory, suggested("small", inventory), "s3");
        QCOMPARE(outcome.platform, Health::Degraded);
        QCOMPARE(impactOf(outcome, "database").reason, std::string("majority"));
        QCOMPARE(impactOf(outcome, "database").args.at("servers"), std::string("s2, s4"));
        QCOMPARE(impactOf(outcome, "cache").reason, std::string("promoted"));
        QCOMPARE(impactOf(outcome, "cache").args.at("promoted"), std::string("3 > s1"));
        QCOMPARE(impactOf(outcome, "entry").health, Health::Up);
        QCOMPARE(impactOf(outcome, "business").args.at("left"), std::string("3"));
    }

    /// As seen on real servers: the way to the database that may write is gone too.
    void nodePortAnswersWithoutBalancers() {
        const Inventory inventory = servers(4);
        const FailureOutcome outcome =
            simulate("small", inventory, suggested("small", inventory), "s1+s4");
        QCOMPARE(impactOf(outcome, "entry").reason, std::string("node_port"));
        QCOMPARE(impactOf(outcome, "entry").args.at("servers"), std::string("s2, s3"));
        QCOMPARE(outcome.platform, Health::Lost);
    }

    void singleNode() {
        const Inventory inventory = servers(1);
        const Topology topology = suggested("single", inventory);
        QCOMPARE(simulate("single", inventory, topology, "").platform, Health::Up);
        QCOMPARE(simulate("single", inventory, topology, "").tps, 5000);
        const FailureOutcome outcome = simulate("single", inventory, topology, "s1");
        QCOMPARE(outcome.platform, Health::Lost);
        QCOMPARE(outcome.tps, 0);
        for (const ServiceImpact& impact : outcome.services)
            QCOMPARE(impact.health, Health::Lost);
    }

    void twoDatabaseMembersNeedAPerson() {
        const Inventory inventory = servers(4);
        const Topology topology =
            suggested("small", inventory).unassign(RoleId("database"), HostId("s4"));
        FailureOutcome outcome = simulate("small", inventory, topology, "s2");
        QCOMPARE(impactOf(outcome, "database").reason, std::string("primary_lost"));
        QCOMPARE(outcome.platform, Health::Lost);
        outcome = simulate("small", inventory, topology, "s3");
        QCOMPARE(impactOf(outcome, "database").reason, std::string("replica_lost"));
        QCOMPARE(outcome.platform, Health::Degraded);
    }

    void sixCacheServers() {
        Inventory inventory = servers(6);
        Topology topology;
        for (const Host& host : inventory.hosts)
            topology =
                topology.assign(RoleId("cache"), host.name).assign(RoleId("business"), host.name);
        const auto cache = [&](const QString& down) {
            return impactOf(simulate("large", inventory, topology, down), "cache").reason;
        };
        QCOMPARE(cache(""), std::string("whole"));
        QCOMPARE(cache("s4+s5+s6"), std::string("replica_lost"));
        QCOMPARE(cache("s1"), std::string("promoted"));
        QCOMPARE(cache("s1+s4"), std::string("shard_lost"));
        QCOMPARE(cache("s1+s2"), std::string("no_majority"));
    }

    void opsIsNotMissed() {
        const Inventory inventory = servers(9);
        const FailureOutcome outcome =
            simulate("large", inventory, suggested("large", inventory), "s9");
        QCOMPARE(outcome.platform, Health::Up);
        QCOMPARE(outcome.tps, 60000);
        QCOMPARE(impactOf(outcome, "ops").health, Health::Lost);
    }

    void largeClusterLosesNoThroughputWithADataServer() {
        const Inventory inventory = servers(9);
        const Topology topology = suggested("large", inventory);
        QCOMPARE(simulate("large", inventory, topology, "s6").tps, 60000);
        QCOMPARE(simulate("large", inventory, topology, "s1").tps, 45000);
        for (const Host& host : inventory.hosts)
            QVERIFY(simulate("large", inventory, topology, QString::fromStdString(host.name.str()))
                        .platform != Health::Lost);
    }

    void anotherDatacenterTakesOver() {
        Inventory inventory = servers(17);
        QString first;
        for (size_t i = 0; i < inventory.hosts.size(); ++i) {
            inventory.hosts[i].datacenter = i < 8 ? "dc1" : "dc2";
            if (i < 8)
                first += QString("s%1+").arg(i + 1);
        }
        const Topology topology = suggested("large", inventory);
        FailureOutcome outcome = simulate("large", inventory, topology, first);
        QCOMPARE(outcome.platform, Health::Degraded);
        QCOMPARE(impactOf(outcome, "database").reason, std::string("other_site"));
        QCOMPARE(outcome.tps, 60000);
        outcome = simulate("large", inventory, topology, "");
        QCOMPARE(outcome.platform, Health::Up);
        QCOMPARE(outcome.tps, 120000);
    }

    void nothingPlacedIsNothingUp() {
        const FailureOutcome outcome = simulate("small", servers(4), Topology(), "");
        QVERIFY(outcome.services.empty());
        QCOMPARE(outcome.platform, Health::Lost);
        QCOMPARE(outcome.tps, 0);
    }

    void everyOutcomeHasItsText() {
        for (const char* language : {"en", "zh_CN"}) {
            const auto table = MessageTable::load(language);
            QVERIFY(table.has_value());
            const Inventory inventory = servers(5);
            const Topology topology = suggested("small", inventory);
            for (unsigned mask = 0; mask < 32; ++mask) {
                std::set<HostId> down;
                for (unsigned i = 0; i < 5; ++i)
                    if ((mask >> i) % 2 == 1)
                        down.insert(inventory.hosts[i].name);
                const auto outcome =
                    simulateFailure(shippedMode("small"), inventory, topology, down);
                for (const ServiceImpact& impact : outcome.services) {
                    const std::string key = "failure." + impact.service + "." + impact.reason;
                    QVERIFY2(table->has(key), key.c_str());
                    QVERIFY2(table->text(key, impact.args).find('{') == std::string::npos,
                             key.c_str());
                    QVERIFY(table->has("failure_service." + impact.service));
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestFailure)
#include "tst_failure.moc"
