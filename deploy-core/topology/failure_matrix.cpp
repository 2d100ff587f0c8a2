#include "topology/failure_matrix.h"

#include <algorithm>

namespace deploy {

namespace {

/// In the inventory's order.
std::vector<HostId> usedHosts(const Inventory& inventory, const Topology& topology) {
    const auto used = topology.hosts();
    std::vector<HostId> hosts;
    for (const Host& host : inventory.hosts)
        if (std::binary_search(used.begin(), used.end(), host.name))
            hosts.push_back(host.name);
    return hosts;
}

std::set<std::string> lostServices(const FailureOutcome& outcome) {
    std::set<std::string> lost;
    for (const ServiceImpact& impact : outcome.services)
        if (impact.health == Health::Lost)
            lost.insert(impact.service);
    return lost;
}

}  // namespace

FailureMatrix failureMatrix(const Mode& mode, const Inventory& inventory,
                            const Topology& topology) {
    const auto caseOf = [&](std::vector<HostId> down) {
        const std::set<HostId> off(down.begin(), down.end());
        return FailureCase{std::move(down), simulateFailure(mode, inventory, topology, off)};
    };
    FailureMatrix matrix;
    const std::vector<HostId> hosts = usedHosts(inventory, topology);
    for (const HostId& host : hosts)
        matrix.singles.push_back(caseOf({host}));
    if (hosts.size() <= kMostForPairs)
        for (size_t i = 0; i < hosts.size(); ++i)
            for (size_t j = i + 1; j < hosts.size(); ++j)
                matrix.pairs.push_back(caseOf({hosts[i], hosts[j]}));
    std::set<std::string> datacenters;
    for (const HostId& host : hosts)
        datacenters.insert(inventory.find(host)->datacenter);
    if (datacenters.size() > 1)
        for (const std::string& datacenter : datacenters) {
            const auto all = hostsIn(inventory, datacenter);
            matrix.datacenters.push_back(caseOf({all.begin(), all.end()}));
        }
    return matrix;
}

std::vector<FurtherLoss> furtherLosses(const Mode& mode, const Inventory& inventory,
                                       const Topology& topology, const std::set<HostId>& down) {
    const auto before = lostServices(simulateFailure(mode, inventory, topology, down));
    std::vector<FurtherLoss> losses;
    for (const HostId& host : usedHosts(inventory, topology)) {
        if (down.contains(host))
            continue;
        auto off = down;
        off.insert(host);
        FurtherLoss loss{host, {}};
        for (const ServiceImpact& impact : simulateFailure(mode, inventory, topology, off).services)
            if (impact.health == Health::Lost && !before.contains(impact.service))
                loss.services.push_back(impact.service);
        if (!loss.services.empty())
            losses.push_back(std::move(loss));
    }
    return losses;
}

std::set<HostId> hostsIn(const Inventory& inventory, const std::string& datacenter) {
    std::set<HostId> hosts;
    for (const Host& host : inventory.hosts)
        if (host.datacenter == datacenter)
            hosts.insert(host.name);
    return hosts;
}

}  // namespace deploy
