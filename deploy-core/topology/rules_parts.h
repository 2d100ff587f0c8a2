#pragma once

#include <map>
#include <set>
#include <utility>

#include "topology/rules.h"

namespace deploy {

/// A drawing with what the rules ask of it again and again.
class Drawing {
public:
    /// References are not owned and outlive it.
    Drawing(const Mode& mode, const Inventory& inventory, const Topology& topology);

    const Mode& mode;
    const Inventory& inventory;
    const Topology& topology;

    /// A role's servers that the inventory has, by datacenter.
    const std::map<std::string, std::vector<HostId>>& sitesOf(const RoleId& role) const;
    bool has(const RoleId& role, const HostId& host) const;
    /// Empty for a server that the inventory does not have.
    std::string addressOf(const HostId& host) const;
    /// Has any role.
    bool uses(const HostId& host) const { return used_.contains(host); }
    /// At least as many servers as the mode wants: only then do finer rules say something new.
    bool enough(const RoleId& role) const;
    /// Servers in datacenters that have too few for a whole set, where there are several: parts of
    /// a quorum that was torn apart.
    std::vector<HostId> tornMembers(const RoleId& role) const;
    /// Fewer servers than the mode needs: that its roles cannot all be placed is no news then.
    bool tooFewServers() const {
        return inventory.hosts.size() < static_cast<size_t>(mode.servers);
    }

private:
    std::map<HostId, std::string> addresses_;
    std::map<RoleId, std::map<std::string, std::vector<HostId>>> sites_;
    std::set<std::pair<RoleId, HostId>> pairs_;
    std::set<HostId> used_;
};

/// How many servers there are and how many have which role.
std::vector<Finding> checkCounts(const Drawing& drawing);
/// The catalogue's constraints.
std::vector<Finding> checkConstraints(const Catalog& catalog, const Drawing& drawing);
/// Each datacenter is a platform of its own.
std::vector<Finding> checkDatacenters(const Drawing& drawing);
/// What the drawing survives, and what is left without a watch.
std::vector<Finding> checkSurvival(const Drawing& drawing);

std::string namesOf(const std::vector<HostId>& hosts);

}  // namespace deploy
