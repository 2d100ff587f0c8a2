#include <algorithm>
#include <set>

#include "plan/planner.h"

namespace deploy {

namespace {

const RunScript* changeOf(const Step& step) {
    const auto* run = std::get_if<RunScript>(&step.action);
    return run && run->action == RunScript::Action::Apply ? run : nullptr;
}

bool isTakenBack(const Step& step, Keep keep) {
    const RunScript* run = changeOf(step);
    return run && (keep == Keep::Nothing || run->call.script != "app/data");
}

/// The steps that build on `step`, seen through those that leave nothing to take back.
std::set<StepId> builtOn(const Plan& plan, const Step& step, Keep keep) {
    std::set<StepId> reached = {step.id};
    std::set<StepId> found;
    for (const Step& later : plan.steps) {
        const auto needed = [&](const StepId& id) { return reached.contains(id); };
        if (!std::any_of(later.needs.begin(), later.needs.end(), needed))
            continue;
        if (isTakenBack(later, keep))
            found.insert(later.id);
        else
            reached.insert(later.id);
    }
    return found;
}

}  // namespace

Result<Plan> makeRemovalPlan(const Plan& installed, Keep keep) {
    Plan removal{installed.projectId, installed.mode, installed.bundleDigest, {}};
    for (auto step = installed.steps.rbegin(); step != installed.steps.rend(); ++step) {
        if (!isTakenBack(*step, keep))
            continue;
        Step back = *step;
        const auto later = builtOn(installed, *step, keep);
        back.needs.assign(later.begin(), later.end());
        back.title = "remove." + step->title;
        auto& run = std::get<RunScript>(back.action);
        run.action = RunScript::Action::Remove;
        // To take a secret away nobody needs to know it.
        run.call.secrets.clear();
        back.estimate = std::chrono::seconds(5);
        back.softDeadline = std::chrono::seconds(180);
        back.hardDeadline = std::chrono::seconds(900);
        removal.steps.push_back(std::move(back));
    }
    if (removal.steps.empty())
        return fail(ErrorCode::PlanImpossible, installed.mode.str());
    return removal;
}

}  // namespace deploy
