#pragma once

#include "plan/planner_parts.h"

namespace deploy {

/// The server on which the cluster is asked and told things: its first one.
HostId kubernetesDesk(const PlanInput& input);

/// The configuration of a member without the secrets, and without how it joins: lines of YAML.
std::string nodeConfig(const PlanInput& input, const HostId& host);

}  // namespace deploy
