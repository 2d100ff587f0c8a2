#pragma once

#include "remote/sim/role_work.h"

namespace deploy::sim {

// The two servers of database/pair: which of them is the primary.

/// What database/switch_over and database/pair say of the server.
RoleAnswer checkSwitchOver(const World& world, const RoleCall& call);
std::string pairWords(const World& world, const RoleCall& call);

/// Of a step of database/switch_over that is done.
void switchOver(ServerState& state, const RoleCall& call, Millis now);

/// A primary sees that another one was promoted since.
void seeOtherPrimary(ServerState& state, const std::map<HostId, ServerState>& servers);

}  // namespace deploy::sim
