#pragma once

#include <map>

#include "bundle/manifest.h"
#include "catalog/catalog.h"
#include "inventory/host.h"
#include "plan/plan.h"
#include "plan/role_scripts.h"
#include "plan/settings.h"
#include "probe/facts.h"
#include "topology/topology.h"

namespace deploy {

/// All that decides a plan. References are not owned and live through the call.
struct PlanInput {
    std::string projectId;
    const Mode& mode;
    const BundleManifest& bundle;
    std::string bundleDigest;
    const Inventory& inventory;
    const Topology& topology;
    const Settings& settings;
    const std::map<HostId, Facts>& facts;
    const RoleScripts& scripts;
};

/// Pure. PlanImpossible where the bundle cannot install the mode or a needed fact is missing.
Result<Plan> makePlan(const PlanInput& input);

/// What takes everything back, from the plan that was installed: RunScript steps with
/// Action::Remove in the opposite order. Data is removed only with Keep::Nothing.
enum class Keep { Data, Nothing };
Result<Plan> makeRemovalPlan(const Plan& installed, Keep keep);

/// Names of the secrets that the plan refers to; the project generates those that are missing.
std::vector<std::string> secretNames(const Plan& plan);

}  // namespace deploy
