#pragma once

#include <QTemporaryDir>

#include "run/engine.h"

namespace deploy {

/// Keeps what an observer is told.
class RecordingObserver final : public RunObserver {
public:
    void onEvent(const Event& event) override;
    void onProgress(const StepProgress& value) override { progress.push_back(value); }
    void onLog(const StepId& step, std::string_view bytes) override { logs[step] += bytes; }

    std::vector<Event> events;
    std::vector<StepProgress> progress;
    std::map<StepId, std::string> logs;
    std::function<void(const Event&)> then;

    /// "step_started s1/a 1", one a line; of one server, or all that are of no server.
    std::string story(const HostId& host) const;
};

/// A run in a folder of its own, and what it needs but for the servers.
struct RunFixture {
    QTemporaryDir folder;
    std::filesystem::path at = folder.path().toStdString();  ///< the run folder and the bundle's
    RoleScripts scripts;
    Plan plan{"project", ModeId("single"), "bundle", {}};
    Inventory inventory;
    std::map<StepId, std::string> done;
    std::string brokenLock;
    std::set<HostId> only;
    std::string run = "r1";
    std::string purpose = "apply";
    StopTokens stop;
    std::chrono::milliseconds betweenSigns = std::chrono::seconds(20);

    /// Scripts "t/a" ... that are empty, and the product's own main and agents.
    explicit RunFixture(const std::vector<std::string>& names);

    const std::filesystem::path& path() const { return at; }
    std::filesystem::path journalFile() const { return at / "journal"; }

    /// A step of `host` that runs t/<name>; the host is put into the inventory.
    Step& add(const std::string& host, const std::string& name,
              const std::vector<std::string>& needs = {});
    Step& addStep(const std::string& host, const std::string& name, StepAction action,
                  const std::vector<std::string>& needs = {});
    ScriptCall call(const std::string& name) const;

    /// Begins, or resumes where there is a journal.
    Result<RunState> go(Connector& connector, const Clock& clock, RunObserver& observer) const;
};

}  // namespace deploy
