#pragma once

#include "base/clock.h"
#include "probe/probe_text.h"

namespace deploy {

/// How far the server's clock is ahead of the laptop's, in seconds. The way there and the way back
/// are taken to be equally long, so half of the round trip is taken off; what the login and the
/// probe itself took does not count. Off by at most half of the round trip.
double clockOffset(const ProbeTimes& server, WallTime sent, WallTime received);

}  // namespace deploy
