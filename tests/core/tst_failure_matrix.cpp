#include <QElapsedTimer>
#include <QTest>

#include "support/drawings.h"
#include "topology/failure_matrix.h"

using namespace deploy;

namespace {

/// "s1+s2 cache" for each case in which services are lost.
QStringList lostOf(const std::vector<FailureCase>& cases) {
    QStringList lines;
    for (const FailureCase& one : cases) {
        QStringList down;
        for (const HostId& host : one.down)
            down << QString::fromStdString(host.str());
        QStringList lost;
        for (const ServiceImpact& impact : one.outcome.services)
            if (impact.health == Health::Lost)
                lost << QString::fromStdString(impact.service);
        if (!lost.empty())
            lines << down.join('+') + " " + lost.join(' ');
    }
    return lines;
}

}  // namespace

class TestFailureMatrix : public QObject {
    Q_OBJECT
private slots:
    /// Every single server: nothing is lost. Every pair: the table of the default layout.
    void smallCluster() {
        const Inventory inventory = servers(4);
        const FailureMatrix matrix =
            failureMatrix(shippedMode("small"), inventory, suggested("small", inventory));
        QCOMPARE(matrix.singles.size(), size_t(4));
        QCOMPARE(lostOf(matrix.singles), QStringList());
        QCOMPARE(matrix.pairs.size(), size_t(6));
        QCOMPARE(lostOf(matrix.pairs),
                 (QStringList{"s1+s2 cache", "s1+s3 cache", "s1+s4 entry",
                              "s2+s3 database cache kubernetes", "s2+s4 database kubernetes",
                              "s3+s4 database kubernetes"}));
        QVERIFY(matrix.datacenters.empty());
    }

    void wholeDatacenters() {
        Inventory inventory = servers(17);
        for (size_t i = 0; i < inventory.hosts.size(); ++i)
            inventory.hosts[i].datacenter = i < 8 ? "dc1" : "dc2";
        const FailureMatrix matrix =
            failureMatrix(shippedMode("large"), inventory, suggested("large", inventory));
        QCOMPARE(matrix.datacenters.size(), size_t(2));
        for (const FailureCase& one : matrix.datacenters) {
            QCOMPARE(one.outcome.platform, Health::Degraded);
            QCOMPARE(one.outcome.tps, 60000);
        }
        QCOMPARE(matrix.datacenters[1].down.size(), size_t(9));
    }

    void serversWithoutARoleAreLeftOut() {
        const Inventory inventory = servers(3);
        const FailureMatrix matrix =
            failureMatrix(shippedMode("single"), inventory, suggested("single", inventory));
        QCOMPARE(matrix.singles.size(), size_t(1));
        QVERIFY(matrix.pairs.empty());
    }

    void manyServersHaveNoPairs() {
        const Inventory inventory = servers(60);
        const FailureMatrix matrix =
            failureMatrix(shippedMode("large"), inventory, suggested("large", inventory));
        QCOMPARE(matrix.singles.size(), size_t(60));
        QVERIFY(matrix.pairs.empty());
    }

    void oneMoreLoss() {
        const Inventory inventory = servers(4);
        const Topology topology = suggested("small", inventory);
        const auto further =
            furtherLosses(shippedMode("small"), inventory, topology, {HostId("s3")});
        QVERIFY((further ==
                 std::vector<FurtherLoss>{{HostId("s1"), {"cache"}},
                                          {HostId("s2"), {"database", "cache", "kubernetes"}},
                                          {HostId("s4"), {"database", "kubernetes"}}}));
        QVERIFY(furtherLosses(shippedMode("small"), inventory, topology, {}).empty());
    }

    void aSimulationTakesAMillisecondAtMost() {
        const Inventory inventory = servers(10);
        const Topology topology = suggested("large", inventory);
        constexpr int kTimes = 200;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < kTimes; ++i)
            simulateFailure(shippedMode("large"), inventory, topology,
                            {inventory.hosts[size_t(i) % 10].name});
        const double each = double(timer.nsecsElapsed()) / kTimes / 1e6;
        qInfo("%.3f ms for ten servers", each);
        QVERIFY(each <= 1.0);
    }
};

QTEST_GUILESS_MAIN(TestFailureMatrix)
#include "tst_failure_matrix.moc"
