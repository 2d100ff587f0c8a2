#pragma once

#include "plan/plan.h"
#include "plan/role_scripts.h"

namespace deploy {

inline constexpr const char* kLeaveScript = "kubernetes/leave";

/// `back` (stepsBack) with what a server of the Kubernetes cluster does about each node that
/// leaves, where `stays` (steps of a plan) has such a server: the node's pods move away before
/// anything of Kubernetes is taken from it, and the cluster forgets the node when that is done; one
/// node after the other, in the order of `back`. PlanImpossible for a script that this program does
/// not have.
Result<std::vector<Step>> withLeaving(std::vector<Step> back, const std::vector<Step>& stays,
                                      const RoleScripts& scripts);

}  // namespace deploy
