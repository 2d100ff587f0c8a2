#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/host.h"
#include "plan/plan.h"
#include "plan/role_scripts.h"
#include "topology/failure.h"

namespace deploy {

// A drill: one server is stopped on purpose while every function of the platform is called from
// others, is brought back, and all is waited for. What the outage was is measured.

inline constexpr const char* kDrillClientScript = "drill/client";
inline constexpr const char* kDrillOutageScript = "drill/outage";
inline constexpr const char* kDrillAwayScript = "drill/away";

/// How long a server's services stay stopped.
inline constexpr std::chrono::seconds kDrillHold{30};
/// The promise of the modes that survive the loss of a server: each function works again within
/// this time, and no acknowledged write is lost.
inline constexpr std::chrono::milliseconds kDrillPromise{15'000};

enum class DrillKind {
    Services,  ///< ended without warning, started again after kDrillHold, by the server itself
    Power      ///< a person powers the server off and on
};

struct DrillOrder {
    HostId server;
    DrillKind kind = DrillKind::Services;
    std::string mark;  ///< names this drill and no other
    FailureOutcome
        outcome;  ///< of the simulated loss of the server: stands beside what is measured
};

/// Who calls what, stops what, and waits for what. A run of it ends well when all was measured and
/// `installed`'s questions hold again. ValueInvalid for a server that the plan does not have;
/// NothingInstalled for one on which nothing runs; PlanImpossible where no other server can call
/// anything.
Result<Plan> makeDrillPlan(const Plan& installed, const Inventory& inventory,
                           const RoleScripts& scripts, const DrillOrder& order);

/// What a client counted of one function.
struct DrillFigures {
    std::string
        function;  ///< "entry" (reads and writes through the platform), "database" (writes),
                   ///< "cache" (writes to each of its parts): text "drill_function.<word>"
    int64_t calls = 0;
    int64_t failed = 0;                   ///< without a good answer in three seconds
    std::chrono::milliseconds outage{0};  ///< longest time without a good answer
    int64_t acknowledged = 0;
    int64_t lost = 0;      ///< writes that were acknowledged and are not there; database only
    int64_t repeated = 0;  ///< writes that are there twice; database only
    bool operator==(const DrillFigures&) const = default;
};

/// From the log of the step that ends a client.
std::optional<DrillFigures> readDrillFigures(const std::string& words);

/// One function: what was counted beside what the failure simulation says.
struct DrillLine {
    std::string function;
    std::optional<DrillFigures> figures;  ///< none: the drill did not come so far
    Health expected = Health::Up;
    int expectedFrom = 0;  ///< seconds; 0 and 0 where nothing takes over
    int expectedTo = 0;
    /// Measured, nothing lost or repeated, and back within kDrillPromise or expected to be lost.
    bool kept() const;
    bool operator==(const DrillLine&) const = default;
};

struct DrillResult {
    HostId server;
    DrillKind kind = DrillKind::Services;
    std::vector<DrillLine> lines;  ///< in the plan's order
    bool operator==(const DrillResult&) const = default;
};

/// Pure. `words`: of each step that ends a client, its log.
DrillResult drillResult(const Plan& drill, const std::map<StepId, std::string>& words);
/// What the failure simulation says of a function: "<health> <from> <to>", the worst of what it
/// stands on; kept in the plan.
std::string expectationOf(const std::string& function, const FailureOutcome& outcome);
/// The server that a drill's plan stops; empty for another plan.
HostId drilledServer(const Plan& plan);
/// What the person who powers the server off is to do now.
enum class PowerWish { Off, On, Nothing };
/// By new words of a step's log; none: they do not speak of it.
std::optional<PowerWish> powerWish(const Plan& drill, const StepId& step, std::string_view words);
/// Whether the step's log holds a client's figures.
bool endsDrillClient(const Step& step);

}  // namespace deploy
