#include "project/repairs.h"

#include <algorithm>

#include "plan/actions.h"

namespace deploy {

std::vector<Repair> standingRepairs(const std::vector<RunRecord>& runs) {
    std::vector<Repair> standing;
    for (const RunRecord& run : runs) {
        const auto repairs = repairsOf(run.plan);
        for (size_t i = 0; i < repairs.size(); ++i) {
            const StepState state = run.state.step(run.plan.steps[i].id);
            const bool began = state.status != StepStatus::Waiting;
            const bool undoes = actionOf(run.plan) == kUndoingRepair;
            const bool undone = undoes && (state.status == StepStatus::Succeeded ||
                                           state.status == StepStatus::Skipped);
            // What was begun may have changed the server, however it ended.
            const auto known = std::find(standing.begin(), standing.end(), repairs[i]);
            if (undone && known != standing.end())
                standing.erase(known);
            else if (!undoes && began && known == standing.end())
                standing.push_back(repairs[i]);
        }
    }
    return standing;
}

}  // namespace deploy
