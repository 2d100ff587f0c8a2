#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "plan/actions.h"
#include "project/repairs.h"
#include "remote/simulated.h"
#include "support/run_fixture.h"
#include "text/message_table.h"

using namespace deploy;

namespace {

const Product& product() {
    static const Product kProduct = *Product::load();
    return kProduct;
}

CheckResult check(const char* server, const char* repair) {
    CheckResult result;
    result.host = HostId(server);
    result.repair = repair;
    return result;
}

/// A practice project of servers with swap on and one with huge pages.
class Servers {
public:
    Servers() {
        folder_ = ProjectFolder::create(temporary_.filePath("p").toStdString(),
                                        *practiceContent("small-settings"))
                      .value();
        for (const Host& host : folder_->content().inventory.hosts)
            if (const auto connected = connector()->connect(host, {}); !connected)
                QVERIFY(confirmHostKey(*folder_, host, connected.error()).has_value());
    }

    std::map<HostId, ProbeOutcome> probe() {
        const auto servers = connector();
        return probeProject(product(), *folder_, *servers, {}, {}, {});
    }
    std::vector<Repair> offered() {
        return offeredRepairs(checkProject(product(), *folder_, probe(), nullptr).value());
    }
    std::vector<Repair> standing() { return standingRepairs(folder_->runs().value()); }
    RunState run(const Plan& plan) {
        const auto servers = connector();
        RunWork work{product(), *folder_, *servers, *clock_, nullptr, {}, "test@laptop"};
        RecordingObserver observer;
        return startRun(work, plan, observer, {}).value();
    }
    Plan plan(const std::vector<Repair>& repairs) const {
        return makeRepairPlan(folder_->content().id, folder_->content().mode, repairs,
                              product().scripts)
            .value();
    }
    Plan undo(const std::vector<Repair>& repairs) const {
        return makeRepairUndoPlan(folder_->content().id, folder_->content().mode, repairs,
                                  product().scripts)
            .value();
    }
    ProjectFolder& project() { return *folder_; }

private:
    std::unique_ptr<Connector> connector() { return connectorFor(*folder_, {}, *clock_).value(); }

    QTemporaryDir temporary_{(QDir("/dev/shm").exists() ? QString("/dev/shm") : QDir::tempPath()) +
                             "/finclip-repair-XXXXXX"};
    std::unique_ptr<Clock> clock_ = makeScaledClock(systemClock(), 0);
    std::optional<ProjectFolder> folder_;
};

const Repair kSwap2{HostId("s2"), "swap"};
const Repair kPages2{HostId("s2"), "thp"};
const Repair kSwap3{HostId("s3"), "swap"};

}  // namespace

class RepairTest : public QObject {
    Q_OBJECT
private slots:
    void eachIsOfferedOnce() {
        const std::vector<CheckResult> checks = {check("s1", ""), check("s2", "swap"),
                                                 check("s2", "thp"), check("s2", "swap"),
                                                 check("s3", "swap")};
        QCOMPARE(offeredRepairs(checks), (std::vector<Repair>{kSwap2, kPages2, kSwap3}));
    }

    /// Every repair that a check names is a script, is known by its purpose, and has its words.
    void whatChecksNameIsThere() {
        const auto en = MessageTable::load("en").value();
        for (const char* name : {"swap", "thp", "selinux"}) {
            const auto plan =
                makeRepairPlan("p", ModeId("small"), {{HostId("s1"), name}}, product().scripts);
            QVERIFY2(plan.has_value(), name);
            QVERIFY(validatePlan(*plan).has_value());
            QCOMPARE(purposeOf(*plan), std::string("repair"));
            QCOMPARE(repairsOf(*plan), (std::vector<Repair>{{HostId("s1"), name}}));
            QVERIFY2(en.has("step." + plan->steps.front().title), name);
            const auto undo =
                makeRepairUndoPlan("p", ModeId("small"), repairsOf(*plan), product().scripts);
            QCOMPARE(purposeOf(*undo), std::string("undo_repair"));
            QVERIFY2(en.has("step." + undo->steps.front().title), name);
        }
        QVERIFY(!makeRepairPlan("p", ModeId("small"), {{HostId("s1"), "luck"}}, product().scripts)
                     .has_value());
        QVERIFY(leavesInstallation("repair") && leavesInstallation("undo_repair"));
    }

    void isMadeAndTakenBack() {
        Servers servers;
        QCOMPARE(servers.offered(), (std::vector<Repair>{kSwap2, kPages2, kSwap3}));
        QVERIFY(servers.standing().empty());

        // Only what was ordered: the server that was left out stays as it is.
        QCOMPARE(servers.run(servers.plan({kSwap2, kPages2})).outcome, RunOutcome::Succeeded);
        QCOMPARE(servers.offered(), (std::vector<Repair>{kSwap3}));
        QCOMPARE(servers.standing(), (std::vector<Repair>{kSwap2, kPages2}));
        // A server that was put right carries no installation.
        const auto checks =
            checkProject(product(), servers.project(), servers.probe(), nullptr).value();
        for (const CheckResult& result : checks)
            if (result.host == kSwap2.host && result.id == CheckId("existing.finclip"))
                QCOMPARE(result.status, CheckStatus::Pass);
        QVERIFY(!installedPlan(servers.project()).has_value());
        QVERIFY(!runToResume(servers.project()).has_value());

        QCOMPARE(servers.run(servers.undo({kSwap2})).outcome, RunOutcome::Succeeded);
        QCOMPARE(servers.offered(), (std::vector<Repair>{kSwap2, kSwap3}));
        QCOMPARE(servers.standing(), (std::vector<Repair>{kPages2}));
        QCOMPARE(servers.run(servers.undo({kPages2})).outcome, RunOutcome::Succeeded);
        QCOMPARE(servers.offered(), (std::vector<Repair>{kSwap2, kPages2, kSwap3}));
        QVERIFY(servers.standing().empty());
    }
};

QTEST_GUILESS_MAIN(RepairTest)
#include "tst_repair.moc"
