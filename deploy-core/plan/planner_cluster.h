#pragma once

#include "plan/planner.h"

namespace deploy {

/// The steps of a mode with several servers: what each server needs, then each placed role.
/// PlanImpossible names all that the bundle lacks for them; a role that is not placed asks for
/// nothing.
Result<std::vector<Step>> clusterSteps(const PlanInput& input);

}  // namespace deploy
