#pragma once

#include <string>

#include "base/clock.h"
#include "probe/facts.h"

namespace deploy::sim {

/// What the probe's script would print on a server with these facts, `now` by its laptop:
/// parseProbe() reads the same facts from it again. `dns`: the measure that was asked for; latency
/// likewise.
struct ProbeQuestion {
    WallTime now{};
    bool dns = false;
    bool latency = false;
};
std::string probeAnswer(const Facts& facts, const ProbeQuestion& question);

}  // namespace deploy::sim
