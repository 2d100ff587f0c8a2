#include "topology/failure_services.h"

#include <algorithm>

namespace deploy {

namespace {

/// How long a take-over takes, in seconds.
struct Takeover {
    int from;
    int to;
};
// From the settings that the product writes and from servers that lost their power [est]: three
// missed adverts of VRRP at one in half a second; HAProxy's checks; Galera's suspicion after two
// seconds and those checks; Redis' node time-out of two seconds and its election; Kubernetes' 20 s
// until a node counts as lost and 30 s until its pods move, which then start.
constexpr Takeover kVirtualAddress{2, 3};
constexpr Takeover kLeftOut{1, 3};
constexpr Takeover kDatabase{3, 5};
constexpr Takeover kCache{3, 5};
constexpr Takeover kPods{50, 70};

std::string namesOf(const std::vector<HostId>& hosts) {
    std::string names;
    for (const HostId& host : hosts)
        names += (names.empty() ? "" : ", ") + host.str();
    return names;
}

ServiceImpact impact(const std::string& service, Health health, const std::string& reason,
                     const Members& members) {
    return {service,
            health,
            reason,
            {{"left", std::to_string(members.left.size())},
             {"count", std::to_string(members.all.size())},
             {"servers", namesOf(members.left)}}};
}

ServiceImpact within(const Takeover& takeover, ServiceImpact service) {
    if (service.health == Health::Degraded) {
        service.args["from"] = std::to_string(takeover.from);
        service.args["to"] = std::to_string(takeover.to);
    }
    return service;
}

/// Where members vote and each can take over from another.
ServiceImpact quorumImpact(const std::string& service, const Members& members) {
    if (members.whole())
        return impact(service, Health::Up, "whole", members);
    if (members.majority())
        return impact(service, Health::Degraded, "majority", members);
    return impact(service, Health::Lost, "no_majority", members);
}

/// Where one that runs is enough.
ServiceImpact anyImpact(const std::string& service, const Members& members) {
    if (members.whole())
        return impact(service, Health::Up, "whole", members);
    if (!members.left.empty())
        return impact(service, Health::Degraded, "fewer", members);
    return impact(service, Health::Lost, "none", members);
}

}  // namespace

bool Members::runs(size_t index) const {
    return std::find(left.begin(), left.end(), all[index]) != left.end();
}

ServiceImpact entryImpact(const Members& balancers, const Members& business) {
    ServiceImpact entry = within(kVirtualAddress, anyImpact("entry", balancers));
    // Every business server still answers on its node port, but none reaches the writer.
    if (entry.health == Health::Lost && !business.left.empty()) {
        entry.reason = "node_port";
        entry.args["servers"] = namesOf(business.left);
    }
    return entry;
}

ServiceImpact gatewayImpact(const Members& gateways) {
    return within(kLeftOut, anyImpact("entry", gateways));
}

ServiceImpact businessImpact(const Members& business) {
    return within(kLeftOut, anyImpact("business", business));
}

ServiceImpact databaseImpact(const Members& members) {
    if (members.all.size() != 2 || members.whole())
        return within(kDatabase, quorumImpact("database", members));
    // Two members cannot elect: the first is the primary, and a person confirms a switch-over.
    if (members.runs(0))
        return impact("database", Health::Degraded, "replica_lost", members);
    return impact("database", Health::Lost, members.left.empty() ? "no_majority" : "primary_lost",
                  members);
}

ServiceImpact cacheImpact(const Members& members) {
    constexpr size_t kShards = 3;
    const size_t count = members.all.size();
    if (count != kShards && count != 2 * kShards)
        return quorumImpact("cache", members);
    if (members.whole())
        return impact("cache", Health::Up, "whole", members);
    size_t masters = 0;
    std::string promoted;
    for (size_t shard = 0; shard < kShards; ++shard) {
        const size_t replica = count == kShards ? (shard + 1) % kShards : shard + kShards;
        if (members.runs(shard))
            ++masters;
        else if (members.runs(replica))
            promoted += (promoted.empty() ? "" : ", ") + std::to_string(shard + 1) + " > " +
                        members.all[replica].str();
        else
            return impact("cache", Health::Lost, "shard_lost", members);
    }
    // A replica is promoted by a majority of the masters.
    if (masters * 2 <= kShards)
        return impact("cache", Health::Lost, "no_majority", members);
    ServiceImpact cache = within(
        kCache,
        impact("cache", Health::Degraded, promoted.empty() ? "replica_lost" : "promoted", members));
    cache.args["promoted"] = promoted;
    return cache;
}

ServiceImpact kubernetesImpact(const Members& members) {
    return within(kPods, quorumImpact("kubernetes", members));
}

ServiceImpact opsImpact(const Members& members) {
    return anyImpact("ops", members);
}

}  // namespace deploy
