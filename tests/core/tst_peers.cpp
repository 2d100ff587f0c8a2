#include <QTest>

#include "probe/checks.h"
#include "probe/peers.h"
#include "tst_checks_fixture.h"

using namespace deploy;

namespace {

const HostId kS1("s1");
const HostId kS2("s2");
const std::map<HostId, std::string> kAddresses = {{kS1, "10.0.0.1"}, {kS2, "10.0.0.2"}};

}  // namespace

/// What servers ask each other and how the answers are read; the round itself is in
/// tst_peers_round.
class TestPeers : public QObject {
    Q_OBJECT
private slots:
    void everyPortBetweenServersIsAsked() {
        const auto catalog = Catalog::load();
        QVERIFY(catalog.has_value());
        QVERIFY(peerQuestions(*catalog, ModeId("single"), "").ports.empty());
        const auto questions = peerQuestions(*catalog, ModeId("small"), "10.0.0.9");
        QCOMPARE(questions.virtualAddress, std::string("10.0.0.9"));
        const auto asked = [&](const char* protocol, int port) {
            return std::count(questions.ports.begin(), questions.ports.end(),
                              PeerPort{protocol, static_cast<uint16_t>(port)}) == 1;
        };
        for (const int port :
             {3306, 4567, 4568, 4444, 7000, 7001, 17000, 17001, 6443, 2379, 2380, 10250, 30001})
            QVERIFY2(asked("tcp", port), std::to_string(port).c_str());
        QVERIFY(asked("udp", 4567));
        QVERIFY(asked("udp", 8472));
        QVERIFY(!asked("tcp", 22));
        QVERIFY(!asked("tcp", 80));
    }

    void listenersAreRead() {
        const auto listener = parseListener(
            "listening tcp 3306\ntaken udp 8472\nlistening udp 4567\nlistening tcp 70000\nx\npid "
            "77\n");
        QCOMPARE(listener.pid, std::string("77"));
        QVERIFY((listener.ports == std::vector<PeerPort>{{"tcp", 3306}, {"udp", 4567}}));
        QVERIFY(parseListener("cannot noexec\n").pid.empty());
        QVERIFY(parseListener("pid 1;reboot\n").pid.empty());
    }

    void questionsGoToThoseThatListen() {
        const PeerQuestions questions{{{"tcp", 3306}, {"udp", 8472}}, "10.0.0.9"};
        const std::map<HostId, PeerListener> both = {{kS1, {"5", {}}},
                                                     {kS2, {"6", {{"udp", 8472}}}}};
        QCOMPARE(questionLines(questions, kAddresses, both, kS1),
                 std::string("arp 10.0.0.9\npath 10.0.0.2 8472\ntcp 10.0.0.2 3306\n"
                             "udp 10.0.0.2 8472\n"));
        QCOMPARE(questionLines(questions, kAddresses, {{kS1, {"5", {}}}}, kS1),
                 std::string("arp 10.0.0.9\n"));
    }

    void answersAreRead() {
        const std::map<HostId, PeerListener> listeners = {
            {kS1, {"5", {}}}, {kS2, {"6", {{"tcp", 3306}, {"tcp", 6443}}}}};
        PeerRound round;
        addAnswers(round, kS1,
                   "udp 10.0.0.2 8472 silent\ntcp 10.0.0.2 6443 silent\ntcp 10.0.0.2 3306 open\n"
                   "path 10.0.0.2 icmp 20 19 412 1400 1500\narp 10.0.0.9 taken 52:54:00:00:00:01\n"
                   "tcp 10.0.0.77 3306 open\ntcp 10.0.0.2 0 open\ntcp 10.0.0.2 1 maybe\nrubbish\n",
                   kAddresses, listeners);
        QCOMPARE(round.peers.size(), size_t{1});
        const PeerFacts peer = round.peers.at(kS2).front();
        QVERIFY((peer ==
                 PeerFacts{kS1,
                           {{"tcp", 3306, "open"}, {"tcp", 6443, "silent"}, {"udp", 8472, "taken"}},
                           0.412,
                           5,
                           1400,
                           1500}));
        QVERIFY((round.virtualAddress.at(kS1) ==
                 VirtualAddressFacts{"10.0.0.9", "taken", "52:54:00:00:00:01"}));
    }

    void numbersThatNoWayHasAreLeftOut() {
        PeerRound round;
        addAnswers(round, kS1, "path 10.0.0.2 icmp 20 21 999999999 0 1500\n", kAddresses,
                   {{kS2, {"6", {}}}});
        QVERIFY((round.peers.at(kS2).front() == PeerFacts{kS1, {}, {}, {}, {}, {}}));
    }

    void factsKeepTheAnswers() {
        Facts facts = test::goodFacts(1);
        facts.peers = {test::Site::goodPeer(kS2)};
        facts.virtualAddress = {"10.0.0.9", "free", ""};
        const auto read = factsFromJson(factsToJson(facts), "s1");
        QVERIFY(read.has_value());
        QVERIFY(*read == facts);
    }

    void theDrawingSaysWhoNeedsWhat() {
        test::Site site("small");
        const HostId s4("s4");
        const std::vector<HostId> three = {kS1, kS2, HostId("s3")};
        for (const HostId& host : three)
            site.context.topology = site.context.topology.assign(RoleId("k8s_server"), host);
        // Nobody needs anything of the fourth server, and nobody asks whether it may be reached.
        for (PeerFacts& peer : *site.facts("s4").peers)
            for (PeerAnswer& answer : peer.ports)
                answer.answer = "silent";
        const auto resultOf = [&](const HostId& host, const char* id) {
            for (const CheckResult& result : site.results())
                if (result.host == host && result.id.str() == id)
                    return result;
            return CheckResult{};
        };
        QCOMPARE(resultOf(s4, "network.reachable").status, CheckStatus::NotApplicable);
        QCOMPARE(resultOf(s4, "network.rtt").status, CheckStatus::NotApplicable);
        // A port of the database is nothing to a server without one.
        site.peer().ports[2].answer = "silent";
        QCOMPARE(resultOf(kS1, "network.reachable").status, CheckStatus::Pass);
        site.peer().ports[0].answer = "silent";
        const CheckResult blocked = resultOf(kS1, "network.reachable");
        QCOMPARE(blocked.status, CheckStatus::Failed);
        QCOMPARE(blocked.measured, std::string("s2 → tcp 2379"));
        QCOMPARE(blocking({blocked}).size(), size_t{1});
    }

    /// All ports of the shipped table are closed: what is named is what is needed.
    void aDatabaseNeedsThePortsOfItsKind_data() {
        QTest::addColumn<QStringList>("members");
        QTest::addColumn<QString>("needed");
        QTest::newRow("pair") << QStringList{"s1", "s2"} << "s2 → tcp 3306";
        const QString galera = "tcp 3306, tcp 4444, tcp 4567, tcp 4568, udp 4567";
        QTest::newRow("cluster") << QStringList{"s1", "s2", "s3"}
                                 << "s2 → " + galera + "; s3 → " + galera;
    }
    void aDatabaseNeedsThePortsOfItsKind() {
        QFETCH(const QStringList, members);
        test::Site site("small");
        site.catalog = *Catalog::load();
        for (const QString& member : members)
            site.context.topology =
                site.context.topology.assign(RoleId("database"), HostId(member.toStdString()));
        for (PeerFacts& peer : *site.facts().peers) {
            peer.ports.clear();
            for (const PeerPort& port : peerQuestions(site.catalog, ModeId("small"), "").ports)
                peer.ports.push_back({port.protocol, port.port, "silent"});
        }
        // What belongs to another kind of database may be taken by whatever there is.
        site.facts().listening = {{{"tcp", 4567, "other"}}};
        for (const CheckResult& result : site.results()) {
            if (result.host == kS1 && result.id.str() == "network.reachable")
                QTEST(QString::fromStdString(result.measured), "needed");
            if (result.host == kS1 && result.id.str() == "network.ports")
                QCOMPARE(result.status,
                         members.size() == 2 ? CheckStatus::Pass : CheckStatus::Failed);
        }
    }

    // Servers that are named by DNS, or where no program may be brought, can be installed on all
    // the same.
    void whatCouldNotBeAskedIsSaidAndHoldsNobodyUp() {
        test::Site site("small");
        for (const Host& host : site.inventory.hosts)
            site.facts(host.name.str().c_str()).peers.reset();
        const auto results = site.results();
        for (const CheckResult& result : results)
            if (result.id.str() == "network.reachable" || result.id.str() == "network.rtt")
                QCOMPARE(result.status, CheckStatus::CouldNotCheck);
        QVERIFY(blocking(results).empty());
    }

    void datacentersHaveClustersOfTheirOwn() {
        test::Site site("small");
        site.inventory.hosts[1].datacenter = "b";
        for (PeerAnswer& answer : site.peer().ports)
            answer.answer = "silent";
        site.peer().rttMs = 40;
        for (const CheckResult& result : site.results())
            if (result.host == kS1 &&
                (result.id.str() == "network.reachable" || result.id.str() == "network.rtt"))
                QCOMPARE(result.status, CheckStatus::Pass);
    }
};

QTEST_GUILESS_MAIN(TestPeers)
#include "tst_peers.moc"
