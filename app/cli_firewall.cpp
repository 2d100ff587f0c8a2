#include "base/file.h"
#include "cli_commands.h"
#include "cli_ready.h"
#include "plan/firewall.h"

namespace deploy::cli {

namespace {

/// Cells side by side, one rule a line; the widths of words are the reader's font's.
std::string linesOf(const std::vector<FirewallRule>& rules, const MessageTable& table) {
    std::string text;
    const auto add = [&text](const std::vector<std::string>& cells) {
        for (size_t i = 0; i < cells.size(); ++i)
            text += (i == 0 ? "" : " | ") + cells[i];
        text += "\n";
    };
    add(firewallTitles(table));
    for (const FirewallRule& rule : rules)
        add(firewallCells(rule, table));
    return text;
}

nlohmann::json namesOf(const std::vector<Host>& hosts) {
    auto names = nlohmann::json::array();
    for (const Host& host : hosts)
        names.push_back(host.name.str());
    return names;
}

}  // namespace

Result<Answer> firewallSheet(const Cli& cli, const PlanArgs& args) {
    const auto ready = prepareToRead(args.project);
    if (!ready)
        return tl::unexpected(ready.error());
    const Product& product = ready->product;
    const ProjectFolder& project = ready->project;
    const ProjectContent& content = project.content();
    const auto rules = firewallRules(product.catalog, content.mode, content.inventory,
                                     content.topology, content.settings);
    if (args.output.empty())
        cli.say(linesOf(rules, cli.table));
    else if (auto written = writeFileAtomically(args.output, firewallCsv(rules, cli.table));
             !written)
        return tl::unexpected(written.error());
    Answer answer;
    answer.result["firewall"] = nlohmann::json::array();
    for (const FirewallRule& rule : rules) {
        const auto cells = firewallCells(rule, cli.table);
        answer.result["firewall"].push_back(
            {{"from",
              rule.fromEnd.empty() ? namesOf(rule.from) : nlohmann::json::array({rule.fromEnd})},
             {"to", namesOf(rule.to)},
             {"protocol", rule.protocol == Protocol::Tcp   ? "tcp"
                          : rule.protocol == Protocol::Udp ? "udp"
                                                           : "vrrp"},
             {"first", rule.first},
             {"last", rule.last},
             {"why", rule.why}});
    }
    return answer;
}

}  // namespace deploy::cli
