#pragma once

#include "plan/planner.h"

namespace deploy {

/// The steps of a mode that puts everything on one server. The bundle was found to be able to.
Result<std::vector<Step>> singleServerSteps(const PlanInput& input, const Host& host);

/// What the bundle lacks for it, in words of bundle.yaml; empty: nothing.
std::vector<std::string> lackingForSingle(const PlanInput& input);

}  // namespace deploy
