#include "cli_checks.h"

#include <array>

#include "cli_commands.h"
#include "cli_secrets.h"

namespace deploy::cli {

namespace {

constexpr std::array kStatusWords = {"pass",           "warning", "failed", "could_not_check",
                                     "not_applicable", "waived"};

std::string line(const Cli& cli, const CheckResult& result) {
    Args args = result.args;
    args["server"] = result.host.str();
    args["measured"] = result.measured;
    args["required"] = result.required;
    args["status"] = cli.text("cli.check_status." + statusWord(result.status));
    args["title"] = cli.text("check." + result.id.str() + ".title", args);
    args["id"] = result.id.str();
    return cli.text(result.required.empty() ? "cli.check.line" : "cli.check.line_required", args);
}

/// The manifest for the checks that need it; none where the project has no bundle (yet).
Result<std::optional<Bundle>> bundleIfAny(const ProjectFolder& project,
                                          const std::stop_token& stop) {
    const ProjectContent& content = project.content();
    if (content.bundlePath.empty() && content.kind == ProjectKind::Deploy)
        return std::nullopt;
    auto bundle = openBundle(project, {}, stop);
    if (!bundle)
        return tl::unexpected(bundle.error());
    return std::move(*bundle);
}

Result<Answer> judge(const Cli& cli, const ProjectFolder& project,
                     const std::map<HostId, ProbeOutcome>& outcomes, const std::stop_token& stop) {
    const auto product = Product::load();
    if (!product)
        return tl::unexpected(product.error());
    const auto bundle = bundleIfAny(project, stop);
    if (!bundle)
        return tl::unexpected(bundle.error());
    const BundleManifest* manifest = *bundle ? &(*bundle)->manifest : nullptr;
    const auto results = checkProject(*product, project, outcomes, manifest);
    if (!results)
        return tl::unexpected(results.error());
    showChecks(cli, *results);
    Answer answer;
    answer.exit = blocking(*results).empty() ? 0 : 1;
    answer.result["checks"] = checksJson(cli, *results);
    return answer;
}

}  // namespace

std::string statusWord(CheckStatus status) {
    return kStatusWords.at(static_cast<size_t>(status));
}

void showChecks(const Cli& cli, const std::vector<CheckResult>& results) {
    static constexpr std::array kOrder = {CheckStatus::Failed, CheckStatus::CouldNotCheck,
                                          CheckStatus::Warning, CheckStatus::Waived};
    size_t shown = 0;
    for (const CheckStatus status : kOrder) {
        for (const CheckResult& result : results) {
            if (result.status != status)
                continue;
            cli.say(line(cli, result));
            const std::string remedy =
                cli.text("check." + result.id.str() + ".remedy", result.args);
            if (status == CheckStatus::Failed || status == CheckStatus::CouldNotCheck)
                cli.say("    " + remedy);
            ++shown;
        }
    }
    cli.say(cli.text("cli.check.rest", {{"count", std::to_string(results.size() - shown)}}));
}

nlohmann::json checksJson(const Cli& cli, const std::vector<CheckResult>& results) {
    nlohmann::json rows = nlohmann::json::array();
    for (const CheckResult& result : results)
        rows.push_back({{"id", result.id.str()},
                        {"server", result.host.str()},
                        {"status", statusWord(result.status)},
                        {"waivable", result.waivable == Waivable::Yes},
                        {"measured", result.measured},
                        {"required", result.required},
                        {"source", result.source},
                        {"title", cli.text("check." + result.id.str() + ".title", result.args)}});
    return rows;
}

Result<Answer> probeCommand(const Cli& cli, const ProbeArgs& args, const std::stop_token& stop) {
    auto project = ProjectFolder::open(args.project, ProjectFolder::OpenMode::Write);
    if (!project)
        return tl::unexpected(project.error());
    std::vector<HostId> only;
    for (const std::string& name : args.servers) {
        if (project->content().inventory.find(HostId(name)) == nullptr)
            return fail(ErrorCode::UsageInvalid, name);
        only.emplace_back(name);
    }
    const auto credentials = readSecrets(cli, *project, VaultUse::NotNeeded);
    if (!credentials)
        return tl::unexpected(credentials.error());
    const auto clock = clockFor(cli, *project);
    auto connector = connectorFor(*project, *credentials, *clock);
    if (!connector)
        return tl::unexpected(connector.error());
    int worst = 0;
    const auto observer = [&](const HostId& host, const ProbeOutcome& outcome) {
        if (outcome) {
            if (outcome->peers)
                return;
            cli.say(cli.text("cli.probe.server",
                             {{"server", host.str()}, {"system", outcome->osName.value_or("?")}}));
            return;
        }
        cli.show(outcome.error());
        worst = std::max(worst, static_cast<int>(exitClass(outcome.error().code)));
    };
    const auto product = Product::load();
    if (!product)
        return tl::unexpected(product.error());
    const auto outcomes = probeProject(*product, *project, **connector, only, observer, stop);
    auto answer = judge(cli, *project, outcomes, stop);
    if (!answer)
        return answer;
    nlohmann::json servers = nlohmann::json::array();
    for (const auto& [host, outcome] : outcomes) {
        nlohmann::json row = {{"server", host.str()}, {"reached", outcome.has_value()}};
        if (outcome)
            row["facts"] = nlohmann::json::parse(factsToJson(*outcome), nullptr, false);
        else
            row["error"] = toJson(outcome.error(), cli.table);
        servers.push_back(row);
    }
    answer->result["servers"] = servers;
    // The probe's own job is to look: what the checks say ends `check`, not `probe`.
    answer->exit = worst;
    return answer;
}

Result<Answer> checkCommand(const Cli& cli, const std::string& path, const std::stop_token& stop) {
    const auto project = ProjectFolder::open(path, ProjectFolder::OpenMode::ReadOnly);
    if (!project)
        return tl::unexpected(project.error());
    return judge(cli, *project, {}, stop);
}

}  // namespace deploy::cli
