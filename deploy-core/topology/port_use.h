#pragma once

#include "catalog/catalog.h"
#include "topology/topology.h"

namespace deploy {

/// Whether the drawing needs this port of the catalogue, by the number of servers that its role
/// has: two database servers are a pair, which talks otherwise than a cluster of three. A role
/// without servers may still get any number.
bool isUsed(const Port& port, const Topology& topology);

}  // namespace deploy
