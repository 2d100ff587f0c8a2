#include "plan/firewall.h"

#include <algorithm>
#include <array>
#include <map>

#include "topology/port_use.h"

namespace deploy {

namespace {

constexpr const char* kClient = "client";
constexpr const char* kLaptop = "laptop";
constexpr const char* kServer = "server";

std::vector<Host> hostsAt(const std::string& end, const Inventory& inventory,
                          const Topology& topology) {
    std::vector<Host> found;
    const auto& placed = topology.hostsOf(RoleId(end));
    for (const Host& host : inventory.hosts)
        if (end == kServer || std::find(placed.begin(), placed.end(), host.name) != placed.end())
            found.push_back(host);
    return found;
}

/// Something crosses the network: an end outside, or two servers that differ.
bool crosses(const FirewallRule& rule) {
    if (!rule.fromEnd.empty())
        return !rule.to.empty();
    return std::any_of(rule.from.begin(), rule.from.end(), [&](const Host& from) {
        return std::any_of(rule.to.begin(), rule.to.end(),
                           [&](const Host& to) { return to.name != from.name; });
    });
}

/// SSH listens where the inventory says: a rule for each port.
std::vector<FirewallRule> bySshPort(const FirewallRule& rule) {
    std::map<uint16_t, std::vector<Host>> ports;
    for (const Host& host : rule.to)
        ports[host.port].push_back(host);
    std::vector<FirewallRule> rules;
    for (auto& [port, hosts] : ports) {
        FirewallRule one = rule;
        one.to = std::move(hosts);
        one.first = one.last = port;
        rules.push_back(std::move(one));
    }
    return rules;
}

std::string named(const std::vector<Host>& hosts) {
    std::string text;
    for (const Host& host : hosts)
        text += (text.empty() ? "" : ", ") + host.name.str() + " " + host.address;
    return text;
}

std::string portText(const FirewallRule& rule) {
    if (rule.first == 0)
        return "–";
    const std::string first = std::to_string(rule.first);
    return rule.last == rule.first ? first : first + "-" + std::to_string(rule.last);
}

/// A cell that no spreadsheet takes for a formula.
std::string csvCell(const std::string& words) {
    std::string cell = "\"";
    if (!words.empty() && std::string_view("=+-@\t\r").find(words.front()) != std::string::npos)
        cell += '\'';
    for (const char c : words) {
        cell += c;
        if (c == '"')
            cell += '"';
    }
    return cell + "\"";
}

void addLine(std::string& csv, const std::vector<std::string>& cells) {
    for (size_t i = 0; i < cells.size(); ++i)
        csv += (i == 0 ? "" : ",") + csvCell(cells[i]);
    csv += "\r\n";
}

}  // namespace

std::vector<FirewallRule> firewallRules(const Catalog& catalog, const ModeId& mode,
                                        const Inventory& inventory, const Topology& topology,
                                        const Settings& settings) {
    std::vector<FirewallRule> rules;
    for (const Port& port : catalog.ports) {
        const bool ofMode =
            std::find(port.modes.begin(), port.modes.end(), mode) != port.modes.end();
        const bool ofDistribution = port.distribution.empty() ||
                                    port.distribution == distributionName(settings.distribution);
        if (!ofMode || !ofDistribution || !isUsed(port, topology))
            continue;
        FirewallRule rule;
        if (port.from == kClient || port.from == kLaptop)
            rule.fromEnd = port.from;
        else
            rule.from = hostsAt(port.from, inventory, topology);
        rule.to = hostsAt(port.to, inventory, topology);
        rule.protocol = port.protocol;
        rule.first = port.first;
        rule.last = port.last;
        rule.why = port.why;
        if (!crosses(rule))
            continue;
        if (port.from == kLaptop) {
            for (FirewallRule& one : bySshPort(rule))
                rules.push_back(std::move(one));
            continue;
        }
        // The one entry of a single node is where the settings put it.
        if (port.to == "gateway" && mode == ModeId("single"))
            rule.first = rule.last = settings.entryPort;
        rules.push_back(std::move(rule));
    }
    return rules;
}

std::vector<std::string> firewallTitles(const MessageTable& table) {
    std::vector<std::string> titles;
    for (const char* key : {"from", "to", "protocol", "port", "why"})
        titles.push_back(table.text(std::string("firewall.") + key));
    return titles;
}

std::vector<std::string> firewallCells(const FirewallRule& rule, const MessageTable& table) {
    static constexpr std::array kProtocols = {"TCP", "UDP", "VRRP (IP 112)"};
    return {rule.fromEnd.empty() ? named(rule.from) : table.text("port_end." + rule.fromEnd),
            named(rule.to), kProtocols.at(static_cast<size_t>(rule.protocol)), portText(rule),
            table.text("port." + rule.why)};
}

std::string firewallCsv(const std::vector<FirewallRule>& rules, const MessageTable& table) {
    std::string csv = "\xEF\xBB\xBF";
    addLine(csv, firewallTitles(table));
    for (const FirewallRule& rule : rules)
        addLine(csv, firewallCells(rule, table));
    return csv;
}

}  // namespace deploy
