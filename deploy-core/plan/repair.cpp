#include "plan/repair.h"

#include <algorithm>

#include "plan/actions.h"

namespace deploy {

std::vector<Repair> offeredRepairs(const std::vector<CheckResult>& checks) {
    std::vector<Repair> repairs;
    for (const CheckResult& check : checks) {
        const Repair repair{check.host, check.repair};
        if (!check.repair.empty() &&
            std::find(repairs.begin(), repairs.end(), repair) == repairs.end())
            repairs.push_back(repair);
    }
    return repairs;
}

Result<Plan> makeRepairPlan(const std::string& projectId, const ModeId& mode,
                            const std::vector<Repair>& repairs, const RoleScripts& scripts) {
    Plan plan{projectId, mode, {}, {}};
    for (const Repair& repair : repairs) {
        const std::string script = kRepairScripts + repair.name;
        const auto digest = scripts.digest(script);
        if (!digest)
            return tl::unexpected(digest.error());
        Step step;
        step.id = StepId(repair.host.str() + "/repair." + repair.name);
        step.host = repair.host;
        step.stage = Stage::Prepare;
        step.title = "repair." + repair.name;
        step.action = RunScript{{script, *digest, {}, {}}, RunScript::Action::Apply};
        plan.steps.push_back(std::move(step));
    }
    return plan;
}

std::vector<Repair> repairsOf(const Plan& plan) {
    std::vector<Repair> repairs;
    for (const Step& step : plan.steps) {
        const auto* run = std::get_if<RunScript>(&step.action);
        if (run && run->call.script.starts_with(kRepairScripts))
            repairs.push_back(
                {step.host, run->call.script.substr(std::string(kRepairScripts).size())});
    }
    return repairs;
}

Result<Plan> makeRepairUndoPlan(const std::string& projectId, const ModeId& mode,
                                const std::vector<Repair>& repairs, const RoleScripts& scripts) {
    auto plan = makeRepairPlan(projectId, mode, repairs, scripts);
    if (plan)
        for (Step& step : plan->steps) {
            step.title = "remove." + step.title;
            std::get<RunScript>(step.action).action = RunScript::Action::Remove;
        }
    return plan;
}

}  // namespace deploy
