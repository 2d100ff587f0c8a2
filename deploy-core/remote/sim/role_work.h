#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probe/facts.h"
#include "remote/sim/state.h"

namespace deploy::sim {

/// What a role script finds on a simulated server.
struct World {
    const ServerState& state;
    const Facts& facts;  ///< before anything of ours
    Millis now = 0;
};

/// The answer of check or verify: exit status and words.
struct RoleAnswer {
    bool yes = false;
    std::string words;
};

/// What apply or remove will have done when its time is over; its effect is takeEffect().
struct RoleWork {
    int status = 0;
    std::vector<std::string> log;
    Millis takes = 1000;
};

/// Whether simulated servers know the script: else all below must not be asked.
bool knowsRole(const std::string& script);

RoleAnswer roleCheck(const World& world, const RoleCall& call);
RoleAnswer roleVerify(const World& world, const RoleCall& call);
/// `secrets`: the variables that arrived on standard input.
RoleWork roleWork(const World& world, const RoleCall& call,
                  const std::map<std::string, std::string>& secrets);
/// Of a work that ended with status 0.
void takeEffect(ServerState& state, const RoleCall& call, Millis now);

/// What a probe finds after the steps that were done.
Facts factsNow(const Facts& before, const ServerState& state);

}  // namespace deploy::sim
