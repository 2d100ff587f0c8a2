#pragma once

#include "base/result.h"
#include "catalog/catalog.h"
#include "inventory/host.h"
#include "topology/topology.h"

namespace deploy {

/// Places every role of the mode on the servers, keeping what `present` already says.
/// Deterministic. On the seed's number of servers it gives the placement of the seed's pictures
/// (with three database members). PlanImpossible where the servers do not suffice; args "needed"
/// and "given".
Result<Topology> suggestTopology(const Catalog& catalog, const Mode& mode,
                                 const Inventory& inventory, const Topology& present = {});

}  // namespace deploy
