#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "inventory/host.h"
#include "plan/plan.h"
#include "plan/settings.h"
#include "probe/checks.h"
#include "probe/facts.h"
#include "run/run_state.h"
#include "topology/topology.h"

namespace deploy {

/// Practice projects work on simulated servers only; the two are never mixed. An exploration has no
/// servers at all: its inventory is made up, and nothing can be installed.
enum class ProjectKind { Deploy, Practice, Explore };
const char* kindWord(ProjectKind kind);  ///< "deploy", "practice", "explore"

/// The choices of a project, as they lie in its folder: project.yaml, inventory.yaml,
/// topology.yaml, waivers.yaml. A value; facts, runs and secrets are files of their own.
struct ProjectContent {
    std::string id;    ///< random, made once; the vault is bound to it
    std::string name;  ///< for people; the folder's name at first
    ProjectKind kind = ProjectKind::Deploy;
    std::string scenario;  ///< practice: name in resources/scenarios
    ModeId mode{"single"};
    std::string bundlePath;    ///< as given; may be empty
    std::string bundleDigest;  ///< of the last successful verification
    std::string bundleKey;     ///< minisign public key, or empty
    Settings settings;
    Inventory inventory;
    Topology topology;
    std::vector<HostId> order;  ///< of the servers on the drawing, as a person placed them; may
                                ///< name only some
    std::vector<Waiver> waivers;
    bool operator==(const ProjectContent&) const = default;
};

/// Takes out what is said of servers that are not in the list (any more): their roles, their places
/// on the drawing, their waivers.
void forgetUnlisted(ProjectContent& content);

/// One run's folder.
struct RunRecord {
    RunId id;
    std::filesystem::path folder;
    Plan plan;
    RunState state;  ///< interrupted() when it has no end
};

/// A project folder. While an object lives, the folder is locked against a second writer
/// (ProjectLocked; OpenMode::ReadOnly always opens). One thread at a time.
class ProjectFolder {
public:
    enum class OpenMode { Write, ReadOnly };

    /// ProjectExists where the folder has a project already.
    static Result<ProjectFolder> create(const std::filesystem::path& folder,
                                        const ProjectContent& content);
    static Result<ProjectFolder> open(const std::filesystem::path& folder, OpenMode mode);
    ~ProjectFolder();
    ProjectFolder(ProjectFolder&&) noexcept;
    ProjectFolder& operator=(ProjectFolder&&) noexcept;

    const std::filesystem::path& folder() const;
    const ProjectContent& content() const;
    /// Writes what differs, atomically.
    Result<void> save(const ProjectContent& content);

    Result<std::map<HostId, Facts>> loadFacts() const;
    Result<void> saveFacts(const Facts& facts);

    std::filesystem::path knownHostsFile() const;
    std::filesystem::path vaultFile() const;
    std::filesystem::path reportFolder() const;

    /// Oldest first. A run whose journal cannot be read is an Error.
    Result<std::vector<RunRecord>> runs() const;
    /// A new run folder with the plan in it; its journal is not begun.
    Result<RunRecord> newRun(const Plan& plan, const Clock& clock);

private:
    ProjectFolder();
    struct State;
    std::unique_ptr<State> state_;
};

/// When the last of these runs said its last word; the epoch where there is none.
WallTime lastWord(const std::vector<RunRecord>& runs);

/// Digests of the steps that all runs together left done (a removal takes them away, and what a
/// plan that was wholly done does not have is of the past).
std::map<StepId, std::string> doneSteps(const std::vector<RunRecord>& runs);

/// The last plan whose steps are (partly) on the servers, without what was taken back since: for
/// status and verify.
std::optional<Plan> installedPlan(const std::vector<RunRecord>& runs);

/// All that runs began on servers and that no run has taken back since, each as it was made last;
/// what the last plan did not have stands at the end. For removals.
Plan presentPlan(const std::vector<RunRecord>& runs);

}  // namespace deploy
