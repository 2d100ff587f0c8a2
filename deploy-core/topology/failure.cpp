#include "topology/failure.h"

#include <algorithm>
#include <array>
#include <map>

#include "topology/failure_services.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

/// The roles' members in one datacenter.
using Site = std::map<RoleId, Members>;

std::map<std::string, Site> sitesOf(const Inventory& inventory, const Topology& topology,
                                    const std::set<HostId>& down) {
    std::map<HostId, const Host*> hosts;
    for (const Host& host : inventory.hosts)
        hosts.emplace(host.name, &host);
    std::map<std::string, Site> sites;
    for (const auto& [role, members] : topology.roles())
        for (const HostId& name : members) {
            const auto host = hosts.find(name);
            if (host == hosts.end())
                continue;
            Members& found = sites[host->second->datacenter][role];
            found.all.push_back(name);
            if (!down.contains(name))
                found.left.push_back(name);
        }
    return sites;
}

std::vector<ServiceImpact> impactsOf(Site& site) {
    std::vector<ServiceImpact> services;
    if (site.contains(roles::kLoadBalancer))
        services.push_back(entryImpact(site[roles::kLoadBalancer], site[roles::kBusiness]));
    else if (site.contains(roles::kGateway))
        services.push_back(gatewayImpact(site[roles::kGateway]));
    if (site.contains(roles::kBusiness))
        services.push_back(businessImpact(site[roles::kBusiness]));
    if (site.contains(roles::kDatabase))
        services.push_back(databaseImpact(site[roles::kDatabase]));
    if (site.contains(roles::kCache))
        services.push_back(cacheImpact(site[roles::kCache]));
    if (site.contains(roles::kKubernetesServer))
        services.push_back(kubernetesImpact(site[roles::kKubernetesServer]));
    if (site.contains(roles::kOps))
        services.push_back(opsImpact(site[roles::kOps]));
    return services;
}

/// What users notice. Kubernetes' own loss is not: what runs goes on running. The entry's is also
/// where servers still answer on their own ports: the services reach the database that may write
/// through the same virtual address.
Health platformOf(const std::vector<ServiceImpact>& services) {
    Health platform = Health::Up;
    for (const ServiceImpact& impact : services) {
        const bool needed = impact.service == "business" || impact.service == "database" ||
                            impact.service == "cache" || impact.service == "entry";
        if (impact.health == Health::Lost && needed)
            return Health::Lost;
        if (impact.health != Health::Up && impact.service != "ops")
            platform = Health::Degraded;
    }
    return platform;
}

/// One line a service for all sites: lost only where it is lost in each of them.
void merge(std::vector<ServiceImpact>& all, const std::vector<ServiceImpact>& site) {
    for (const ServiceImpact& impact : site) {
        const auto known = std::find_if(all.begin(), all.end(), [&](const ServiceImpact& other) {
            return other.service == impact.service;
        });
        if (known == all.end()) {
            all.push_back(impact);
            continue;
        }
        const bool oneLost = (known->health == Health::Lost) != (impact.health == Health::Lost);
        if (oneLost) {
            const Args args = known->health == Health::Lost ? impact.args : known->args;
            *known = {impact.service, Health::Degraded, "other_site", args};
        } else if (impact.health > known->health && known->reason != "other_site") {
            *known = impact;
        }
    }
}

double shareOfBusiness(const Site& site) {
    const auto business = site.find(roles::kBusiness);
    if (business == site.end() || business->second.all.empty())
        return 0;
    return static_cast<double>(business->second.left.size()) /
           static_cast<double>(business->second.all.size());
}

size_t workServers(const Site& site) {
    std::set<HostId> servers;
    for (const auto& [role, members] : site)
        if (role != roles::kOps && role != roles::kRegistry)
            servers.insert(members.all.begin(), members.all.end());
    return servers.size();
}

}  // namespace

const char* healthWord(Health health) {
    static constexpr std::array kWords = {"up", "degraded", "lost"};
    return kWords.at(static_cast<size_t>(health));
}

FailureOutcome simulateFailure(const Mode& mode, const Inventory& inventory,
                               const Topology& topology, const std::set<HostId>& down) {
    FailureOutcome outcome;
    size_t working = 0;
    size_t degraded = 0;
    size_t sites = 0;
    for (auto& [datacenter, site] : sitesOf(inventory, topology, down)) {
        const auto services = impactsOf(site);
        merge(outcome.services, services);
        if (!site.contains(roles::kBusiness))
            continue;
        ++sites;
        const Health platform = platformOf(services);
        degraded += platform == Health::Degraded ? 1 : 0;
        if (platform == Health::Lost)
            continue;
        ++working;
        const double perServer = static_cast<double>(mode.tpsMinimum) / std::max(mode.servers, 1);
        outcome.tps += static_cast<int>(perServer * static_cast<double>(workServers(site)) *
                                        shareOfBusiness(site));
    }
    if (working == 0)
        outcome.platform = Health::Lost;
    else if (working < sites || degraded > 0)
        outcome.platform = Health::Degraded;
    return outcome;
}

}  // namespace deploy
