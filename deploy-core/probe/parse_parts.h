#pragma once

#include "probe/facts.h"
#include "probe/probe_text.h"

namespace deploy {

/// The parts of parseProbe(): each fills the facts of its kind and leaves empty what it cannot
/// believe.
void parseSystem(Facts& facts, const ProbeText& text);
void parseDisk(Facts& facts, const ProbeText& text);
void parseNetwork(Facts& facts, const ProbeText& text);
void parseSettings(Facts& facts, const ProbeText& text);
void parseSoftware(Facts& facts, const ProbeText& text);

}  // namespace deploy
