#include "topology/suggest.h"

#include <algorithm>

#include "topology/role_ids.h"

namespace deploy {

namespace {

using Hosts = std::vector<HostId>;

/// Servers of one datacenter that get one whole set of roles.
struct Site {
    Hosts business;
    Hosts data;  ///< in the small mode the same servers
};

bool hasAny(const Topology& topology, const HostId& host, const std::vector<RoleId>& wanted) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const RoleId& role) { return topology.has(role, host); });
}

tl::unexpected<Error> tooFew(size_t needed, size_t given) {
    return fail(ErrorCode::PlanImpossible, {}, {},
                {{"needed", std::to_string(needed)}, {"given", std::to_string(given)}});
}

/// The servers, beginning with the given positions, then the others in their order.
Hosts ordered(const Hosts& hosts, const std::vector<size_t>& first) {
    Hosts result;
    for (const size_t index : first)
        if (index < hosts.size())
            result.push_back(hosts[index]);
    for (const HostId& host : hosts)
        if (std::find(result.begin(), result.end(), host) == result.end())
            result.push_back(host);
    return result;
}

void fill(Topology& topology, const RoleId& role, const Hosts& order, size_t wanted) {
    auto placed = static_cast<size_t>(std::count_if(
        order.begin(), order.end(), [&](const HostId& host) { return topology.has(role, host); }));
    for (const HostId& host : order) {
        if (placed >= wanted)
            return;
        if (topology.has(role, host))
            continue;
        topology = topology.assign(role, host);
        ++placed;
    }
}

Topology suggestSingle(const Mode& mode, const Inventory& inventory, Topology topology) {
    const Hosts used = topology.hosts();
    const HostId host = used.empty() ? inventory.hosts.front().name : used.front();
    for (const RoleCount& count : mode.roles)
        if (count.suggested > 0 && topology.hostsOf(count.role).empty())
            topology = topology.assign(count.role, host);
    return topology;
}

/// The extra server for operations: the one that has such a role, else the last that has none.
HostId opsServer(const Mode& mode, const Inventory& inventory, const Topology& topology) {
    for (const RoleId& role : {roles::kOps, roles::kRegistry})
        if (const Hosts& hosts = topology.hostsOf(role); !hosts.empty())
            return hosts.front();
    if (mode.opsServers == 0 || inventory.hosts.size() <= static_cast<size_t>(mode.servers))
        return {};
    for (auto host = inventory.hosts.rbegin(); host != inventory.hosts.rend(); ++host)
        if (topology.rolesOf(host->name).empty())
            return host->name;
    return {};
}

Site siteOf(const Mode& mode, const Hosts& hosts, const Topology& topology) {
    const std::vector<RoleId> base{roles::kDatabase, roles::kCache, roles::kKubernetesServer};
    const std::vector<RoleId> front{roles::kBusiness, roles::kKubernetesAgent, roles::kGateway,
                                    roles::kLoadBalancer};
    const bool apart = mode.servers >= 8;
    if (!apart)
        return {hosts, hosts};
    const auto dataServers = static_cast<size_t>(mode.servers / 2);
    Site site;
    for (auto host = hosts.rbegin(); host != hosts.rend(); ++host) {
        const bool isData = hasAny(topology, *host, base);
        const bool isFree = !hasAny(topology, *host, front) && site.data.size() < dataServers;
        (isData || isFree ? site.data : site.business).push_back(*host);
    }
    std::reverse(site.data.begin(), site.data.end());
    std::reverse(site.business.begin(), site.business.end());
    return site;
}

void place(Topology& topology, const Mode& mode, const Site& site) {
    const bool apart = site.business != site.data;
    for (const RoleCount& count : mode.roles) {
        const RoleId& role = count.role;
        const auto wanted = static_cast<size_t>(count.suggested);
        if (role == roles::kBusiness || role == roles::kKubernetesAgent)
            fill(topology, role, site.business, site.business.size());
        else if (role == roles::kGateway)
            fill(topology, role, site.business, wanted);
        else if (role == roles::kLoadBalancer)
            fill(topology, role, ordered(site.business, {0, 3}), wanted);
        else if (role == roles::kCache || (role == roles::kKubernetesServer && apart))
            fill(topology, role, site.data, wanted);
        else if (role == roles::kKubernetesServer || role == roles::kDatabase)
            fill(topology, role, ordered(site.data, {1, 2, 3}), wanted);
    }
}

}  // namespace

Result<Topology> suggestTopology(const Catalog& /*catalog*/, const Mode& mode,
                                 const Inventory& inventory, const Topology& present) {
    const RoleCount* ops = mode.count(roles::kOps);
    const size_t opsNeeded = ops != nullptr && ops->minimum > 0 ? 1 : 0;
    const size_t needed = static_cast<size_t>(mode.servers) + opsNeeded;
    if (inventory.hosts.size() < needed)
        return tooFew(needed, inventory.hosts.size());
    if (!mode.kubernetes)
        return suggestSingle(mode, inventory, present);

    Topology topology = present;
    const HostId opsHost = opsServer(mode, inventory, topology);
    for (const RoleId& role : {roles::kOps, roles::kRegistry})
        if (!opsHost.empty() && mode.count(role) != nullptr && topology.hostsOf(role).empty())
            topology = topology.assign(role, opsHost);

    std::vector<std::pair<std::string, Hosts>> datacenters;
    for (const Host& host : inventory.hosts) {
        if (host.name == opsHost)
            continue;
        auto found = std::find_if(datacenters.begin(), datacenters.end(), [&](const auto& entry) {
            return entry.first == host.datacenter;
        });
        if (found == datacenters.end())
            found = datacenters.insert(found, {host.datacenter, {}});
        found->second.push_back(host.name);
    }
    size_t sites = 0;
    size_t largest = 0;
    for (const auto& [datacenter, hosts] : datacenters) {
        largest = std::max(largest, hosts.size());
        const bool oneSiteOnly = mode.servers < 8 && sites > 0;
        if (hosts.size() < static_cast<size_t>(mode.servers) || oneSiteOnly)
            continue;
        place(topology, mode, siteOf(mode, hosts, topology));
        ++sites;
    }
    // No quorum is split over datacenters: one of them must hold the whole mode.
    if (sites == 0)
        return tooFew(static_cast<size_t>(mode.servers), largest);
    return topology;
}

}  // namespace deploy
