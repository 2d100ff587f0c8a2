#include <algorithm>

#include "topology/layout_parts.h"

namespace deploy {

Seats::Seats(const Inventory& inventory, const Topology& topology) {
    std::map<HostId, const std::string*> datacenters;
    for (const Host& host : inventory.hosts)
        datacenters.emplace(host.name, &host.datacenter);
    for (const auto& [role, hosts] : topology.roles())
        for (const HostId& host : hosts) {
            roles_[host].push_back(role);
            if (const auto known = datacenters.find(host); known != datacenters.end())
                indices_[{role, host}] = counts_[{role, *known->second}]++;
        }
}

const std::vector<RoleId>& Seats::rolesOf(const HostId& host) const {
    static const std::vector<RoleId> kNone;
    const auto found = roles_.find(host);
    return found == roles_.end() ? kNone : found->second;
}

bool Seats::has(const RoleId& role, const HostId& host) const {
    const auto& roles = rolesOf(host);
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

Member Seats::memberOf(const RoleId& role, const Host& host) const {
    Member member;
    if (const auto index = indices_.find({role, host.name}); index != indices_.end())
        member.index = index->second;
    if (const auto count = counts_.find({role, host.datacenter}); count != counts_.end())
        member.count = count->second;
    return member;
}

}  // namespace deploy
