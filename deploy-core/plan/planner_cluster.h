#pragma once

#include "plan/planner.h"

namespace deploy {

/// Seed: the port of the business services on every server of a cluster; a load balancer before
/// them has port 80.
inline constexpr const char* kNodePort = "30001";

/// The steps of a mode with several servers: what each server needs, then each placed role.
/// PlanImpossible names all that the bundle lacks for them; a role that is not placed asks for
/// nothing.
Result<std::vector<Step>> clusterSteps(const PlanInput& input);

}  // namespace deploy
