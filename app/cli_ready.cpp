#include "cli_ready.h"

#include "cli_console.h"
#include "cli_secrets.h"

namespace deploy::cli {

Result<ReadyToRead> prepareToRead(const std::string& path) {
    auto project = ProjectFolder::open(path, ProjectFolder::OpenMode::ReadOnly);
    if (!project)
        return tl::unexpected(project.error());
    auto product = Product::load();
    if (!product)
        return tl::unexpected(product.error());
    return ReadyToRead{std::move(*product), std::move(*project)};
}

Result<Ready> prepare(const Cli& cli, const std::string& path) {
    auto project = ProjectFolder::open(path, ProjectFolder::OpenMode::Write);
    if (!project)
        return tl::unexpected(project.error());
    auto product = Product::load();
    if (!product)
        return tl::unexpected(product.error());
    const auto secrets = readSecrets(cli, *project, VaultUse::Needed);
    if (!secrets)
        return tl::unexpected(secrets.error());
    auto clock = clockFor(cli, *project);
    auto connector = connectorFor(*project, *secrets, *clock);
    if (!connector)
        return tl::unexpected(connector.error());
    std::optional<Vault> vault;
    if (project->content().kind == ProjectKind::Deploy) {
        auto opened = openVault(*project, *secrets);
        if (!opened)
            return tl::unexpected(opened.error());
        vault = std::move(*opened);
    }
    return Ready{std::move(*product), std::move(*project), std::move(clock), std::move(*connector),
                 std::move(vault)};
}

Result<ReadyInstalled> prepareInstalled(const Cli& cli, const std::string& path) {
    auto ready = prepare(cli, path);
    if (!ready)
        return tl::unexpected(ready.error());
    auto plan = installedPlan(ready->project);
    if (!plan)
        return tl::unexpected(plan.error());
    return ReadyInstalled{std::move(*ready), std::move(*plan)};
}

Result<Answer> runToEnd(const Cli& cli, RunWork& work, const Plan& plan, const StopOnSignal& stop) {
    ConsoleObserver console(cli, plan);
    return finish(cli, plan, startRun(work, plan, console, stop.tokens()));
}

Result<Answer> finish(const Cli& cli, const Plan& plan, const Result<RunState>& state) {
    if (!state)
        return tl::unexpected(state.error());
    showOutcome(cli, plan, *state);
    return Answer{exitOf(*state), runJson(cli, *state)};
}

bool confirmed(const Cli& cli, bool yes, const std::string& question) {
    if (yes)
        return true;
    if (!haveTerminal())
        return false;
    const std::string answer = askOnTerminal(question);
    return answer == cli.text("cli.yes") || answer == "yes";
}

}  // namespace deploy::cli
