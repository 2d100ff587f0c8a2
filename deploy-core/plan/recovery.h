#pragma once

#include <optional>
#include <vector>

#include "plan/actions.h"
#include "plan/plan.h"
#include "plan/role_scripts.h"

namespace deploy {

/// What a database member says of itself when it is asked by database/recover.
struct MemberPosition {
    HostId host;
    bool together = false;  ///< it writes, with others: nothing is to be recovered there
    std::string cluster;    ///< id of the data's history; kNoHistory: it has no data
    int64_t position = -1;  ///< of the last write that it has; -1: it does not know
    bool operator==(const MemberPosition&) const = default;
};

/// A member that lost its disk joins whatever the others have.
inline constexpr const char* kNoHistory = "00000000-0000-0000-0000-000000000000";

/// From the last line of database/recover's check.
std::optional<MemberPosition> readPosition(const HostId& host, const std::string& words);

/// The database's steps of an installed plan as questions and actions of database/recover: one a
/// member, in the plan's order. PlanImpossible where there is no such member.
Result<Plan> recoveryQuestions(const Plan& installed, const RoleScripts& scripts);

/// Who starts first: the most advanced member, of equals the one that stands first; then the rest,
/// one after the other. Before that all are stopped, so that none come together by themselves
/// beside the one that starts alone. Where some are together already, all others join them.
/// PlanImpossible where the histories differ or no member knows its position. No steps: all are
/// together.
Result<Plan> makeRecoveryPlan(const Plan& questions, const std::vector<MemberPosition>& positions);

}  // namespace deploy
