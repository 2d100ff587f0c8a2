#include <algorithm>
#include <set>

#include "plan/take_back.h"

namespace deploy {

namespace {

const RunScript* changeOf(const Step& step) {
    const auto* run = std::get_if<RunScript>(&step.action);
    return run && run->action == RunScript::Action::Apply ? run : nullptr;
}

/// The chosen steps that build on `step`, seen through those that are not chosen.
std::set<StepId> builtOn(const Plan& plan, const Step& step, const std::set<StepId>& chosen) {
    std::set<StepId> reached = {step.id};
    std::set<StepId> found;
    for (const Step& later : plan.steps) {
        const auto needed = [&](const StepId& id) { return reached.contains(id); };
        if (!std::any_of(later.needs.begin(), later.needs.end(), needed))
            continue;
        if (chosen.contains(later.id))
            found.insert(later.id);
        else
            reached.insert(later.id);
    }
    return found;
}

Step stepBack(const Step& step) {
    Step back = step;
    back.title = "remove." + step.title;
    auto& run = std::get<RunScript>(back.action);
    run.action = RunScript::Action::Remove;
    // To take a secret away nobody needs to know it.
    run.call.secrets.clear();
    back.estimate = std::chrono::seconds(5);
    back.softDeadline = std::chrono::seconds(180);
    back.hardDeadline = std::chrono::seconds(900);
    return back;
}

}  // namespace

bool takesBack(const Step& step) {
    const auto* run = std::get_if<RunScript>(&step.action);
    return run && run->action == RunScript::Action::Remove;
}

bool leavesSomething(const Step& step, Keep keep) {
    const RunScript* run = changeOf(step);
    return run && (keep == Keep::Nothing || run->call.script != "app/data");
}

bool isInstalledOn(const Plan& present, const HostId& host) {
    return std::any_of(present.steps.begin(), present.steps.end(), [&](const Step& step) {
        return step.host == host && leavesSomething(step, Keep::Data);
    });
}

std::vector<Step> stepsBack(const Plan& present, const std::function<bool(const Step&)>& chosen) {
    std::set<StepId> ids;
    for (const Step& step : present.steps)
        if (chosen(step))
            ids.insert(step.id);
    std::vector<Step> steps;
    for (auto step = present.steps.rbegin(); step != present.steps.rend(); ++step) {
        if (!ids.contains(step->id))
            continue;
        Step back = stepBack(*step);
        const auto later = builtOn(present, *step, ids);
        back.needs.assign(later.begin(), later.end());
        steps.push_back(std::move(back));
    }
    return steps;
}

Result<Plan> ofNow(Plan plan, const Inventory& inventory, const RoleScripts& scripts) {
    std::erase_if(plan.steps, [&](const Step& step) { return !inventory.find(step.host); });
    std::set<StepId> kept;
    for (Step& step : plan.steps) {
        std::erase_if(step.needs, [&](const StepId& id) { return !kept.contains(id); });
        kept.insert(step.id);
        if (auto* run = std::get_if<RunScript>(&step.action)) {
            auto digest = scripts.digest(run->call.script);
            if (!digest)
                return tl::unexpected(digest.error());
            run->call.sha256 = *std::move(digest);
        }
    }
    return plan;
}

Result<Plan> makeRemovalPlan(const Plan& installed, Keep keep) {
    const auto chosen = [&](const Step& step) { return leavesSomething(step, keep); };
    Plan removal{installed.projectId, installed.mode, installed.bundleDigest,
                 stepsBack(installed, chosen)};
    if (removal.steps.empty())
        return fail(ErrorCode::PlanImpossible, installed.mode.str());
    return removal;
}

}  // namespace deploy
