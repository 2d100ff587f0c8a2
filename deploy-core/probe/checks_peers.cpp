#include <algorithm>
#include <map>

#include "probe/check_sheet.h"
#include "probe/peers.h"
#include "topology/port_use.h"

namespace deploy {

namespace {

/// The others as this server sees them. Each server asks of each: where there are hundreds, what
/// costs a search for every pair takes seconds.
struct Others {
    explicit Others(const CheckSheet& one) : sheet(one) {
        if (sheet.facts.peers)
            for (const PeerFacts& peer : *sheet.facts.peers)
                said.emplace(peer.from, &peer);
    }
    /// Null: nothing.
    const PeerFacts* saidBy(const HostId& from) const {
        const auto found = said.find(from);
        return found == said.end() ? nullptr : found->second;
    }
    /// By their places in the inventory.
    const std::vector<size_t>& having(const RoleId& role) const {
        static const std::vector<size_t> none;
        const auto found = sheet.fleet.carriers.find(role);
        return found == sheet.fleet.carriers.end() ? none : found->second;
    }

    const CheckSheet& sheet;
    std::map<HostId, const PeerFacts*> said;
};

/// Between datacenters only databases talk: each has its own cluster, and one follows the other.
bool isBetween(const Port& port, const Host& from, const Host& to) {
    return from.datacenter == to.datacenter || (port.why == "database" && port.from == "database");
}

/// Others ask for it on this server.
bool isAskedFor(const Port& port, const CheckSheet& sheet) {
    const auto& modes = port.modes;
    return std::find(modes.begin(), modes.end(), sheet.context.mode->id) != modes.end() &&
           port.protocol != Protocol::Vrrp && isOfBundle(port, sheet.context.bundle) &&
           isUsed(port, sheet.context.topology) &&
           (port.to == "server" || sheet.mayHave(RoleId(port.to)));
}

/// What each server, in the inventory's order, needs of this one.
std::vector<std::vector<PeerPort>> neededHere(const Others& others) {
    const CheckSheet& sheet = others.sheet;
    const std::vector<Host>& hosts = sheet.inventory.hosts;
    std::vector<std::vector<PeerPort>> needed(hosts.size());
    for (const Port& port : sheet.context.catalog->ports) {
        if (!isAskedFor(port, sheet))
            continue;
        const char* protocol = port.protocol == Protocol::Udp ? "udp" : "tcp";
        for (const size_t from : others.having(RoleId(port.from)))
            if (isBetween(port, hosts[from], sheet.host))
                for (int number = port.first; number <= port.last; ++number)
                    needed[from].push_back({protocol, static_cast<uint16_t>(number)});
    }
    for (std::vector<PeerPort>& ports : needed) {
        std::sort(ports.begin(), ports.end());
        ports.erase(std::unique(ports.begin(), ports.end()), ports.end());
    }
    return needed;
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

void checkReachable(CheckSheet& sheet, const Others& others) {
    const std::vector<std::vector<PeerPort>> needed = neededHere(others);
    std::vector<std::string> blocked;
    size_t open = 0;
    size_t unknown = 0;
    for (size_t i = 0; i < needed.size(); ++i) {
        const Host& from = sheet.inventory.hosts[i];
        if (from.name == sheet.host.name)
            continue;
        const PeerFacts* peer = others.saidBy(from.name);
        std::vector<std::string> ports;
        for (const PeerPort& port : needed[i]) {
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
std::optional<Worst> worstOf(const Others& others, const std::vector<HostId>& some,
                             const Measure& measure) {
    std::optional<Worst> worst;
    for (const HostId& other : some) {
        const PeerFacts* peer = others.saidBy(other);
        const std::optional<double> value = peer == nullptr ? std::nullopt : measure(*peer);
        if (value && (!worst || *value > worst->value))
            worst = Worst{*value, other.str()};
    }
    return worst;
}

void checkLimit(CheckSheet& sheet, const char* id, const std::string& unit, const Others& others,
                const std::vector<HostId>& some, std::optional<double> PeerFacts::*member) {
    if (some.empty())
        return sheet.notApplicable(id);
    const auto most = sheet.limit(id);
    const auto worst = worstOf(others, some, [&](const PeerFacts& peer) { return peer.*member; });
    const std::string required = most ? "≤ " + numberText(*most) + unit : std::string();
    if (!most || !worst)
        return judgeMeasured(sheet, id, std::nullopt, {}, required);
    judgeMeasured(sheet, id, worst->value <= *most,
                  numberText(worst->value) + unit + " (" + worst->from + ")", required);
}

void checkMtu(CheckSheet& sheet, const Others& others, const std::vector<HostId>& near) {
    const auto missing = [](const PeerFacts& peer) -> std::optional<double> {
        return peer.mtu && peer.ownMtu ? std::optional<double>(*peer.ownMtu - *peer.mtu)
                                       : std::nullopt;
    };
    const auto worst = worstOf(others, near, missing);
    if (!worst)
        return judgeMeasured(sheet, "network.mtu", std::nullopt, {}, {});
    const PeerFacts* peer = others.saidBy(HostId(worst->from));
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
    const Others others(sheet);
    const std::vector<Host>& hosts = sheet.inventory.hosts;
    std::vector<bool> votes(hosts.size());  // has one in a quorum that this server is in, too
    for (const RoleId& role : {RoleId("k8s_server"), RoleId("database")})
        if (sheet.mayHave(role))
            for (const size_t i : others.having(role))
                votes[i] = true;
    std::vector<HostId> near;  // of the same datacenter
    std::vector<HostId> quorum;
    for (size_t i = 0; i < hosts.size(); ++i) {
        if (hosts[i].name == sheet.host.name || hosts[i].datacenter != sheet.host.datacenter)
            continue;
        near.push_back(hosts[i].name);
        if (votes[i])
            quorum.push_back(hosts[i].name);
    }
    if (!sheet.cluster() || hosts.size() < 2) {
        for (const char* id : {"network.reachable", "network.rtt", "network.loss", "network.mtu"})
            sheet.notApplicable(id);
    } else {
        checkReachable(sheet, others);
        checkLimit(sheet, "network.rtt", " ms", others, quorum, &PeerFacts::rttMs);
        checkLimit(sheet, "network.loss", " %", others, near, &PeerFacts::lossPercent);
        near.empty() ? sheet.notApplicable("network.mtu") : checkMtu(sheet, others, near);
    }
    sheet.cluster() ? checkVirtualAddress(sheet) : sheet.notApplicable("network.vip");
}

}  // namespace deploy
