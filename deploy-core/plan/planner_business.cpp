#include "plan/planner_parts.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

std::vector<std::string> lacking(const PlanInput& input) {
    std::vector<std::string> found;
    for (const RoleId& role : {roles::kBusiness, roles::kGateway})
        if (isPlaced(input, role))
            found.push_back("app/k8s: role " + role.str());
    return found;
}

Result<void> add(ClusterPlan& /*plan*/) {
    return {};
}

}  // namespace

const ClusterPart kBusinessPart{lacking, add};

}  // namespace deploy
