#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/id.h"

namespace deploy {

/// Which server has which roles. A value: assign and unassign return changed copies.
/// Roles' servers stand in the order in which they were given (the order matters: the cache's
/// master i sits on the i-th server).
class Topology {
public:
    Topology() = default;

    Topology assign(const RoleId& role, const HostId& host) const;
    Topology unassign(const RoleId& role, const HostId& host) const;
    /// The role goes from one server to another and keeps its place among the role's servers; where
    /// `to` has it already, `from` only loses it.
    Topology moved(const RoleId& role, const HostId& from, const HostId& to) const;
    Topology withoutHost(const HostId& host) const;
    Topology renamed(const HostId& from, const HostId& to) const;

    bool has(const RoleId& role, const HostId& host) const;
    const std::vector<HostId>& hostsOf(const RoleId& role) const&;
    std::vector<HostId> hostsOf(const RoleId& role) const&&;
    std::vector<RoleId> rolesOf(const HostId& host) const;
    /// Servers that have any role, sorted by name.
    std::vector<HostId> hosts() const;
    const std::map<RoleId, std::vector<HostId>>& roles() const { return roles_; }

    bool operator==(const Topology&) const = default;

private:
    std::map<RoleId, std::vector<HostId>> roles_;
};

}  // namespace deploy
