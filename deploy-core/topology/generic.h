#pragma once

#include "catalog/catalog.h"
#include "inventory/host.h"

namespace deploy {

/// Servers that stand for those a mode wants, where nobody gave any: `sites` times `servers` of
/// them ("s1", "s2"...; with several sites each in a datacenter "dc1", "dc2"...), and then `ops`
/// more. Their addresses are made up.
Inventory genericServers(int servers, int ops, int sites = 1);

/// As many as the seed gives the mode, with the operations server.
Inventory genericServers(const Mode& mode);

}  // namespace deploy
