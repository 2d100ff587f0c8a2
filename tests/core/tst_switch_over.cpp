#include <QTest>

#include "plan/switch_over.h"
#include "remote/sim/role_pair.h"
#include "topology/role_ids.h"

using namespace deploy;

namespace {

RoleScripts scripts() {
    RoleScripts scripts;
    scripts.texts = {{"lib", "l"}, {kSwitchOverScript, "s"}};
    return scripts;
}

Plan installed() {
    Plan plan{"project", ModeId("small"), "bundle", {}};
    for (const char* server : {"s3", "s4"}) {
        Step step;
        step.id = StepId(std::string(server) + "/database.pair");
        step.host = HostId(server);
        step.needs = {StepId("s1/other")};
        step.action = RunScript{{"database/pair",
                                 "digest",
                                 {{"MEMBER", server}, {"FOLDER", "/f"}, {"DATA_DIR", "/d"}},
                                 {}},
                                RunScript::Action::Apply};
        plan.steps.push_back(step);
    }
    return plan;
}

Plan questions() {
    return pairQuestions(installed(), scripts()).value();
}

/// "s3 primary 1 confirmed" -> what s3 said.
std::vector<PairState> states(const QStringList& said) {
    std::vector<PairState> states;
    for (const QString& each : said) {
        const HostId host(each.section(' ', 0, 0).toStdString());
        states.push_back(readPairState(host, each.section(' ', 1).toStdString()).value());
    }
    return states;
}

/// "s3 yield, s4 take": servers and what they do, each after the one before; or why not.
QString told(const Result<Plan>& plan) {
    if (!plan)
        return QString::fromStdString("refused: " + plan.error().args.at("why"));
    QStringList words;
    for (size_t i = 0; i < plan->steps.size(); ++i) {
        const Step& step = plan->steps[i];
        if (step.needs !=
            (i == 0 ? std::vector<StepId>() : std::vector<StepId>{plan->steps[i - 1].id}))
            return QStringLiteral("not one after the other");
        words << QString::fromStdString(step.host.str() + " " +
                                        std::get<RunScript>(step.action).call.values.at("HOW"));
    }
    if (!plan->steps.empty() && actionOf(*plan) != "switch_over")
        return QStringLiteral("no switch-over");
    return words.join(QStringLiteral(", "));
}

/// Two simulated servers with the database, s3 the first of them.
struct Practised {
    std::map<HostId, sim::ServerState> servers;

    Practised() {
        for (const char* name : {"s3", "s4"})
            servers[HostId(name)].books["database.pair"] = {
                {"MEMBER", name},
                {"MEMBERS", "s3 10.0.0.3\ns4 10.0.0.4"},
                {"FOUNDS", name == std::string("s3") ? "yes" : "no"}};
    }
    void go(const char* server, const char* how, sim::Millis now) {
        sim::takeEffect(servers[HostId(server)], {"database/switch_over", "apply", {{"HOW", how}}},
                        now);
    }
    /// What it says of itself, when it has seen the other.
    QString said(const char* server) {
        sim::ServerState& state = servers[HostId(server)];
        sim::seeOtherPrimary(state, servers);
        const Facts facts;
        const sim::World world{state, facts, 0};
        const auto answer =
            sim::roleVerify(world, {"database/pair", "verify", state.books["database.pair"]});
        return QString::fromStdString(answer.words);
    }
};

}  // namespace

class TestSwitchOver : public QObject {
    Q_OBJECT
private slots:
    void words() {
        const HostId host("s3");
        QCOMPARE(*readPairState(host, "noise\nreplica 2 4"),
                 (PairState{host, PairState::Kind::Replica, 4, "4"}));
        QCOMPARE(readPairState(host, "replica 2 NULL")->behind, -1);
        QCOMPARE(*readPairState(host, "broken 2 has writes of its own"),
                 (PairState{host, PairState::Kind::Broken, -1, "has writes of its own"}));
        QCOMPARE(readPairState(host, "primary 1 alone")->kind, PairState::Kind::Primary);
        QCOMPARE(readPairState(host, "waits 0 does not answer")->why,
                 std::string("does not answer"));
        for (const char* bad : {"", "primary", "master 1 alone", "replica x 0"})
            QVERIFY2(!readPairState(host, bad).has_value(), bad);
    }

    void questionsAreOneAServer() {
        QCOMPARE(questions().steps.size(), 2U);
        QVERIFY(questions().steps[1].needs.empty());
        QVERIFY(hasDatabasePair(installed()));
        QVERIFY(!hasDatabasePair(Plan{}));
        QVERIFY(!pairQuestions(Plan{}, scripts()).has_value());
    }

    void switchOver_data() {
        QTest::addColumn<QStringList>("said");
        QTest::addColumn<QString>("to");
        QTest::addColumn<bool>("lost");
        QTest::addColumn<QString>("wanted");
        const QString primary = QStringLiteral("s3 primary 1 confirmed");
        const QString replica = QStringLiteral("s4 replica 1 0");
        const QString broken = QStringLiteral("s4 broken 1 away for too long");
        const QString waits = QStringLiteral("s3 waits 1 does not know");
        const QString handsOver = QStringLiteral("s3 yield, s4 take, s3 follow");
        QTest::newRow("guided") << QStringList{primary, replica} << "" << false << handsOver;
        QTest::newRow("named") << QStringList{primary, replica} << "s4" << false << handsOver;
        QTest::newRow("already") << QStringList{primary, replica} << "s3" << false << "";
        QTest::newRow("unknown server")
            << QStringList{primary, replica} << "s9" << false << "refused: not_asked";
        QTest::newRow("broken") << QStringList{primary, broken} << "" << false << "refused: broken";
        QTest::newRow("lags") << QStringList{primary, "s4 replica 1 11"} << "" << false
                              << "refused: lags";
        QTest::newRow("does not know its lag")
            << QStringList{primary, "s4 replica 1 NULL"} << "" << false << "refused: lags";
        QTest::newRow("nobody writes")
            << QStringList{waits, replica} << "s4" << false << "refused: no_primary";
        QTest::newRow("lost") << QStringList{replica} << "" << true << "s4 promote";
        QTest::newRow("lost, broken") << QStringList{broken} << "s4" << true << "s4 promote";
        QTest::newRow("it writes")
            << QStringList{primary, replica} << "s4" << true << "refused: writes";
        QTest::newRow("which one")
            << QStringList{waits, replica} << "" << true << "refused: name_one";
        QTest::newRow("the old one") << QStringList{waits, replica} << "s3" << true << "s3 promote";
    }

    void switchOver() {
        QFETCH(QStringList, said);
        QFETCH(QString, to);
        QFETCH(bool, lost);
        QFETCH(QString, wanted);
        QCOMPARE(told(makeSwitchOverPlan(questions(), states(said), HostId(to.toStdString()),
                                         lost ? Promotion::PrimaryLost : Promotion::Guided)),
                 wanted);
    }

    void whatCannotFollowIsMadeAnew() {
        const auto renewal = [](const QStringList& said) {
            return told(makeRenewalPlan(questions(), states(said)));
        };
        QCOMPARE(renewal({"s3 primary 1 alone", "s4 broken 1 why"}), QStringLiteral("s4 renew"));
        QCOMPARE(renewal({"s3 primary 1 confirmed", "s4 replica 1 0"}), QString());
        QCOMPARE(renewal({"s3 waits 1 why", "s4 broken 1 why"}),
                 QStringLiteral("refused: no_primary"));
    }

    void simulatedServersSwitchOver() {
        Practised site;
        const QString primary =
            QStringLiteral("database %1: primary, can write; %2 confirms each write");
        const QString replica = QStringLiteral("database %1: replica of %2, 0 s behind");
        QCOMPARE(site.said("s3"), primary.arg("s3", "s4"));
        QCOMPARE(site.said("s4"), replica.arg("s4", "s3"));
        site.go("s3", "yield", 5000);
        QCOMPARE(site.said("s3"), replica.arg("s3", "s4"));
        site.go("s4", "take", 6000);
        QCOMPARE(site.said("s4"), primary.arg("s4", "s3"));
        // While s4 is off s3 is promoted; when s4 is back, it sees that.
        site.go("s3", "promote", 9000);
        QCOMPARE(site.said("s4"), replica.arg("s4", "s3"));
        QCOMPARE(site.said("s3"), primary.arg("s3", "s4"));
    }

    void theDrawingSaysWhoWrites() {
        Topology topology;
        for (const char* server : {"s3", "s4"})
            topology = topology.assign(roles::kDatabase, HostId(server));
        QCOMPARE(withPrimary(topology, HostId("s4")).hostsOf(roles::kDatabase),
                 (std::vector<HostId>{HostId("s4"), HostId("s3")}));
        QCOMPARE(withPrimary(topology, HostId("s3")), topology);
    }
};

QTEST_GUILESS_MAIN(TestSwitchOver)
#include "tst_switch_over.moc"
