#pragma once

#include <functional>
#include <map>
#include <stop_token>

#include "inventory/host.h"
#include "probe/checks.h"
#include "remote/remote_host.h"

namespace deploy {

/// Called on worker threads, never two at once.
using ProbeObserver = std::function<void(const HostId&, const ProbeOutcome&)>;

struct ProbeOptions {
    std::string dataDirectory = "/data/finclip";
    int atOnce = 64;  ///< connections at once
};

/// Probes all servers, each in one round trip; a slow or dead server delays nobody else. Read-only.
std::map<HostId, ProbeOutcome> probeAll(Connector& connector, const Inventory& inventory,
                                        const ProbeOptions& options, const ProbeObserver& observer,
                                        const std::stop_token& stop);

}  // namespace deploy
