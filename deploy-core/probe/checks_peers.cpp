#include <algorithm>
#include <set>

#include "probe/check_sheet.h"
#include "probe/peers.h"
#include "topology/port_use.h"

namespace deploy {

namespace {

bool isEnd(const CheckSheet& sheet, const Host& host, const std::string& end) {
    return end == "server" || sheet.mayHave(host, RoleId(end));
}

/// Between datacenters only databases talk: each has its own cluster, and one follows the other.
bool isBetween(const Port& port, const Host& from, const Host& to) {
    return from.datacenter == to.datacenter || (port.why == "database" && port.from == "database");
}

/// What `from` needs of this server.
std::set<PeerPort> neededBy(const CheckSheet& sheet, const Host& from) {
    std::set<PeerPort> ports;
    for (const Port& port : sheet.context.catalog->ports) {
        const auto& modes = port.modes;
        const bool ofMode =
            std::find(modes.begin(), modes.end(), sheet.context.mode->id) != modes.end();
        if (!ofMode || port.protocol == Protocol::Vrrp || !isOfBundle(port, sheet.context.bundle) ||
            !isUsed(port, sheet.context.topology) || !isEnd(sheet, from, port.from) ||
            !isEnd(sheet, sheet.host, port.to) || !isBetween(port, from, sheet.host))
            continue;
        for (int number = port.first; number <= port.last; ++number)
            ports.insert(
                {port.protocol == Protocol::Udp ? "udp" : "tcp", static_cast<uint16_t>(number)});
    }
    return ports;
}

const PeerFacts* saidBy(const CheckSheet& sheet, const HostId& from) {
    if (!sheet.facts.peers)
        return nullptr;
    const auto& peers = *sheet.facts.peers;
    const auto found = std::find_if(peers.begin(), peers.end(),
                                    [&](const PeerFacts& each) { return each.from == from; });
    return found == peers.end() ? nullptr : &*found;
}

std::string answerTo(const PeerFacts* peer, const PeerPort& port) {
    if (peer != nullptr)
        for (const PeerAnswer& answer : peer->ports)
            if (answer.protocol == port.protocol && answer.port == port.port)
                return answer.answer;
    return "taken";
}

/// Bad or good as measured; without a measure what the grade says.
void judgeMeasured(CheckSheet& sheet, const char* id, std::optional<bool> holds,
                   const std::string& measured, const std::string& required) {
    if (!holds)
        return sheet.judge(id, std::nullopt, {}, required);
    sheet.add(id, *holds ? CheckStatus::Pass : CheckStatus::Failed, measured, required);
}

void checkReachable(CheckSheet& sheet) {
    std::vector<std::string> blocked;
    size_t open = 0;
    size_t unknown = 0;
    for (const Host& from : sheet.inventory.hosts) {
        if (from.name == sheet.host.name)
            continue;
        const PeerFacts* peer = saidBy(sheet, from.name);
        std::vector<std::string> ports;
        for (const PeerPort& port : neededBy(sheet, from)) {
            const std::string answer = answerTo(peer, port);
            open += answer == "open" ? 1U : 0U;
            unknown += answer == "taken" ? 1U : 0U;
            if (answer != "open" && answer != "taken")
                ports.push_back(port.protocol + " " + std::to_string(port.port));
        }
        if (!ports.empty())
            blocked.push_back(from.name.str() + " → " + joined(ports));
    }
    if (open + unknown == 0 && blocked.empty())
        return sheet.notApplicable("network.reachable");
    const std::optional<bool> holds = !blocked.empty() ? std::optional(false)
                                      : unknown == 0   ? std::optional(true)
                                                       : std::nullopt;
    judgeMeasured(sheet, "network.reachable", holds,
                  blocked.empty() ? std::to_string(open) : joined(blocked, "; "), {});
}

/// The greatest of a value that other servers measured, and whose it is.
struct Worst {
    double value = -1;
    std::string from;
};

template <class Measure>
std::optional<Worst> worstOf(const CheckSheet& sheet, const std::vector<HostId>& others,
                             const Measure& measure) {
    std::optional<Worst> worst;
    for (const HostId& other : others) {
        const PeerFacts* peer = saidBy(sheet, other);
        const std::optional<double> value = peer == nullptr ? std::nullopt : measure(*peer);
        if (value && (!worst || *value > worst->value))
            worst = Worst{*value, other.str()};
    }
    return worst;
}

void checkLimit(CheckSheet& sheet, const char* id, const std::string& unit,
                const std::vector<HostId>& others, std::optional<double> PeerFacts::*member) {
    if (others.empty())
        return sheet.notApplicable(id);
    const auto most = sheet.limit(id);
    const auto worst = worstOf(sheet, others, [&](const PeerFacts& peer) { return peer.*member; });
    const std::string required = most ? "≤ " + numberText(*most) + unit : std::string();
    if (!most || !worst)
        return judgeMeasured(sheet, id, std::nullopt, {}, required);
    judgeMeasured(sheet, id, worst->value <= *most,
                  numberText(worst->value) + unit + " (" + worst->from + ")", required);
}

void checkMtu(CheckSheet& sheet, const std::vector<HostId>& others) {
    const auto missing = [](const PeerFacts& peer) -> std::optional<double> {
        return peer.mtu && peer.ownMtu ? std::optional<double>(*peer.ownMtu - *peer.mtu)
                                       : std::nullopt;
    };
    const auto worst = worstOf(sheet, others, missing);
    if (!worst)
        return judgeMeasured(sheet, "network.mtu", std::nullopt, {}, {});
    const PeerFacts* peer = saidBy(sheet, HostId(worst->from));
    judgeMeasured(sheet, "network.mtu", worst->value <= 0,
                  std::to_string(peer->mtu.value_or(0)) + " (" + worst->from + ")",
                  "≥ " + std::to_string(peer->ownMtu.value_or(0)));
}

void checkVirtualAddress(CheckSheet& sheet) {
    const CheckContext& context = sheet.context;
    const auto& found = sheet.facts.virtualAddress;
    if (context.virtualAddress.empty() || !context.externalLoadBalancer.empty() ||
        !sheet.mayHave(RoleId("load_balancer")) || sheet.hasOurs())
        return sheet.notApplicable("network.vip");
    if (!found || found->address != context.virtualAddress || found->state == "unknown")
        return judgeMeasured(sheet, "network.vip", std::nullopt, {}, {});
    sheet.add("network.vip", found->state == "free" ? CheckStatus::Pass : CheckStatus::Failed,
              context.virtualAddress + (found->mac.empty() ? "" : " " + found->mac), {},
              {{"problem", found->state == "free" ? "" : found->state}});
}

}  // namespace

void checkPeers(CheckSheet& sheet) {
    std::vector<HostId> near;    // of the same datacenter
    std::vector<HostId> quorum;  // with a vote in one of this server's
    for (const Host& other : sheet.inventory.hosts) {
        if (other.name == sheet.host.name || other.datacenter != sheet.host.datacenter)
            continue;
        near.push_back(other.name);
        for (const RoleId& role : {RoleId("k8s_server"), RoleId("database")})
            if (sheet.mayHave(role) && sheet.mayHave(other, role)) {
                quorum.push_back(other.name);
                break;
            }
    }
    if (!sheet.cluster() || sheet.inventory.hosts.size() < 2) {
        for (const char* id : {"network.reachable", "network.rtt", "network.loss", "network.mtu"})
            sheet.notApplicable(id);
    } else {
        checkReachable(sheet);
        checkLimit(sheet, "network.rtt", " ms", quorum, &PeerFacts::rttMs);
        checkLimit(sheet, "network.loss", " %", near, &PeerFacts::lossPercent);
        near.empty() ? sheet.notApplicable("network.mtu") : checkMtu(sheet, near);
    }
    sheet.cluster() ? checkVirtualAddress(sheet) : sheet.notApplicable("network.vip");
}

}  // namespace deploy
