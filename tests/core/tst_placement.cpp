#include <QTest>

#include "support/drawings.h"
#include "text/message_table.h"
#include "topology/order.h"
#include "topology/placement.h"
#include "topology/rules.h"

using namespace deploy;

namespace {

const RoleId kDatabase{"database"};
const RoleId kAgent{"k8s_agent"};
const RoleId kMaster{"k8s_server"};
const RoleId kCache{"cache"};
const RoleId kOps{"ops"};

HostId host(const char* name) {
    return HostId(name);
}

std::string reasonOf(const std::optional<Refusal>& refusal) {
    return refusal ? refusal->reason : "";
}

/// A drawing that a test changes and asks.
struct Board {
    std::string mode;
    Inventory inventory;
    Topology topology;

    explicit Board(const char* modeId, int count)
        : mode(modeId), inventory(servers(count)), topology(suggested(modeId, inventory)) {}
    Placement placement() const {
        return Placement(shippedCatalog(), shippedMode(mode), inventory, topology);
    }
    std::string drop(const RoleId& role, const char* from, const char* to,
                     Carry carry = Carry::Move) const {
        return reasonOf(placement().refusal({{role, HostId(from)}}, host(to), carry));
    }
};

}  // namespace

/// What can be put where, asked as the drawing asks it while something is dragged.
class TestPlacement : public QObject {
    Q_OBJECT
private slots:
    void whatPeopleCarry() {
        std::vector<std::string> names;
        for (const RoleId& role : Board("small", 4).placement().carriedRoles())
            names.push_back(role.str());
        QCOMPARE(names, (std::vector<std::string>{"k8s_agent", "k8s_server", "database", "cache",
                                                  "load_balancer", "registry", "ops"}));
        QCOMPARE(Board("small", 4).placement().companionsOf(kAgent).size(), size_t(2));
        QCOMPARE(Board("single", 1).placement().carriedRoles().size(), size_t(4));
    }

    void reasons_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("reason");
        QTest::newRow("free place") << "small" << 4 << "database"
                                    << "s2"
                                    << "s1"
                                    << "";
        QTest::newRow("has it") << "small" << 4 << "database"
                                << "s2"
                                << "s3"
                                << "already";
        QTest::newRow("new, has it") << "small" << 4 << "database"
                                     << ""
                                     << "s3"
                                     << "already";
        QTest::newRow("new, full") << "small" << 4 << "database"
                                   << ""
                                   << "s1"
                                   << "full";
        QTest::newRow("without worker") << "small" << 6 << "k8s_server"
                                        << "s2"
                                        << "s5"
                                        << "only_with";
        QTest::newRow("with the database") << "small" << 5 << "ops"
                                           << "s5"
                                           << "s2"
                                           << "apart";
        QTest::newRow("database to ops") << "small" << 5 << "database"
                                         << "s2"
                                         << "s5"
                                         << "apart";
        QTest::newRow("base to business") << "large" << 9 << "database"
                                          << "s6"
                                          << "s1"
                                          << "apart";
        QTest::newRow("business to base") << "large" << 9 << "k8s_agent"
                                          << "s1"
                                          << "s5"
                                          << "apart";
        QTest::newRow("second server") << "single" << 2 << "cache"
                                       << "s1"
                                       << "s2"
                                       << "one_server";
        QTest::newRow("unknown role") << "single" << 1 << "ops"
                                      << ""
                                      << "s1"
                                      << "not_in_mode";
        QTest::newRow("unknown server") << "small" << 4 << "cache"
                                        << "s1"
                                        << "s9"
                                        << "no_server";
    }
    void reasons() {
        QFETCH(QString, mode);
        QFETCH(int, count);
        QFETCH(QString, role);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, reason);
        Board board(mode.toUtf8().constData(), count);
        if (count == 6)  // a server without any role
            board.topology = board.topology.withoutHost(host("s5"));
        QCOMPARE(board.drop(RoleId(role.toStdString()), from.toUtf8().constData(),
                            to.toUtf8().constData()),
                 reason.toStdString());
    }

    void aCopyCountsWhereAMoveDoesNot() {
        const Board board("small", 4);
        QCOMPARE(board.drop(kDatabase, "s2", "s1", Carry::Copy), std::string("full"));
        QCOMPARE(board.drop(kDatabase, "s2", "s1", Carry::Move), std::string());
    }

    void aSecondDatacenterWithTooFewServersTakesNoMember() {
        Board board("small", 5);
        for (size_t i = 0; i < 5; ++i)
            board.inventory.hosts[i].datacenter = i < 4 ? "a" : "b";
        board.topology = suggested("small", board.inventory).withoutHost(host("s5"));
        board.topology = board.topology.assign(kAgent, host("s5"));
        QCOMPARE(board.drop(kCache, "s1", "s5"), std::string("other_datacenter"));
        QCOMPARE(reasonOf(board.placement().refusalToReplace(host("s5"), host("s1"))),
                 std::string("has_roles"));
        board.topology = board.topology.withoutHost(host("s5"));
        QCOMPARE(reasonOf(board.placement().refusalToReplace(host("s5"), host("s2"))),
                 std::string("other_datacenter"));
    }

    void aMoveKeepsTheOrderOfTheMembers() {
        const Board board("small", 4);
        const Topology after =
            board.placement().drop({{kCache, host("s1")}}, host("s4"), Carry::Move);
        QCOMPARE(after.hostsOf(kCache), (std::vector<HostId>{host("s4"), host("s2"), host("s3")}));
    }

    void companionsComeAndGo() {
        Board board("small", 6);
        board.topology = board.topology.withoutHost(host("s5"));
        Topology after = board.placement().drop({{kAgent, host("s1")}}, host("s5"), Carry::Move);
        QVERIFY(after.has(RoleId("business"), host("s5")));
        QVERIFY(after.has(RoleId("gateway"), host("s5")));
        QCOMPARE(after.rolesOf(host("s1")),
                 (std::vector<RoleId>{RoleId("cache"), RoleId("load_balancer")}));
        // Four gateways are all that the mode allows: a new worker gets the services alone.
        after = board.placement().drop({{kAgent, {}}}, host("s5"), Carry::Move);
        QVERIFY(after.has(RoleId("business"), host("s5")));
        QVERIFY(!after.has(RoleId("gateway"), host("s5")));
        after = board.placement().remove({{kAgent, host("s1")}});
        QVERIFY(!after.has(RoleId("business"), host("s1")));
    }

    void severalAtOnceAreJudgedTogether() {
        Board board("small", 6);
        board.topology = board.topology.withoutHost(host("s5"));
        const Placement placement = board.placement();
        QCOMPARE(reasonOf(placement.refusal({{kAgent, host("s2")}, {kMaster, host("s2")}},
                                            host("s5"), Carry::Move)),
                 std::string());
        QCOMPARE(reasonOf(placement.refusal({{kCache, host("s1")}, {kCache, host("s2")}},
                                            host("s5"), Carry::Move)),
                 std::string("already"));
    }

    void whatIsAllowedBreaksNoRuleOfOneServer() {
        // From the full drawing every allowed move is tried, and no finding of a kind that
        // placement promises to prevent may appear.
        const Board board("small", 5);
        const Placement placement = board.placement();
        int allowed = 0;
        for (const RoleId& role : placement.carriedRoles())
            for (const Host& from : board.inventory.hosts)
                for (const Host& to : board.inventory.hosts) {
                    const std::vector<Chip> chips{{role, from.name}};
                    if (!board.topology.has(role, from.name) ||
                        placement.refusal(chips, to.name, Carry::Move))
                        continue;
                    ++allowed;
                    const auto after = placement.drop(chips, to.name, Carry::Move);
                    for (const Finding& finding : checkTopology(
                             shippedCatalog(), shippedMode("small"), board.inventory, after))
                        QVERIFY2(finding.id != "database.apart_from_ops" &&
                                     finding.id != "role.too_many" &&
                                     (finding.id != "business.only_with_agent"),
                                 finding.id.c_str());
                }
        QVERIFY(allowed > 5);
    }

    void everyReasonHasItsText() {
        for (const char* language : {"en", "zh_CN"}) {
            const auto table = MessageTable::load(language);
            QVERIFY(table.has_value());
            for (const char* reason :
                 {"already", "full", "not_in_mode", "no_server", "one_server", "other_datacenter",
                  "only_with", "apart", "has_roles", "other_row", "needs_server", "one_at_a_time"})
                QVERIFY2(table->has(std::string("placement.") + reason), reason);
        }
    }

    void handPlacedOrder() {
        const auto namesOf = [](const Inventory& inventory) {
            std::string names;
            for (const Host& one : inventory.hosts)
                names += one.name.str() + " ";
            return names;
        };
        const Inventory four = servers(4);
        QCOMPARE(namesOf(inOrder(four, {})), std::string("s1 s2 s3 s4 "));
        QCOMPARE(namesOf(inOrder(four, {host("s3"), host("gone"), host("s3")})),
                 std::string("s3 s1 s2 s4 "));
        const auto order = movedBefore(four, {host("s4")}, host("s2"));
        QCOMPARE(namesOf(inOrder(four, order)), std::string("s1 s4 s2 s3 "));
        QCOMPARE(namesOf(inOrder(four, movedBefore(four, {host("s1"), host("s3")}, {}))),
                 std::string("s2 s4 s1 s3 "));
        QCOMPARE(namesOf(inOrder(four, movedBefore(four, {host("s2")}, host("s2")))),
                 std::string("s1 s2 s3 s4 "));
    }
};

QTEST_GUILESS_MAIN(TestPlacement)
#include "tst_placement.moc"
