#pragma once

#include "base/result.h"
#include "catalog/catalog.h"
#include "inventory/host.h"
#include "topology/topology.h"

namespace deploy {

/// What became of one role's servers.
struct RoleMove {
    RoleId role;
    std::vector<HostId> kept;
    std::vector<HostId> added;
    std::vector<HostId> removed;
    bool operator==(const RoleMove&) const = default;
};

struct ModeChange {
    Topology topology;
    std::vector<RoleMove> moves;  ///< of roles whose servers differ, in the catalogue's order
    bool operator==(const ModeChange&) const = default;
};

/// The drawing after a switch to `mode`: everything is placed as the mode wants it; what the rules
/// of the mode allow stays where it is. Pure. Where the servers do not suffice, the roles that have
/// a place in the mode stay and nothing is added.
ModeChange changeMode(const Catalog& catalog, const Mode& mode, const Inventory& inventory,
                      const Topology& present);

/// How two drawings differ.
std::vector<RoleMove> movesBetween(const Catalog& catalog, const Topology& before,
                                   const Topology& after);

}  // namespace deploy
