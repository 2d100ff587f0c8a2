#include <QTest>

#include "plan/recovery.h"

using namespace deploy;

namespace {

RoleScripts scripts() {
    RoleScripts scripts;
    scripts.texts = {{"lib", "l"}, {kRecoverScript, "r"}, {kRebalanceScript, "b"}};
    return scripts;
}

Step memberStep(const std::string& server) {
    Step step;
    step.id = StepId(server + "/database.member");
    step.host = HostId(server);
    step.needs = {StepId(server + "/docker.engine")};
    step.action = RunScript{{"database/member",
                             "digest",
                             {{"MEMBER", server}, {"FOLDER", "/f"}, {"DATA_DIR", "/d"}},
                             {}},
                            RunScript::Action::Apply};
    return step;
}

Plan installed() {
    Plan plan{"project", ModeId("small"), "bundle", {}};
    Step other = memberStep("s1");
    std::get<RunScript>(other.action).call.script = "cache/node";
    plan.steps = {other, memberStep("s2"), memberStep("s3"), memberStep("s4")};
    return plan;
}

MemberPosition member(const char* server, int64_t position, bool together = false) {
    return {HostId(server), together, "uuid", position};
}

/// "s3 first, s2 join": hosts and ways, each of which needs the one before it; "stop all at 1 2 3,
/// ..." where all are stopped before, at these positions.
QString told(const Result<Plan>& plan) {
    if (!plan)
        return QString::fromStdString("impossible: " + plan.error().args.at("needed"));
    QStringList words;
    std::vector<StepId> before;
    QStringList stops;
    for (const Step& step : plan->steps) {
        const auto& values = std::get<RunScript>(step.action).call.values;
        if (values.at("HOW") == "stop") {
            stops << QString::fromStdString(values.at("ASKED")).section(' ', 1);
            before.push_back(step.id);
            if (!step.needs.empty())
                return QStringLiteral("a stop waits");
            continue;
        }
        if (!stops.isEmpty())
            words << QStringLiteral("stop all at ") + stops.join(' ');
        stops.clear();
        if (step.needs != before)
            return QStringLiteral("not one after the other");
        before = {step.id};
        words << QString::fromStdString(step.host.str() + " " +
                                        std::get<RunScript>(step.action).call.values.at("HOW"));
    }
    return words.join(QStringLiteral(", "));
}

}  // namespace

class TestRecovery : public QObject {
    Q_OBJECT
private slots:
    void words() {
        const HostId host("s2");
        QCOMPARE(*readPosition(host, "noise\nposition uuid 41"), member("s2", 41));
        QCOMPARE(*readPosition(host, "together uuid 41"), member("s2", 41, true));
        QCOMPARE(readPosition(host, "position uuid -1")->position, -1);
        for (const char* bad : {"", "position", "position uuid", "position uuid x", "found uuid 1"})
            QVERIFY2(!readPosition(host, bad).has_value(), bad);
    }

    void questionsAreOneAMember() {
        const auto questions = recoveryQuestions(installed(), scripts());
        QVERIFY(questions.has_value());
        QCOMPARE(questions->steps.size(), 3U);
        QCOMPARE(questions->steps[0].id.str(), std::string("s2/database.recover"));
        QVERIFY(questions->steps[0].needs.empty());
        QVERIFY(!recoveryQuestions(Plan{}, scripts()).has_value());
    }

    void order_data() {
        QTest::addColumn<QList<int>>("positions");
        QTest::addColumn<QList<bool>>("together");
        QTest::addColumn<QString>("order");
        const QList<bool> none = {false, false, false};
        QTest::newRow("most advanced")
            << QList<int>{7, 9, 8} << none << "stop all at 7 9 8, s3 first, s2 join, s4 join";
        QTest::newRow("equal") << QList<int>{9, 9, 9} << none
                               << "stop all at 9 9 9, s2 first, s3 join, s4 join";
        QTest::newRow("one does not know")
            << QList<int>{-1, 4, 5} << none << "stop all at -1 4 5, s4 first, s2 join, s3 join";
        QTest::newRow("nobody knows") << QList<int>{-1, -1, -1} << none << "impossible: position";
        QTest::newRow("two are together")
            << QList<int>{9, 9, 3} << QList<bool>{true, true, false} << "s4 join";
        QTest::newRow("all are together")
            << QList<int>{9, 9, 9} << QList<bool>{true, true, true} << "";
    }

    void order() {
        QFETCH(QList<int>, positions);
        QFETCH(QList<bool>, together);
        QFETCH(QString, order);
        std::vector<MemberPosition> members;
        for (int i = 0; i < 3; ++i)
            members.push_back(
                {HostId("s" + std::to_string(i + 2)), together[i], "uuid", positions[i]});
        const auto questions = recoveryQuestions(installed(), scripts());
        QCOMPARE(told(makeRecoveryPlan(*questions, members)), order);
    }

    void aMemberWithoutDataJoinsAnyHistory() {
        const auto questions = recoveryQuestions(installed(), scripts());
        const MemberPosition empty{HostId("s2"), false, kNoHistory, -1};
        QCOMPARE(told(makeRecoveryPlan(*questions, {empty, member("s3", 9, true)})),
                 QStringLiteral("s2 join"));
        QCOMPARE(told(makeRecoveryPlan(*questions, {empty, member("s3", 4), member("s4", 5)})),
                 QStringLiteral("stop all at -1 4 5, s4 first, s2 join, s3 join"));
        const MemberPosition other{HostId("s2"), false, "another", 3};
        QCOMPARE(told(makeRecoveryPlan(*questions, {other, member("s3", 9, true)})),
                 QStringLiteral("impossible: one history"));
        QCOMPARE(told(makeRecoveryPlan(*questions, {empty})),
                 QStringLiteral("impossible: position"));
    }

    void mastersGoBack() {
        Plan plan = installed();
        QVERIFY(!makeRebalancePlan(plan, scripts()).has_value());
        auto& call = std::get<RunScript>(plan.steps[0].action).call;
        call.script = "cache/cluster";
        call.values = {{"NODES", "s1 10.0.0.1 7000 0 master"}};
        const auto back = makeRebalancePlan(plan, scripts());
        QVERIFY(back.has_value());
        QCOMPARE(back->steps.size(), 1U);
        QCOMPARE(back->steps[0].id.str(), std::string("s1/cache.rebalance"));
        QCOMPARE(actionOf(*back), std::string("rebalance"));
        QCOMPARE(actionOf(plan), std::string());
        QVERIFY(leavesInstallation("rebalance") && !leavesInstallation("apply"));
    }

    void otherHistoriesAreNotMixed() {
        const auto questions = recoveryQuestions(installed(), scripts());
        std::vector<MemberPosition> members = {member("s2", 3), member("s3", 5), member("s4", 4)};
        members[1].cluster = "another";
        QCOMPARE(told(makeRecoveryPlan(*questions, members)),
                 QStringLiteral("impossible: one history"));
        QCOMPARE(told(makeRecoveryPlan(*questions, {})), QStringLiteral("impossible: position"));
    }
};

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
