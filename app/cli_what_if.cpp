#include <algorithm>

#include "cli_commands.h"
#include "text/digits.h"
#include "topology/advisor.h"
#include "topology/failure_matrix.h"

namespace deploy::cli {

namespace {

nlohmann::json namesJson(const std::vector<HostId>& hosts) {
    nlohmann::json names = nlohmann::json::array();
    for (const HostId& host : hosts)
        names.push_back(host.str());
    return names;
}

std::string listed(const std::vector<HostId>& hosts) {
    std::string names;
    for (const HostId& host : hosts)
        names += (names.empty() ? "" : ", ") + host.str();
    return names;
}

std::string whatOf(const Cli& cli, const ServiceImpact& impact) {
    return cli.text("failure." + impact.service + "." + impact.reason, impact.args);
}

std::string wordOf(const Cli& cli, Health health) {
    return cli.text(std::string("what_if.word.") + healthWord(health));
}

std::string serviceName(const Cli& cli, const std::string& service) {
    return cli.text("failure_service." + service);
}

nlohmann::json caseJson(const Cli& cli, const FailureCase& one) {
    nlohmann::json services = nlohmann::json::array();
    for (const ServiceImpact& impact : one.outcome.services)
        services.push_back({{"service", impact.service},
                            {"health", healthWord(impact.health)},
                            {"reason", impact.reason},
                            {"args", impact.args},
                            {"what", whatOf(cli, impact)}});
    return {{"down", namesJson(one.down)},
            {"platform", healthWord(one.outcome.platform)},
            {"tps", one.outcome.tps},
            {"services", services}};
}

/// One line: what is lost and what is taken over.
void sayCase(const Cli& cli, const FailureCase& one) {
    std::string services;
    for (const ServiceImpact& impact : one.outcome.services) {
        if (impact.health == Health::Up)
            continue;
        services += services.empty() ? "" : "; ";
        services += serviceName(cli, impact.service) + " " + wordOf(cli, impact.health);
    }
    cli.say(cli.text("cli.what_if.line", {{"down", listed(one.down)},
                                          {"platform", cli.text(std::string("what_if.platform.") +
                                                                healthWord(one.outcome.platform))},
                                          {"services", services},
                                          {"tps", groupedDigits(one.outcome.tps)}}));
}

nlohmann::json sayCases(const Cli& cli, const char* heading,
                        const std::vector<FailureCase>& cases) {
    nlohmann::json rows = nlohmann::json::array();
    if (!cases.empty())
        cli.say(cli.text(heading));
    for (const FailureCase& one : cases) {
        sayCase(cli, one);
        rows.push_back(caseJson(cli, one));
    }
    return rows;
}

Answer sayMatrix(const Cli& cli, const FailureMatrix& matrix) {
    Answer answer;
    answer.result["singles"] = sayCases(cli, "what_if.singles", matrix.singles);
    answer.result["datacenters"] = sayCases(cli, "what_if.datacenters", matrix.datacenters);
    answer.result["pairs"] = sayCases(cli, "what_if.pairs", matrix.pairs);
    if (matrix.singles.size() > kMostForPairs)
        cli.say(cli.text("what_if.pairs_left_out", {{"limit", std::to_string(kMostForPairs)}}));
    return answer;
}

Answer sayOne(const Cli& cli, const Mode& mode, const ProjectContent& content,
              const std::set<HostId>& down) {
    const FailureCase one{{down.begin(), down.end()},
                          simulateFailure(mode, content.inventory, content.topology, down)};
    const int whole = simulateFailure(mode, content.inventory, content.topology, {}).tps;
    cli.say(down.empty() ? cli.text("what_if.nothing_down")
                         : cli.text("what_if.down", {{"servers", listed(one.down)}}));
    cli.say(cli.text(std::string("what_if.platform.") + healthWord(one.outcome.platform)));
    cli.say(cli.text("what_if.tps",
                     {{"tps", groupedDigits(one.outcome.tps)}, {"whole", groupedDigits(whole)}}));
    for (const ServiceImpact& impact : one.outcome.services)
        cli.say("  " + serviceName(cli, impact.service) + "  " + wordOf(cli, impact.health) + "  " +
                whatOf(cli, impact));
    Answer answer;
    answer.result = caseJson(cli, one);
    answer.result["tps_whole"] = whole;
    answer.result["further"] = nlohmann::json::array();
    // Where users are served no more, a further loss is no news.
    if (one.outcome.platform == Health::Lost)
        return answer;
    const auto further = furtherLosses(mode, content.inventory, content.topology, down);
    cli.say(cli.text(further.empty() ? "what_if.further_none" : "what_if.further"));
    for (const FurtherLoss& loss : further) {
        std::string services;
        for (const std::string& service : loss.services)
            services += (services.empty() ? "" : ", ") + serviceName(cli, service);
        cli.say("  " + cli.text("what_if.further_line",
                                {{"server", loss.host.str()}, {"services", services}}));
        answer.result["further"].push_back(
            {{"server", loss.host.str()}, {"services", loss.services}});
    }
    return answer;
}

}  // namespace

Result<Answer> whatIfCommand(const Cli& cli, const WhatIfArgs& args) {
    const auto project = ProjectFolder::open(args.project, ProjectFolder::OpenMode::ReadOnly);
    if (!project)
        return tl::unexpected(project.error());
    const auto catalog = Catalog::load();
    if (!catalog)
        return tl::unexpected(catalog.error());
    const ProjectContent& content = project->content();
    const Mode* mode = catalog->mode(content.mode);
    if (mode == nullptr)
        return fail(ErrorCode::ValueInvalid, "mode", content.mode.str());
    if (args.matrix)
        return sayMatrix(cli, failureMatrix(*mode, content.inventory, content.topology));
    std::set<HostId> down;
    for (const std::string& name : args.down) {
        const auto datacenter = hostsIn(content.inventory, name);
        if (content.inventory.find(HostId(name)) != nullptr)
            down.insert(HostId(name));
        else if (!name.empty() && !datacenter.empty())
            down.insert(datacenter.begin(), datacenter.end());
        else
            return fail(ErrorCode::UsageInvalid, "--down", name);
    }
    return sayOne(cli, *mode, content, down);
}

}  // namespace deploy::cli
