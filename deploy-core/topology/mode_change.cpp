#include "topology/mode_change.h"

#include <algorithm>
#include <set>

#include "topology/rules.h"
#include "topology/suggest.h"

namespace deploy {

namespace {

Topology withPlaceIn(const Mode& mode, const Inventory& inventory, const Topology& present) {
    Topology kept;
    for (const RoleCount& count : mode.roles)
        for (const HostId& host : present.hostsOf(count.role))
            if (inventory.find(host) != nullptr)
                kept = kept.assign(count.role, host);
    return kept;
}

/// Takes off what the errors are about: the roles they name, or all of a server where they name
/// none.
Topology withoutErrors(Topology topology, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        if (finding.severity != Severity::Error)
            continue;
        for (const HostId& host : finding.hosts) {
            if (finding.roles.empty())
                topology = topology.withoutHost(host);
            for (const RoleId& role : finding.roles)
                topology = topology.unassign(role, host);
        }
    }
    return topology;
}

bool contains(const std::vector<HostId>& hosts, const HostId& host) {
    return std::find(hosts.begin(), hosts.end(), host) != hosts.end();
}

}  // namespace

ModeChange changeMode(const Catalog& catalog, const Mode& mode, const Inventory& inventory,
                      const Topology& present) {
    const Topology kept = withPlaceIn(mode, inventory, present);
    const auto isGood = [&](const Result<Topology>& topology) {
        return topology && allows(checkTopology(catalog, mode, inventory, *topology));
    };
    auto placed = suggestTopology(catalog, mode, inventory, kept);
    if (placed && !isGood(placed)) {
        const Topology cleared =
            withoutErrors(kept, checkTopology(catalog, mode, inventory, *placed));
        placed = suggestTopology(catalog, mode, inventory, cleared);
        if (!isGood(placed))
            placed = suggestTopology(catalog, mode, inventory);
    }
    ModeChange change;
    change.topology = placed ? *placed : kept;
    change.moves = movesBetween(catalog, present, change.topology);
    return change;
}

std::vector<RoleMove> movesBetween(const Catalog& catalog, const Topology& before,
                                   const Topology& after) {
    std::vector<RoleMove> moves;
    for (const Role& role : catalog.roles) {
        const auto& from = before.hostsOf(role.id);
        const auto& to = after.hostsOf(role.id);
        RoleMove move{role.id, {}, {}, {}};
        for (const HostId& host : from)
            (contains(to, host) ? move.kept : move.removed).push_back(host);
        for (const HostId& host : to)
            if (!contains(from, host))
                move.added.push_back(host);
        if (!move.added.empty() || !move.removed.empty())
            moves.push_back(std::move(move));
    }
    return moves;
}

}  // namespace deploy
