#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"
#include "plan/role_scripts.h"
#include "probe/checks.h"

namespace deploy {

/// One finding that can be put right on its server: the script "repair/<name>".
struct Repair {
    HostId host;
    std::string name;  ///< "swap"; text "repair.<name>"
    bool operator==(const Repair&) const = default;
};

/// What the checks offer to put right, in their order, each once. Pure.
std::vector<Repair> offeredRepairs(const std::vector<CheckResult>& checks);

/// One step for each repair, none of which needs another. PlanImpossible for one that is not known.
Result<Plan> makeRepairPlan(const std::string& projectId, const ModeId& mode,
                            const std::vector<Repair>& repairs, const RoleScripts& scripts);

/// The repairs of a plan; empty for a plan of anything else.
std::vector<Repair> repairsOf(const Plan& plan);

/// Takes repairs back by the undo ledgers on their servers.
Result<Plan> makeRepairUndoPlan(const std::string& projectId, const ModeId& mode,
                                const std::vector<Repair>& repairs, const RoleScripts& scripts);

}  // namespace deploy
