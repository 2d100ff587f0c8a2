#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "inventory/host.h"
#include "topology/topology.h"

namespace deploy {

enum class Severity { Note, Warning, Error };

/// What a rule has to say about a drawing; text is "finding.<id>.what" and ".remedy".
struct Finding {
    std::string id;  ///< stable: "role.too_few", "database.two_members"...
    Severity severity = Severity::Note;
    std::vector<HostId> hosts;
    std::vector<RoleId> roles;
    Args args;

    bool operator==(const Finding&) const = default;
};

/// Rules that need the drawing only. Pure; worst first.
std::vector<Finding> checkTopology(const Catalog& catalog, const Mode& mode,
                                   const Inventory& inventory, const Topology& topology);

/// True if nothing of Severity::Error is among them.
bool allows(const std::vector<Finding>& findings);

}  // namespace deploy
