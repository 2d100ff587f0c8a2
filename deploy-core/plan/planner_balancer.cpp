#include "plan/planner_parts.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

std::vector<std::string> lacking(const PlanInput& input) {
    std::vector<std::string> found = lackingImage(input, roles::kLoadBalancer);
    if (found.empty() && isPlaced(input, roles::kLoadBalancer))
        found.push_back("roles: " + roles::kLoadBalancer.str());
    return found;
}

Result<void> add(ClusterPlan& /*plan*/) {
    return {};
}

}  // namespace

const ClusterPart kLoadBalancerPart{lacking, add};

}  // namespace deploy
