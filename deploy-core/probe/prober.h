#pragma once

#include <functional>
#include <map>
#include <set>
#include <stop_token>

#include "inventory/host.h"
#include "probe/checks.h"
#include "probe/peers.h"
#include "remote/remote_host.h"

namespace deploy {

/// Called on worker threads, never two at once: once for each server, and again for those that the
/// other servers were asked about.
using ProbeObserver = std::function<void(const HostId&, const ProbeOutcome&)>;

/// What is measured only when it is asked for, as it takes seconds.
enum class Measure {
    DiskLatency,  ///< writes and removes a temporary file where the data directory will be
    DnsWildcard   ///< asks the server's name servers for a name that cannot exist
};

/// Those that the checks of the mode need: none on a single node, all where servers form quorums.
std::set<Measure> measuresFor(const ModeId& mode);

struct ProbeOptions {
    std::string dataDirectory = "/data/finclip";
    std::set<Measure> measures;
    int atOnce = 64;           ///< connections at once
    PeerQuestions peers = {};  ///< asked between servers; no ports: nothing
    Inventory fleet = {};      ///< all servers that ask each other; empty: those that are probed
};

/// Probes all servers, each in one round trip; a slow or dead server delays nobody else. Read-only
/// but for Measure::DiskLatency. Then, where asked for, one round in which the servers ask each
/// other (peers.h). Where sudo is refused the probe runs as the user and says so
/// (Facts::root); every other failure is the server's outcome, Cancelled for those that a stop left
/// out.
std::map<HostId, ProbeOutcome> probeAll(Connector& connector, const Inventory& inventory,
                                        const ProbeOptions& options, const ProbeObserver& observer,
                                        const std::stop_token& stop);

}  // namespace deploy
