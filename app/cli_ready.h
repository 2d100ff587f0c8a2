#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "cli_app.h"
#include "cli_signals.h"
#include "project/drill.h"

namespace deploy::cli {

/// What a command needs to run something on the project's servers.
struct Ready {
    Product product;
    ProjectFolder project;
    std::unique_ptr<Clock> clock;
    std::unique_ptr<Connector> connector;
    std::optional<Vault> vault;

    RunWork work(const std::filesystem::path& bundleFolder, const std::string& brokenLock = {}) {
        return RunWork{product,
                       project,
                       *connector,
                       *clock,
                       vault ? &*vault : nullptr,
                       bundleFolder,
                       ownerOfThisComputer(),
                       brokenLock};
    }
};

/// What a command needs that only reads a project.
struct ReadyToRead {
    Product product;
    ProjectFolder project;
};
Result<ReadyToRead> prepareToRead(const std::string& path);

/// Opens the project for writing, with its secrets, vault and servers.
Result<Ready> prepare(const Cli& cli, const std::string& path);

/// The same for what is done to an installation: with the plan that is installed.
struct ReadyInstalled {
    Ready ready;
    Plan plan;
};
Result<ReadyInstalled> prepareInstalled(const Cli& cli, const std::string& path);

/// Runs a plan, showing it on the console; tells how it ended.
Result<Answer> runToEnd(const Cli& cli, RunWork& work, const Plan& plan, const StopOnSignal& stop);

/// Tells how a run ended.
Result<Answer> finish(const Cli& cli, const Plan& plan, const Result<RunState>& state);

/// Says what became of a drill that was cut, where the newest run is one whose outage had begun,
/// and notes it in the answer's "drill"; else none. Asks its server.
Result<std::optional<CutDrill>> tellCutDrill(const Cli& cli, RunWork& work, Answer& answer,
                                             const std::stop_token& stop);

/// A person's "yes" on the terminal, unless it was given before; without a terminal: no.
bool confirmed(const Cli& cli, bool yes, const std::string& question);

}  // namespace deploy::cli
