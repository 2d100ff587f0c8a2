#include "topology/topology.h"

#include <algorithm>
#include <set>

namespace deploy {

Topology Topology::assign(const RoleId& role, const HostId& host) const {
    Topology changed = *this;
    if (!has(role, host))
        changed.roles_[role].push_back(host);
    return changed;
}

Topology Topology::unassign(const RoleId& role, const HostId& host) const {
    Topology changed = *this;
    const auto found = changed.roles_.find(role);
    if (found == changed.roles_.end())
        return changed;
    std::erase(found->second, host);
    if (found->second.empty())
        changed.roles_.erase(found);
    return changed;
}

Topology Topology::moved(const RoleId& role, const HostId& from, const HostId& to) const {
    if (has(role, to))
        return from == to ? *this : unassign(role, from);
    Topology changed = *this;
    const auto found = changed.roles_.find(role);
    if (found != changed.roles_.end())
        std::replace(found->second.begin(), found->second.end(), from, to);
    return changed;
}

Topology Topology::withoutHost(const HostId& host) const {
    Topology changed = *this;
    for (const RoleId& role : rolesOf(host))
        changed = changed.unassign(role, host);
    return changed;
}

Topology Topology::renamed(const HostId& from, const HostId& to) const {
    Topology changed = *this;
    for (auto& [role, hosts] : changed.roles_)
        std::replace(hosts.begin(), hosts.end(), from, to);
    return changed;
}

bool Topology::has(const RoleId& role, const HostId& host) const {
    const auto found = roles_.find(role);
    return found != roles_.end() &&
           std::find(found->second.begin(), found->second.end(), host) != found->second.end();
}

const std::vector<HostId>& Topology::hostsOf(const RoleId& role) const& {
    static const std::vector<HostId> none;
    const auto found = roles_.find(role);
    return found == roles_.end() ? none : found->second;
}

std::vector<HostId> Topology::hostsOf(const RoleId& role) const&& {
    const Topology& self = *this;
    return self.hostsOf(role);
}

std::vector<RoleId> Topology::rolesOf(const HostId& host) const {
    std::vector<RoleId> found;
    for (const auto& [role, hosts] : roles_)
        if (std::find(hosts.begin(), hosts.end(), host) != hosts.end())
            found.push_back(role);
    return found;
}

std::vector<HostId> Topology::hosts() const {
    std::set<HostId> found;
    for (const auto& [role, hosts] : roles_)
        found.insert(hosts.begin(), hosts.end());
    return {found.begin(), found.end()};
}

}  // namespace deploy
