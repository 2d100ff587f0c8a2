#pragma once

#include <string>

#include "plan/plan.h"
#include "plan/role_scripts.h"

namespace deploy {

// Work on an installation that leaves it what it is: neither installs nor removes.

inline constexpr const char* kRecoverScript = "database/recover";
inline constexpr const char* kSwitchOverScript = "database/switch_over";
inline constexpr const char* kRebalanceScript = "cache/rebalance";
/// Scripts that put right what a check found on a server.
inline constexpr const char* kRepairScripts = "repair/";

inline constexpr const char* kRepairing = "repair";
inline constexpr const char* kUndoingRepair = "undo_repair";

/// "drill", "recover", "switch_over", "rebalance", kRepairing or kUndoingRepair for a plan of such
/// work; "" for any other.
std::string actionOf(const Plan& plan);

/// Whether a run of this purpose ("apply", "remove", "verify", ...) leaves the installation what it
/// was.
bool leavesInstallation(const std::string& purpose);

/// Puts each master of the installed cache back on its own server. PlanImpossible without a cache
/// cluster.
Result<Plan> makeRebalancePlan(const Plan& installed, const RoleScripts& scripts);

}  // namespace deploy
