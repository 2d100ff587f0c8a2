#include "topology/order.h"

#include <algorithm>
#include <set>

namespace deploy {

Inventory inOrder(const Inventory& inventory, const std::vector<HostId>& order) {
    if (order.empty())
        return inventory;
    Inventory drawn;
    drawn.hosts.reserve(inventory.hosts.size());
    std::set<HostId> placed;
    for (const HostId& name : order)
        if (const Host* host = inventory.find(name); host != nullptr && placed.insert(name).second)
            drawn.hosts.push_back(*host);
    for (const Host& host : inventory.hosts)
        if (!placed.contains(host.name))
            drawn.hosts.push_back(host);
    return drawn;
}

std::vector<HostId> movedBefore(const Inventory& drawn, const std::vector<HostId>& moved,
                                const HostId& before) {
    const auto moves = [&](const HostId& host) {
        return std::find(moved.begin(), moved.end(), host) != moved.end();
    };
    // Dropped on one of its own, the group comes to stand where that one's next neighbour is.
    bool reached = false;
    std::vector<HostId> order;
    std::vector<HostId> group;
    size_t at = 0;
    for (const Host& host : drawn.hosts) {
        reached = reached || host.name == before;
        if (moves(host.name))
            group.push_back(host.name);
        else
            order.push_back(host.name);
        at = reached ? at : order.size();
    }
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(before.empty() ? order.size() : at),
                 group.begin(), group.end());
    return order;
}

}  // namespace deploy
