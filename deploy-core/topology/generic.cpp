#include "topology/generic.h"

namespace deploy {

namespace {

/// From the range that RFC 2544 keeps for tests: nobody's server answers there.
std::string addressAt(int index) {
    constexpr int kFirst = 11;
    constexpr int kPerNetwork = 200;
    return "198.18." + std::to_string(index / kPerNetwork) + "." +
           std::to_string(kFirst + index % kPerNetwork);
}

}  // namespace

Inventory genericServers(int servers, int ops, int sites) {
    Inventory inventory;
    const int platform = servers * sites;
    for (int i = 0; i < platform + ops; ++i) {
        Host host;
        host.name = HostId("s" + std::to_string(i + 1));
        host.address = addressAt(i);
        if (sites > 1)
            host.datacenter = "dc" + std::to_string(i < platform ? i / servers + 1 : sites);
        inventory.hosts.push_back(std::move(host));
    }
    return inventory;
}

Inventory genericServers(const Mode& mode) {
    return genericServers(mode.servers, mode.opsServers);
}

}  // namespace deploy
