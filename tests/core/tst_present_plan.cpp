#include <QTest>

#include "plan/leaving.h"
#include "project/project.h"

using namespace deploy;

namespace {

Step stepOf(const std::string& id, const std::string& script, RunScript::Action action,
            std::map<std::string, std::string> values) {
    Step step;
    step.id = StepId(id);
    step.host = HostId(id.substr(0, id.find('/')));
    step.action = RunScript{{script, "", std::move(values), {}}, action};
    return step;
}

const StepId kNode("s2/kubernetes.node");

RunRecord runOf(std::vector<Step> steps, StepStatus status) {
    RunRecord record{RunId("run"), {}, Plan{"project", ModeId("small"), "", std::move(steps)}, {}};
    record.state.purpose = "apply";
    for (const Step& step : record.plan.steps)
        record.state.steps[step.id].status = status;
    return record;
}

/// s2 was installed; then s3 did this about its node.
bool knowsNodeAfter(const std::string& how, const std::string& node, StepStatus status) {
    const Step made = stepOf(kNode.str(), "kubernetes/node", RunScript::Action::Apply,
                             {{"KIND", "server"}, {"NODE", "s2"}});
    const Step other = stepOf("s2/cache.node", "cache/node", RunScript::Action::Apply, {});
    const Step leave = stepOf("s3/kubernetes.leave.s2", kLeaveScript, RunScript::Action::Remove,
                              {{"HOW", how}, {"NODE", node}});
    const Plan present =
        presentPlan({runOf({made, other}, StepStatus::Succeeded), runOf({leave}, status)});
    // What else is on the server, if it ever comes back, is not forgotten with it.
    return present.find(other.id) != nullptr && present.find(kNode) != nullptr;
}

}  // namespace

/// What is on the servers, by the records of the runs.
class TestPresentPlan : public QObject {
    Q_OBJECT
private slots:
    void aNodeThatTheClusterForgotIsNoneAnyMore() {
        QVERIFY(!knowsNodeAfter("delete", "s2", StepStatus::Succeeded));
        QVERIFY(!knowsNodeAfter("delete", "s2", StepStatus::Skipped));
        QVERIFY(knowsNodeAfter("delete", "s2", StepStatus::Failed));
        QVERIFY(knowsNodeAfter("delete", "s2", StepStatus::Waiting));
        QVERIFY(knowsNodeAfter("delete", "s4", StepStatus::Succeeded));
        QVERIFY(knowsNodeAfter("drain", "s2", StepStatus::Succeeded));
    }
};

QTEST_GUILESS_MAIN(TestPresentPlan)
#include "tst_present_plan.moc"
