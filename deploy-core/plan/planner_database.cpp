#include "plan/planner_parts.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

std::vector<std::string> lacking(const PlanInput& input) {
    std::vector<std::string> found = lackingImage(input, roles::kDatabase);
    if (found.empty() && isPlaced(input, roles::kDatabase))
        found.push_back("roles: " + roles::kDatabase.str());
    return found;
}

Result<void> add(ClusterPlan& /*plan*/) {
    return {};
}

}  // namespace

const ClusterPart kDatabasePart{lacking, add};

}  // namespace deploy
