#include "topology/port_use.h"

namespace deploy {

bool isUsed(const Port& port, const Topology& topology) {
    const size_t servers = topology.hostsOf(RoleId(port.to)).size();
    return servers == 0 || servers >= static_cast<size_t>(port.least);
}

}  // namespace deploy
