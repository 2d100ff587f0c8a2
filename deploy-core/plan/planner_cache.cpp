#include "plan/planner_parts.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

std::vector<std::string> lacking(const PlanInput& input) {
    std::vector<std::string> found = lackingImage(input, roles::kCache);
    if (found.empty() && isPlaced(input, roles::kCache))
        found.push_back("roles: " + roles::kCache.str());
    return found;
}

Result<void> add(ClusterPlan& /*plan*/) {
    return {};
}

}  // namespace

const ClusterPart kCachePart{lacking, add};

}  // namespace deploy
