#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/secret.h"
#include "inventory/host.h"
#include "plan/plan.h"
#include "plan/role_scripts.h"
#include "remote/remote_host.h"
#include "run/event.h"
#include "run/journal.h"
#include "run/run_state.h"

namespace deploy {

/// Progress of a running step, for display; not journaled.
struct StepProgress {
    StepId step;
    uint64_t doneBytes = 0;
    uint64_t totalBytes = 0;
    bool slow = false;     ///< past its soft deadline
    bool stalled = false;  ///< the server has said nothing for 15 s
};

/// Told what happens. Called by worker threads, never two at once; must not block for long.
class RunObserver {
public:
    virtual ~RunObserver() = default;
    /// After the event is on disk.
    virtual void onEvent(const Event& event) = 0;
    virtual void onProgress(const StepProgress& progress) = 0;
    /// Raw output of a step, also written to <run folder>/logs/<step>.log.
    virtual void onLog(const StepId& step, std::string_view bytes) = 0;
};

/// Two strengths: let each server end its present step, or end waiting at once (the steps on the
/// servers go on and are found again by a resume).
struct StopTokens {
    std::stop_token afterStep;
    std::stop_token now;
};

/// Where the files of a run come from.
enum class Delivery {
    FromLaptop,
    BetweenServers  ///< once from the laptop, then from server to server where they may talk
};

/// What a run needs of the world. References are not owned and outlive the call.
struct RunContext {
    Connector& connector;
    const Clock& clock;
    const RoleScripts& scripts;
    std::function<Result<Secret>(const std::string& name)> secret;  ///< by name in the vault
    std::filesystem::path bundleFolder;
    std::filesystem::path runFolder;  ///< journal, plan.json, logs/
    RunId run;
    std::string purpose = "apply";       ///< "apply", "remove" or "verify": stands in RunStarted
    std::string owner;                   ///< "user@laptop": shown to a second engineer
    std::map<StepId, std::string> done;  ///< digests of steps that earlier runs finished
    /// The lock that a person decided to break, on whatever servers it is, by its id (as
    /// ServerLocked gave it: "lock_id"); empty: none.
    std::string brokenLock = {};
    /// Servers that are worked on; empty: all. A step counts for the others' needs as the journal
    /// says; what others have not done stays as it is.
    std::set<HostId> only = {};
    Delivery delivery = Delivery::FromLaptop;
    /// How often a server that waits for others is spoken to: a third of its lock's lease.
    std::chrono::milliseconds betweenSigns = std::chrono::seconds(20);
};

/// Does the plan: many servers at once, one step at a time on each, no step before those it needs.
/// One server's failure leaves the others going as far as the graph lets them. The journal must be
/// open and be this run's; when it has events already, this is a resume: a step without a known end
/// is asked for on its server before anything else. Blocks until all ended or stopped. Errors:
/// JournalUnwritable; ServerLocked (args owner, since, run, lock_id), before any step is begun;
/// PlanStale (journal of another plan; a script or a server that is not the plan's any more). What
/// servers and steps do wrong is in the returned state.
Result<RunState> runPlan(const Plan& plan, const Inventory& inventory, RunContext& context,
                         Journal& journal, const std::vector<Event>& before, RunObserver& observer,
                         const StopTokens& stop);

/// Asks every step's check on its server; changes nothing: the drift report and `status`.
struct StepAnswer {
    StepId step;
    bool holds = false;
    std::optional<Error> error;  ///< could not be asked
    std::string detail;          ///< the check's words
};
Result<std::vector<StepAnswer>> askServers(const Plan& plan, const Inventory& inventory,
                                           RunContext& context, const std::stop_token& stop);

}  // namespace deploy
