#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "bundle/bundle.h"
#include "inventory/credentials.h"
#include "inventory/vault.h"
#include "plan/planner.h"
#include "probe/prober.h"
#include "project/project.h"
#include "remote/known_hosts.h"
#include "run/engine.h"
#include "topology/rules.h"

namespace deploy {

/// The work that both faces do on a project folder: each function is one arrow of the data flow in
/// deploy-core/README.md. All block; call them on a worker thread. One at a time on one folder.

/// What is loaded once by a program.
struct Product {
    Catalog catalog;
    RoleScripts scripts;

    static Result<Product> load();
};

/// A new random project id.
std::string newProjectId();

/// What a new practice project of the scenario holds.
Result<ProjectContent> practiceContent(const std::string& scenario);

/// What a new exploration of the mode holds: generic servers, everything placed.
ProjectContent exploreContent(const Catalog& catalog, const ModeId& mode);

/// Why nothing can be done for an exploration: its servers are made up.
Error noServers(const ProjectContent& content);

/// Real servers over SSH with these credentials, or the project's simulated ones. The inventory and
/// known hosts are those of now. noServers() for an exploration.
Result<std::unique_ptr<Connector>> connectorFor(const ProjectFolder& project,
                                                const Credentials& credentials, const Clock& clock);

/// The host key that a server showed is confirmed by a person: replaces what was known of it.
/// `question` is the SshHostKeyUnknown (or, after a decision to replace, ...Changed) of `host`.
Result<void> confirmHostKey(const ProjectFolder& project, const Host& host, const Error& question);

/// The bundle of the project, verified; for a practice project without one, the built-in sample
/// (its manifest only). BundleInvalid where a project has none.
Result<Bundle> openBundle(const ProjectFolder& project, const VerifyProgress& progress,
                          const std::stop_token& stop);

/// How the project's servers are probed: which measures, and what they ask each other.
ProbeOptions probeOptions(const Product& product, const ProjectContent& content);

/// Probes all servers (or `only` those named) and saves what was found.
std::map<HostId, ProbeOutcome> probeProject(const Product& product, ProjectFolder& project,
                                            Connector& connector, const std::vector<HostId>& only,
                                            const ProbeObserver& observer,
                                            const std::stop_token& stop);

/// What the checks and the rules say of a project at one moment.
struct Judgement {
    std::vector<CheckResult> checks;
    std::vector<Finding> findings;
};

/// Pure. `outcomes`: of the servers that were probed. `bundle` may be null.
Result<Judgement> judgeContent(const Product& product, const ProjectContent& content,
                               const std::map<HostId, ProbeOutcome>& outcomes,
                               const BundleManifest* bundle);

/// As planProject(), of values; pure. `judgement` is judgeContent() of the same, `present` is
/// presentPlan() of the project's runs.
Result<Plan> planContent(const Product& product, const ProjectContent& content,
                         const std::map<HostId, ProbeOutcome>& outcomes, const Bundle& bundle,
                         const Judgement& judgement, const Plan& present);

/// Checks of the saved facts, and of the outcomes just gathered where given. A server without
/// either is CouldNotCheck. `bundle` may be null.
Result<std::vector<CheckResult>> checkProject(const Product& product, const ProjectFolder& project,
                                              const std::map<HostId, ProbeOutcome>& outcomes,
                                              const BundleManifest* bundle);

/// Findings of the drawing.
Result<std::vector<Finding>> findingsOf(const Product& product, const ProjectContent& content);

/// The plan for the project as it is: what is installed and is not in it any more is taken back at
/// its end (plan/take_back.h). PlanBlocked names the first blocking check or finding in `where`;
/// args "count". PlanOtherMode, PlanTooManyLeave.
Result<Plan> planProject(const Product& product, const ProjectFolder& project,
                         const Bundle& bundle);

/// "remove" for a plan that only takes back, "verify" for one that only asks, else "apply".
std::string purposeOf(const Plan& plan);

/// A run of a plan, and what it needs besides the project.
struct RunWork {
    const Product& product;
    ProjectFolder& project;
    Connector& connector;
    const Clock& clock;
    Vault* vault;  ///< null in practice: secrets are made up for the run
    std::filesystem::path bundleFolder;
    std::string owner;  ///< "user@laptop"
    /// The lock of another run that a person decided to break: "lock_id" of its ServerLocked.
    std::string brokenLock = {};
    /// Servers that are worked on; empty: all. The others stay as they are.
    std::set<HostId> only = {};
};

/// Begins a new run. Generates the secrets that the plan needs and the vault lacks, and saves them
/// before anything is sent. Errors as runPlan().
Result<RunState> startRun(RunWork& work, const Plan& plan, RunObserver& observer,
                          const StopTokens& stop);

/// The last run, if it has no end or did not succeed; runs that only verify do not count.
/// NothingToResume.
Result<RunRecord> runToResume(const ProjectFolder& project);

/// Goes on with runToResume(). ValueInvalid for a server in `only` that the plan does not have.
Result<RunState> resumeRun(RunWork& work, RunObserver& observer, const StopTokens& stop);

/// The same with this run of the project.
Result<RunState> resumeRun(RunWork& work, const RunRecord& run, RunObserver& observer,
                           const StopTokens& stop);

/// The plan that is (partly) on the servers. NothingInstalled.
Result<Plan> installedPlan(const ProjectFolder& project);

/// Only the steps that ask whether the installation works; changes nothing on servers.
Result<Plan> verificationPlan(const Plan& installed);

/// Whether a service may end with the server that it is taken back from.
enum class LastCopy { Kept, GivenUp };
struct Removal {
    Keep keep = Keep::Data;
    HostId server = {};  ///< empty: all servers
    LastCopy last = LastCopy::Kept;
};
/// What takes back all that is on the servers that are still in the list, or one server's part.
/// NothingInstalled; LastCopy (args service) for a server without which a service is lost.
Result<Plan> removalPlan(const Product& product, const ProjectFolder& project,
                         const Removal& removal);

/// Drift: what each step's check says now. NothingInstalled.
Result<std::vector<StepAnswer>> statusOf(RunWork& work, const std::stop_token& stop);

/// "eng@laptop": the login name and host name of this computer.
std::string ownerOfThisComputer();

}  // namespace deploy
