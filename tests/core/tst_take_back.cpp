#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "plan/take_back.h"
#include "project/work.h"
#include "remote/simulated.h"
#include "remote/trouble.h"
#include "support/run_fixture.h"
#include "topology/role_ids.h"
#include "topology/suggest.h"

using namespace deploy;

namespace {

const HostId kS3("s3");
const HostId kS4("s4");

/// A small cluster of simulated servers that is installed as suggested.
class Installed {
public:
    Installed() {
        project_ =
            ProjectFolder::create(folder_.filePath("p").toStdString(), *practiceContent("small-ok"))
                .value();
        const auto connector = connectorFor(*project_, {}, *clock_).value();
        for (const Host& host : project_->content().inventory.hosts)
            if (const auto connected = connector->connect(host, {}); !connected)
                (void)confirmHostKey(*project_, host, connected.error());
        (void)probeProject(product_, *project_, *connectorFor(*project_, {}, *clock_).value(), {},
                           {}, {});
        edit([&](ProjectContent& content) {
            content.topology =
                suggestTopology(product_.catalog, *product_.catalog.mode(content.mode),
                                content.inventory)
                    .value();
        });
    }

    void edit(const std::function<void(ProjectContent&)>& change) {
        ProjectContent content = project_->content();
        change(content);
        QVERIFY(project_->save(content).has_value());
    }
    void move(const RoleId& role, const HostId& from, const HostId& to) {
        edit([&](ProjectContent& content) {
            content.topology = content.topology.unassign(role, from).assign(role, to);
        });
    }
    Result<Plan> plan() {
        return planProject(product_, *project_, openBundle(*project_, {}, {}).value());
    }
    Result<Plan> removal(const Removal& what) { return removalPlan(product_, *project_, what); }
    RunOutcome run(const Plan& plan) {
        return work([&](RunWork& work) { return startRun(work, plan, observer_, {}); });
    }
    RunOutcome resume() {
        return work([&](RunWork& work) { return resumeRun(work, observer_, {}); });
    }
    void trouble(const HostId& host, Trouble what) {
        QVERIFY(makeTrouble(practiceStateFile(project_->folder()), *clock_, host, what));
    }
    /// What a further plan would do: "gone s3/cache.node".
    std::vector<std::string> changes() {
        static constexpr std::array kWords = {"new", "changed", "same", "gone"};
        std::vector<std::string> lines;
        for (const StepChange& change : compare(doneSteps(project_->runs().value()), *plan()))
            if (change.change != Change::Same)
                lines.push_back(std::string(kWords.at(static_cast<size_t>(change.change))) + " " +
                                change.step.str());
        return lines;
    }
    std::vector<StepAnswer> status() {
        const auto connector = connectorFor(*project_, {}, *clock_).value();
        RunWork work{product_, *project_, *connector, *clock_, nullptr, {}, "eng@laptop"};
        return statusOf(work, {}).value();
    }
    const ProjectFolder& project() const { return *project_; }

private:
    RunOutcome work(const std::function<Result<RunState>(RunWork&)>& act) {
        const auto connector = connectorFor(*project_, {}, *clock_).value();
        RunWork work{product_, *project_, *connector, *clock_, nullptr, {}, "eng@laptop"};
        const auto state = act(work);
        return state ? state->outcome : RunOutcome::Failed;
    }

    QTemporaryDir folder_{(QDir("/dev/shm").exists() ? QString("/dev/shm") : QDir::tempPath()) +
                          "/finclip-take-back-XXXXXX"};
    std::unique_ptr<Clock> clock_ = makeScaledClock(systemClock(), 0);
    Product product_ = *Product::load();
    std::optional<ProjectFolder> project_;
    RecordingObserver observer_;
};

bool has(const std::vector<std::string>& lines, const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

size_t countBack(const Plan& plan) {
    return static_cast<size_t>(std::count_if(plan.steps.begin(), plan.steps.end(), takesBack));
}

/// The steps that take something back on other servers than this one, in their order.
std::vector<std::string> elsewhere(const Plan& plan, const HostId& server) {
    std::vector<std::string> ids;
    for (const Step& step : plan.steps)
        if (takesBack(step) && step.host != server)
            ids.push_back(step.id.str());
    return ids;
}

}  // namespace

/// What a new drawing lacks is taken back, on simulated servers with the product's own engine.
class TestTakeBack : public QObject {
    Q_OBJECT
private slots:
    void aMovedRoleLeavesItsServer() {
        Installed site;
        QCOMPARE(site.run(*site.plan()), RunOutcome::Succeeded);
        QVERIFY(site.changes().empty());
        site.move(roles::kCache, kS3, kS4);
        const Plan plan = *site.plan();
        QCOMPARE(purposeOf(plan), std::string("apply"));
        QVERIFY(has(site.changes(), "gone s3/cache.node"));
        QVERIFY(has(site.changes(), "new s4/cache.node"));
        QCOMPARE(site.run(plan), RunOutcome::Succeeded);
        QVERIFY(site.changes().empty());
        QCOMPARE(countBack(*site.plan()), size_t(0));
        for (const StepAnswer& answer : site.status())
            QVERIFY2(answer.holds, answer.step.str().c_str());
        // And back again, as if it had never left.
        site.move(roles::kCache, kS4, kS3);
        QVERIFY(has(site.changes(), "gone s4/cache.node"));
        QVERIFY(has(site.changes(), "new s3/cache.node"));
    }

    /// A server of the cluster sees to it that no node stays behind, and keeps what it has itself.
    void anAgentThatLeavesIsForgotten() {
        Installed site;
        QCOMPARE(site.run(*site.plan()), RunOutcome::Succeeded);
        const HostId agent("s1");
        const Plan removal = *site.removal({.server = agent});
        QVERIFY((elsewhere(removal, agent) ==
                 std::vector<std::string>{"s2/kubernetes.drain.s1", "s2/kubernetes.leave.s1"}));
        const auto needs = [&](const char* step, const char* other) {
            const auto& needed = removal.find(StepId(step))->needs;
            return std::find(needed.begin(), needed.end(), StepId(other)) != needed.end();
        };
        QVERIFY(needs("s1/kubernetes.node", "s2/kubernetes.drain.s1"));
        QVERIFY(needs("s2/kubernetes.leave.s1", "s1/kubernetes.node"));
        QCOMPARE(site.run(removal), RunOutcome::Succeeded);
        for (const StepAnswer& answer : site.status())
            QVERIFY2(answer.holds, answer.step.str().c_str());
        // All of it together is no reason to move pods.
        QVERIFY(site.removal({})->find(StepId("s2/kubernetes.drain.s3")) == nullptr);
    }

    void aFailedRemovalStaysUntilItSucceeded() {
        Installed site;
        QCOMPARE(site.run(*site.plan()), RunOutcome::Succeeded);
        site.move(roles::kCache, kS3, kS4);
        site.trouble(kS3, Trouble::FailNextStep);
        QCOMPARE(site.run(*site.plan()), RunOutcome::Failed);
        const auto answers = site.status();
        const auto left = std::find_if(answers.begin(), answers.end(), [](const StepAnswer& a) {
            return a.step == StepId("s3/cache.node");
        });
        QVERIFY(left != answers.end() && !left->holds);
        // Not only a resume knows of it, any later plan does.
        QVERIFY(has(site.changes(), "gone s3/cache.node"));
        QVERIFY(!has(site.changes(), "new s4/cache.node"));
        QCOMPARE(site.run(*site.plan()), RunOutcome::Succeeded);
        QVERIFY(site.changes().empty());
    }

    void anotherModeIsRefusedUntilItIsRemoved() {
        Installed site;
        QCOMPARE(site.run(*site.plan()), RunOutcome::Succeeded);
        site.edit([](ProjectContent& content) { content.mode = ModeId("single"); });
        QCOMPARE(site.plan().error().code, ErrorCode::PlanOtherMode);
        QCOMPARE(site.plan().error().args.at("installed"), std::string("small"));
        // A server that is not in the list any more holds nothing up.
        site.edit([](ProjectContent& content) {
            std::erase_if(content.inventory.hosts,
                          [](const Host& host) { return host.name == kS4; });
        });
        const Plan removal = *site.removal({});
        QVERIFY(removal.find(StepId("s3/database.member")) != nullptr);
        QVERIFY(removal.find(StepId("s4/database.member")) == nullptr);
        QCOMPARE(site.run(removal), RunOutcome::Succeeded);
        const auto plan = site.plan();
        QVERIFY(plan || plan.error().code != ErrorCode::PlanOtherMode);
        QCOMPARE(site.removal({}).error().code, ErrorCode::NothingInstalled);
        // The data stayed, and can go later.
        QVERIFY(site.removal({.keep = Keep::Nothing}).has_value());
    }

    void oneServersPartIsTakenBackAndPutBack() {
        Installed site;
        QCOMPARE(site.removal({.server = kS3}).error().code, ErrorCode::NothingInstalled);
        QCOMPARE(site.run(*site.plan()), RunOutcome::Succeeded);
        const Plan removal = *site.removal({.server = kS3});
        QCOMPARE(purposeOf(removal), std::string("remove"));
        QVERIFY((elsewhere(removal, kS3) ==
                 std::vector<std::string>{"s2/kubernetes.drain.s3", "s2/kubernetes.leave.s3"}));
        QCOMPARE(site.run(removal), RunOutcome::Succeeded);
        // The others are still installed, and only they are asked.
        const Plan installed = installedPlan(site.project()).value();
        QVERIFY(installed.find(StepId("s4/database.member")) != nullptr);
        QVERIFY(std::none_of(installed.steps.begin(), installed.steps.end(),
                             [](const Step& step) { return step.host == kS3; }));
        QVERIFY(has(site.changes(), "new s3/database.member"));
        // Two of three members would be gone.
        const auto refused = site.removal({.server = kS4});
        QCOMPARE(refused.error().code, ErrorCode::LastCopy);
        QCOMPARE(refused.error().args.at("service"), std::string("database"));
        QVERIFY(site.removal({.server = kS4, .last = LastCopy::GivenUp}).has_value());
        QCOMPARE(site.run(*site.plan()), RunOutcome::Succeeded);
        QVERIFY(site.changes().empty());
    }
};

QTEST_GUILESS_MAIN(TestTakeBack)
#include "tst_take_back.moc"
