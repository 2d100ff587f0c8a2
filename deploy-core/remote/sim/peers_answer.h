#pragma once

#include <string>

#include "remote/remote_host.h"
#include "remote/simulated.h"

namespace deploy::sim {

/// What resources/probe/peers.sh says on a simulated server: every port is open in all directions,
/// the way has the scenario's round trip time and loses nothing, an address that is asked for is
/// free.
std::string peersAnswer(const std::string& verb, const Command& command,
                        const Scenario::Server& server);

}  // namespace deploy::sim
