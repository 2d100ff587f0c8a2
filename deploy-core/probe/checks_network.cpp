#include <algorithm>
#include <set>

#include "probe/addresses.h"
#include "probe/check_sheet.h"
#include "topology/port_use.h"

namespace deploy {

namespace {

/// Networks that containers get: of Docker's own bridge, of pods and services.
std::vector<std::string> containerRanges(const CheckSheet& sheet) {
    std::vector<std::string> ranges = {"172.17.0.0/16"};
    if (sheet.cluster()) {
        ranges.push_back(sheet.context.podCidr);
        ranges.push_back(sheet.context.serviceCidr);
    }
    return ranges;
}

constexpr const char* protocolName(Protocol protocol) {
    return protocol == Protocol::Udp ? "udp" : "tcp";
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
               sheet.mayHave(RoleId(port.to)) && isOfBundle(port, context.bundle) &&
               isUsed(port, context.topology);
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
    if (sheet.cluster() && !sheet.context.virtualAddress.empty())
        networks.push_back(sheet.context.virtualAddress);
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
    const std::vector<std::string> ranges = containerRanges(sheet);
    if (sheet.facts.interfaces.empty())
        return sheet.judge("network.ranges", std::nullopt, {}, joined(ranges));
    // Routes into these ranges are what an installed cluster makes itself.
    if (sheet.hasOurs())
        return sheet.notApplicable("network.ranges");
    std::set<std::string> within;
    for (const std::string& text : networksOf(sheet))
        for (const std::string& range : ranges) {
            const auto network = Network::parse(text);
            const auto containers = Network::parse(range);
            if (network && containers && network->overlaps(*containers))
                within.insert(text);
        }
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
