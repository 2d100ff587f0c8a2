#pragma once

#include "inventory/host.h"
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

/// What is done about the nodes of `present` whose servers are not in the list any more: the
/// cluster forgets each, and its vote, asked on one of its servers that `next` keeps. Nothing where
/// there is none, or where `next` has a node of the same name. PlanImpossible as above.
Result<std::vector<Step>> forgetting(const Plan& present, const Plan& next,
                                     const Inventory& inventory, const RoleScripts& scripts);

/// Whether by `step` the cluster forgets what `node` made on a server.
bool forgets(const Step& step, const Step& node);

}  // namespace deploy
