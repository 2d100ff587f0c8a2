#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "bundle/manifest.h"
#include "catalog/catalog.h"
#include "inventory/host.h"
#include "probe/facts.h"
#include "topology/topology.h"

namespace deploy {

enum class CheckStatus { Pass, Warning, Failed, CouldNotCheck, NotApplicable, Waived };

/// Columns of the probe's grid.
enum class CheckCategory { Access, System, Compute, Disk, Clock, Network, Settings, Existing };

/// Which answer a person may give to a check that failed.
enum class Waivable { No, Yes };

/// Name and reason of a person who accepts a failed check; goes into the report.
struct Waiver {
    CheckId check;
    HostId host;
    std::string by;
    std::string reason;
    WallTime at{};
    bool operator==(const Waiver&) const = default;
};

struct CheckResult {
    CheckId id;  ///< stable: "resources.memory"; texts "check.<id>.title/.failed/.remedy"
    HostId host;
    CheckCategory category = CheckCategory::System;
    CheckStatus status = CheckStatus::CouldNotCheck;
    Waivable waivable = Waivable::No;
    std::string measured;  ///< with its unit; may be a word
    std::string required;  ///< with its unit
    std::string source;    ///< where the threshold comes from: "seed", "k3s"...
    std::string repair;    ///< "swap": the script repair/swap would help; empty: none
    Args args;
    bool operator==(const CheckResult&) const = default;
};

/// What checks judge, besides facts.
struct CheckContext {
    const Catalog* catalog = nullptr;        ///< not owned
    const Mode* mode = nullptr;              ///< not owned
    const BundleManifest* bundle = nullptr;  ///< not owned; may be null: bundle checks are left out
    Topology topology;  ///< empty: every server is judged as the mode's ordinary server
    std::string dataDirectory = "/data/finclip";
    uint16_t entryPort = 8000;
    std::string virtualAddress;        ///< of the load balancers; may be empty
    std::string externalLoadBalancer;  ///< a customer's own, in place of ours
    std::string podCidr = "10.42.0.0/16";
    std::string serviceCidr = "10.43.0.0/16";
    bool reuseDocker = false;  ///< the person chose to reuse an existing engine
};

/// A server's facts, or why there are none.
using ProbeOutcome = Result<Facts>;

/// Every check of every server, in the inventory's order; nothing stops at the first failure. Pure.
/// Waivers turn a waivable failure into Waived.
std::vector<CheckResult> runChecks(const CheckContext& context, const Inventory& inventory,
                                   const std::map<HostId, ProbeOutcome>& outcomes,
                                   const std::vector<Waiver>& waivers);

/// Those of runChecks() that compare a server's size with the mode's row ("resources."). Pure.
std::vector<CheckResult> runSizeChecks(const CheckContext& context, const Inventory& inventory,
                                       const std::map<HostId, ProbeOutcome>& outcomes,
                                       const std::vector<Waiver>& waivers);

/// It failed, or could not be checked, and stands in the way of an installation.
bool blocks(const CheckResult& result);
/// Those that block.
std::vector<CheckResult> blocking(const std::vector<CheckResult>& results);

}  // namespace deploy
