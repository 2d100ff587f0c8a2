#pragma once

#include <vector>

#include "inventory/host.h"

namespace deploy {

/// The servers as a person placed them on the drawing: first those of `order`, each once, then the
/// others as the inventory has them. Names that the inventory does not have are passed over.
Inventory inOrder(const Inventory& inventory, const std::vector<HostId>& order);

/// The order after `moved` (kept in their own order) went to the place before `before`; to the end
/// where `before` is empty. Names every server.
std::vector<HostId> movedBefore(const Inventory& drawn, const std::vector<HostId>& moved,
                                const HostId& before);

}  // namespace deploy
