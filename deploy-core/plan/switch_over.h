#pragma once

#include <optional>
#include <vector>

#include "plan/actions.h"
#include "plan/plan.h"
#include "plan/role_scripts.h"
#include "topology/topology.h"

namespace deploy {

/// What one of the two servers of database/pair says of itself when database/switch_over asks it.
struct PairState {
    enum class Kind {
        Primary,  ///< takes writes
        Replica,  ///< follows the primary
        Broken,   ///< should follow, and cannot: `why`
        Waits     ///< neither writes nor follows: `why`
    };
    HostId host;
    Kind kind = Kind::Waits;
    int64_t behind = -1;  ///< seconds; of a replica that knows
    std::string why;      ///< the server's words
    bool operator==(const PairState&) const = default;
};

/// From the last line of database/switch_over's check.
std::optional<PairState> readPairState(const HostId& host, const std::string& words);

/// Whether the installed database is a primary and its replica.
bool hasDatabasePair(const Plan& installed);

/// The two servers of the installed plan as questions of database/switch_over, in the plan's order.
/// PlanImpossible where there is no pair.
Result<Plan> pairQuestions(const Plan& installed, const RoleScripts& scripts);

/// How the replica becomes the primary: the primary hands over, or is lost.
enum class Promotion { Guided, PrimaryLost };

/// `states`: of those servers that answered. `to`: who is to write; "" for the one that does not.
/// No steps: that one is the primary already. SwitchOverRefused (where: the server that stands in
/// the way, args "why": text "switch_over.<why>"): guided where there is no primary, or no replica
/// that is whole and close behind; for a lost primary, while one still writes.
Result<Plan> makeSwitchOverPlan(const Plan& questions, const std::vector<PairState>& states,
                                const HostId& to, Promotion promotion);

/// Makes those that cannot follow replicas of the present primary anew. No steps: all is whole.
/// SwitchOverRefused without a primary.
Result<Plan> makeRenewalPlan(const Plan& questions, const std::vector<PairState>& states);

/// The server that takes the writes by makeSwitchOverPlan(); empty for any other plan.
HostId newPrimary(const Plan& plan);

/// The drawing after a switch-over: the primary stands first.
Topology withPrimary(const Topology& topology, const HostId& primary);

}  // namespace deploy
