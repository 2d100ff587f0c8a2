#pragma once

#include <functional>

#include "plan/planner.h"

namespace deploy {

// Taking back what was installed: all of it, one server's part, or what a new plan lacks.

/// Whether the step takes something back.
bool takesBack(const Step& step);
/// Whether the step leaves something on its server that a removal takes away.
bool leavesSomething(const Step& step, Keep keep);
/// Whether `present` has more than data on the server.
bool isInstalledOn(const Plan& present, const HostId& host);

/// What undoes the steps of `present` that are `chosen`, all of which leave something: RunScript
/// steps with Action::Remove under the same ids, in the opposite order, each after those that build
/// on it. What is not chosen is seen through.
std::vector<Step> stepsBack(const Plan& present, const std::function<bool(const Step&)>& chosen);

/// Without the steps of servers that are not in the list, each script as this program has it:
/// PlanImpossible for one that it does not know.
Result<Plan> ofNow(Plan plan, const Inventory& inventory, const RoleScripts& scripts);

/// Nothing is planned for another mode than the one that is installed on servers of the list.
/// PlanOtherMode.
Result<void> checkModeStays(const Plan& present, const ModeId& mode, const Inventory& inventory);

/// `next` where `present` (project/presentPlan) is on the servers: what `next` lacks is taken back
/// when all else is done, and only then it is asked whether the installation works. Data is kept.
/// Without such steps it is `next` as it is. PlanTooManyLeave where a role would lose so many of
/// its servers at once that those which stay cannot hand its data on, or the database would be of
/// another kind (args "why").
Result<Plan> planOver(const Plan& next, const Plan& present, const RoleScripts& scripts,
                      const Inventory& inventory);

}  // namespace deploy
