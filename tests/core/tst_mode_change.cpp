#include <QTest>

#include "support/drawings.h"
#include "text/message_table.h"
#include "topology/generic.h"
#include "topology/mode_change.h"
#include "topology/rules.h"
#include "topology/suggest.h"

using namespace deploy;

namespace {

QString listed(const std::vector<HostId>& hosts) {
    QStringList names;
    for (const HostId& host : hosts)
        names << QString::fromStdString(host.str());
    return names.join(' ');
}

ModeChange change(const char* mode, const Inventory& inventory, const Topology& present) {
    return changeMode(shippedCatalog(), shippedMode(mode), inventory, present);
}

/// "role: kept; added; removed".
QString moveOf(const ModeChange& change, const char* role) {
    for (const RoleMove& move : change.moves)
        if (move.role == RoleId(role))
            return listed(move.kept) + "; " + listed(move.added) + "; " + listed(move.removed);
    return "as it was";
}

}  // namespace

class TestModeChange : public QObject {
    Q_OBJECT
private slots:
    void everySwitchEndsWithoutAnError_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        for (const char* from : {"single", "small", "large"})
            for (const char* to : {"single", "small", "large"})
                QTest::addRow("%s to %s", from, to) << from << to;
    }
    void everySwitchEndsWithoutAnError() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        for (const int count : {9, 10, 13}) {
            const Inventory inventory = servers(count);
            const Topology before = suggested(from.toStdString(), inventory);
            const ModeChange changed =
                changeMode(shippedCatalog(), shippedMode(to.toStdString()), inventory, before);
            QVERIFY(allows(checkTopology(shippedCatalog(), shippedMode(to.toStdString()), inventory,
                                         changed.topology)));
            QVERIFY(changed.moves == movesBetween(shippedCatalog(), before, changed.topology));
            QCOMPARE(changed.moves.empty(), from == to);
        }
    }

    void whatFitsStays() {
        const Inventory inventory = servers(5);
        const Topology single = suggested("single", inventory);
        const ModeChange grown = change("small", inventory, single);
        QCOMPARE(moveOf(grown, "business"), QString("s1; s2 s3 s4; "));
        QCOMPARE(moveOf(grown, "database"), QString("s1; s2 s3; "));
        QCOMPARE(moveOf(grown, "k8s_server"), QString("; s2 s3 s4; "));
        const ModeChange back = change("single", inventory, grown.topology);
        QVERIFY(back.topology == single);
        QCOMPARE(moveOf(back, "business"), QString("s1; ; s2 s3 s4"));
        QCOMPARE(moveOf(back, "k8s_agent"), QString("; ; s1 s2 s3 s4"));
    }

    void baseServicesLeaveTheBusinessServers() {
        const Inventory inventory = servers(9);
        // A small cluster on the first five of nine servers.
        Inventory five = inventory;
        five.hosts.resize(5);
        const ModeChange large = change("large", inventory, suggested("small", five));
        for (const HostId& host : large.topology.hostsOf(RoleId("database")))
            QVERIFY(!large.topology.has(RoleId("business"), host));
        QCOMPARE(large.topology.hostsOf(RoleId("business")).size(), size_t(4));
        QCOMPARE(large.topology.hostsOf(RoleId("ops")), std::vector<HostId>{HostId("s5")});
    }

    void tooFewServersKeepWhatTheyHave() {
        const Inventory inventory = servers(1);
        const Topology single = suggested("single", inventory);
        const ModeChange small = change("small", inventory, single);
        QVERIFY(small.topology == single);
        QVERIFY(small.moves.empty());
    }

    void serversThatAreGoneAreForgotten() {
        const Topology before = suggested("small", servers(4));
        Inventory others = servers(8);
        others.hosts.erase(others.hosts.begin(), others.hosts.begin() + 3);
        const ModeChange changed = change("small", others, before);
        for (const HostId& host : changed.topology.hosts())
            QVERIFY(others.find(host) != nullptr);
        QVERIFY(allows(
            checkTopology(shippedCatalog(), shippedMode("small"), others, changed.topology)));
    }

    void genericServersSuitTheirMode() {
        for (const Mode& mode : shippedCatalog().modes) {
            const Inventory inventory = genericServers(mode);
            QCOMPARE(int(inventory.hosts.size()), mode.servers + mode.opsServers);
            const auto topology = suggestTopology(shippedCatalog(), mode, inventory);
            QVERIFY(topology.has_value());
            QVERIFY(allows(checkTopology(shippedCatalog(), mode, inventory, *topology)));
        }
        const Inventory two = genericServers(8, 1, 2);
        QCOMPARE(two.hosts.size(), size_t(17));
        QCOMPARE(two.hosts[7].datacenter, std::string("dc1"));
        QCOMPARE(two.hosts[8].datacenter, std::string("dc2"));
        QVERIFY(two.hosts[0].address != two.hosts[1].address);
    }
};

QTEST_GUILESS_MAIN(TestModeChange)
#include "tst_mode_change.moc"
