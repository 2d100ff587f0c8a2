#include "plan/actions.h"

#include "plan/drill.h"

namespace deploy {

std::string actionOf(const Plan& plan) {
    for (const Step& step : plan.steps) {
        const auto* run = std::get_if<RunScript>(&step.action);
        if (run && run->call.script == kDrillClientScript)
            return "drill";
        if (run && run->call.script == kRecoverScript)
            return "recover";
        if (run && run->call.script == kSwitchOverScript)
            return "switch_over";
        if (run && run->call.script == kRebalanceScript)
            return "rebalance";
        if (run && run->call.script.starts_with(kRepairScripts))
            return run->action == RunScript::Action::Remove ? kUndoingRepair : kRepairing;
    }
    return {};
}

bool leavesInstallation(const std::string& purpose) {
    return purpose == "verify" || purpose == "recover" || purpose == "switch_over" ||
           purpose == "rebalance" || purpose == "drill" || purpose == kRepairing ||
           purpose == kUndoingRepair;
}

Result<Plan> makeRebalancePlan(const Plan& installed, const RoleScripts& scripts) {
    const auto digest = scripts.digest(kRebalanceScript);
    if (!digest)
        return tl::unexpected(digest.error());
    for (const Step& step : installed.steps) {
        const auto* run = std::get_if<RunScript>(&step.action);
        if (!run || run->call.script != "cache/cluster")
            continue;
        Step back = step;
        back.id = StepId(step.host.str() + "/cache.rebalance");
        back.title = "cache.rebalance";
        back.needs.clear();
        back.action =
            RunScript{{kRebalanceScript, *digest, {{"NODES", run->call.values.at("NODES")}}, {}},
                      RunScript::Action::Apply};
        return Plan{installed.projectId, installed.mode, installed.bundleDigest, {back}};
    }
    return fail(ErrorCode::PlanImpossible, "cache", {}, {{"needed", "cache/cluster"}});
}

}  // namespace deploy
