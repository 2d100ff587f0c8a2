#include <algorithm>
#include <set>

#include "probe/addresses.h"
#include "probe/check_sheet.h"

namespace deploy {

namespace {

struct Range {
    const char* text;
    bool clusterOnly;
};

/// Networks that containers get: of Docker's own bridge, of k3s's pods and services.
constexpr Range kContainerRanges[] = {
    {"172.17.0.0/16", false}, {"10.42.0.0/16", true}, {"10.43.0.0/16", true}};

constexpr const char* protocolName(Protocol protocol) {
    return protocol == Protocol::Udp ? "udp" : "tcp";
}

/// Some ports are those of one Kubernetes distribution; the bundle brings one of them.
bool isOfBundle(const Port& port, const BundleManifest* bundle) {
    if (port.distribution.empty() || bundle == nullptr)
        return port.distribution.empty();
    return std::any_of(
        bundle->components.begin(), bundle->components.end(),
        [&](const BundleComponent& component) { return component.id == port.distribution; });
}

/// Whether something of ours is to listen there, by the server's roles.
bool isNeeded(const CheckSheet& sheet, const ListeningPort& listening) {
    const CheckContext& context = sheet.context;
    // The single node's one port is the chosen entry port, whatever the catalogue says.
    if (!sheet.cluster())
        return listening.protocol == "tcp" && listening.port == context.entryPort;
    const auto takes = [&](const Port& port) {
        return port.protocol != Protocol::Vrrp &&
               listening.protocol == protocolName(port.protocol) && listening.port >= port.first &&
               listening.port <= port.last &&
               std::find(port.modes.begin(), port.modes.end(), context.mode->id) !=
                   port.modes.end() &&
               sheet.mayHave(RoleId(port.to)) && isOfBundle(port, context.bundle);
    };
    const auto& ports = context.catalog->ports;
    return std::any_of(ports.begin(), ports.end(), takes);
}

void checkPorts(CheckSheet& sheet) {
    const std::string required = sheet.cluster() ? "" : std::to_string(sheet.context.entryPort);
    if (!sheet.facts.listening)
        return sheet.judge("network.ports", std::nullopt, {}, required);
    if (sheet.hasOurs())
        return sheet.notApplicable("network.ports");
    std::set<std::string> taken;
    for (const ListeningPort& listening : *sheet.facts.listening)
        if (isNeeded(sheet, listening))
            taken.insert(std::to_string(listening.port) + "/" + listening.protocol +
                         (listening.process.empty() ? "" : " " + listening.process));
    sheet.judge("network.ports", taken.empty(),
                joined(std::vector<std::string>(taken.begin(), taken.end())), required);
}

/// The server's own networks, and those that it reaches through routes of their own.
std::vector<std::string> networksOf(const CheckSheet& sheet) {
    std::vector<std::string> networks;
    std::vector<Network> made;
    if (isAddress(sheet.host.address))
        networks.push_back(sheet.host.address);
    for (const InterfaceFacts& interface : sheet.facts.interfaces)
        for (const std::string& address : interface.addresses) {
            const auto network = Network::parse(address);
            if (isVirtual(interface) && network)
                made.push_back(*network);
            else if (network)
                networks.push_back(address);
        }
    for (const std::string& route : sheet.facts.routes) {
        const auto network = Network::parse(route);
        const bool ofContainers =
            network && std::any_of(made.begin(), made.end(), [&](const Network& each) {
                return each.prefix == network->prefix && each.overlaps(*network);
            });
        if (network && !ofContainers)
            networks.push_back(route);
    }
    return networks;
}

void checkRanges(CheckSheet& sheet) {
    std::vector<std::string> ranges;
    for (const Range& range : kContainerRanges)
        if (!range.clusterOnly || sheet.cluster())
            ranges.emplace_back(range.text);
    if (sheet.facts.interfaces.empty())
        return sheet.judge("network.ranges", std::nullopt, {}, joined(ranges));
    // Routes into these ranges are what an installed cluster makes itself.
    if (sheet.hasOurs())
        return sheet.notApplicable("network.ranges");
    std::set<std::string> within;
    for (const std::string& text : networksOf(sheet))
        for (const std::string& range : ranges)
            if (const auto network = Network::parse(text);
                network && network->overlaps(*Network::parse(range)))
                within.insert(text);
    sheet.judge("network.ranges", within.empty(),
                joined(std::vector<std::string>(within.begin(), within.end())), joined(ranges));
}

bool isLoopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1";
}

void checkDns(CheckSheet& sheet) {
    const auto& servers = sheet.facts.nameservers;
    if (!servers)
        return sheet.judge("network.dns", std::nullopt, {}, {});
    if (sheet.facts.dnsWildcard.value_or(false))
        return sheet.judge("network.dns", false, {}, {}, {{"problem", "wildcard"}});
    const bool onlyLoopback =
        !servers->empty() && std::all_of(servers->begin(), servers->end(), isLoopback);
    sheet.judge("network.dns", !onlyLoopback, joined(*servers), {},
                {{"problem", onlyLoopback ? "loopback" : ""}});
}

}  // namespace

void checkNetwork(CheckSheet& sheet) {
    checkPorts(sheet);
    checkRanges(sheet);
    const auto& route = sheet.facts.defaultRoute;
    if (sheet.cluster())
        sheet.judge("network.default_route", route, route.value_or(false) ? "yes" : "no", "yes");
    else
        sheet.notApplicable("network.default_route");
    checkDns(sheet);
}

}  // namespace deploy
