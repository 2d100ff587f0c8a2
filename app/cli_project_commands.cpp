#include <algorithm>

#include "catalog/catalog.h"
#include "cli_commands.h"
#include "topology/suggest.h"

namespace deploy::cli {

namespace {

const Mode* modeOf(const Catalog& catalog, const std::string& id) {
    return catalog.mode(ModeId(id));
}

Result<void> assignOne(const Catalog& catalog, ProjectContent& content, const std::string& text) {
    const size_t equals = text.find('=');
    const RoleId role(text.substr(0, equals));
    if (equals == std::string::npos || catalog.role(role) == nullptr)
        return fail(ErrorCode::UsageInvalid, text, "ROLE=SERVER[,SERVER]");
    for (const HostId& host : content.topology.hostsOf(role))
        content.topology = content.topology.unassign(role, host);
    std::string rest = text.substr(equals + 1);
    while (!rest.empty()) {
        const size_t comma = rest.find(',');
        const HostId host(rest.substr(0, comma));
        if (content.inventory.find(host) == nullptr)
            return fail(ErrorCode::UsageInvalid, text, host.str());
        content.topology = content.topology.assign(role, host);
        rest = comma == std::string::npos ? std::string() : rest.substr(comma + 1);
    }
    return {};
}

nlohmann::json topologyJson(const Topology& topology) {
    nlohmann::json roles = nlohmann::json::object();
    for (const auto& [role, hosts] : topology.roles()) {
        nlohmann::json list = nlohmann::json::array();
        for (const HostId& host : hosts)
            list.push_back(host.str());
        roles[role.str()] = list;
    }
    return roles;
}

}  // namespace

Result<Answer> newCommand(const Cli& cli, const NewArgs& args) {
    auto inventory = readServerList(cli, args.inventory, args.encoding);
    if (!inventory)
        return tl::unexpected(inventory.error());
    auto product = Product::load();
    if (!product)
        return tl::unexpected(product.error());
    const Mode* mode = modeOf(product->catalog, args.mode);
    if (mode == nullptr)
        return fail(ErrorCode::UsageInvalid, "--mode", args.mode);
    ProjectContent content;
    content.id = newProjectId();
    content.name = std::filesystem::absolute(args.project).filename().string();
    content.mode = mode->id;
    content.inventory = std::move(*inventory);
    content.bundlePath =
        args.bundle.empty() ? std::string() : std::filesystem::absolute(args.bundle).string();
    content.bundleKey = args.bundleKey;
    // A first suggestion where the servers suffice; `assign` changes it, and `plan` judges it.
    if (auto suggested = suggestTopology(product->catalog, *mode, content.inventory); suggested)
        content.topology = std::move(*suggested);
    const auto project = ProjectFolder::create(args.project, content);
    if (!project)
        return tl::unexpected(project.error());
    cli.say(
        cli.text("cli.new.done", {{"path", project->folder().string()},
                                  {"servers", std::to_string(content.inventory.hosts.size())}}));
    Answer answer;
    answer.result = {{"project", project->folder().string()},
                     {"servers", content.inventory.hosts.size()},
                     {"mode", content.mode.str()},
                     {"roles", topologyJson(content.topology)}};
    return answer;
}

Result<Answer> assignCommand(const Cli& cli, const AssignArgs& args) {
    auto project = ProjectFolder::open(args.project, ProjectFolder::OpenMode::Write);
    if (!project)
        return tl::unexpected(project.error());
    const auto product = Product::load();
    if (!product)
        return tl::unexpected(product.error());
    ProjectContent content = project->content();
    const Mode* mode = modeOf(product->catalog, content.mode.str());
    for (const std::string& text : args.assignments)
        if (auto assigned = assignOne(product->catalog, content, text); !assigned)
            return tl::unexpected(assigned.error());
    if (args.suggest && mode != nullptr) {
        auto suggested =
            suggestTopology(product->catalog, *mode, content.inventory, content.topology);
        if (!suggested)
            return tl::unexpected(suggested.error());
        content.topology = std::move(*suggested);
    }
    if (auto saved = project->save(content); !saved)
        return tl::unexpected(saved.error());
    const auto findings = findingsOf(*product, content);
    if (!findings)
        return tl::unexpected(findings.error());
    Answer answer;
    answer.result = {{"roles", topologyJson(content.topology)},
                     {"findings", nlohmann::json::array()}};
    for (const auto& [role, hosts] : content.topology.roles()) {
        std::string names;
        for (const HostId& host : hosts)
            names += (names.empty() ? "" : ", ") + host.str();
        cli.say(cli.text("role." + role.str()) + ": " + names);
    }
    for (const Finding& finding : *findings) {
        answer.result["findings"].push_back({{"id", finding.id}, {"args", finding.args}});
        cli.say(cli.text("cli.finding." + std::to_string(static_cast<int>(finding.severity)),
                         {{"what", cli.text("finding." + finding.id + ".what", finding.args)}}));
    }
    answer.exit = allows(*findings) ? 0 : 1;
    return answer;
}

Result<Answer> waiveCommand(const Cli& cli, const WaiveArgs& args) {
    auto project = ProjectFolder::open(args.project, ProjectFolder::OpenMode::Write);
    if (!project)
        return tl::unexpected(project.error());
    const auto product = Product::load();
    if (!product)
        return tl::unexpected(product.error());
    ProjectContent content = project->content();
    const Waiver waiver{CheckId(args.check), HostId(args.server), args.by, args.reason,
                        systemClock().wall()};
    const auto results = checkProject(*product, *project, {}, nullptr);
    if (!results)
        return tl::unexpected(results.error());
    const auto judged = std::find_if(results->begin(), results->end(), [&](const CheckResult& r) {
        return r.id == waiver.check && r.host == waiver.host;
    });
    if (judged == results->end())
        return fail(ErrorCode::UsageInvalid, args.check, args.server);
    if (judged->waivable == Waivable::No)
        return fail(ErrorCode::CheckNotWaivable, args.server, args.check);
    std::erase_if(content.waivers, [&](const Waiver& old) {
        return old.check == waiver.check && old.host == waiver.host;
    });
    content.waivers.push_back(waiver);
    if (auto saved = project->save(content); !saved)
        return tl::unexpected(saved.error());
    cli.say(cli.text("cli.waive.done", {{"check", args.check}, {"server", args.server}}));
    return Answer{};
}

}  // namespace deploy::cli
