#pragma once

#include "topology/failure.h"

namespace deploy {

/// What follows when these servers are off.
struct FailureCase {
    std::vector<HostId> down;
    FailureOutcome outcome;
    bool operator==(const FailureCase&) const = default;
};

/// Every loss of one server, of two, and of a whole datacenter, of the servers that have a role.
struct FailureMatrix {
    std::vector<FailureCase> singles;
    std::vector<FailureCase> pairs;        ///< none with more than kMostForPairs servers
    std::vector<FailureCase> datacenters;  ///< only where there are several
    bool operator==(const FailureMatrix&) const = default;
};

/// Beyond it nobody reads the pairs, and their number grows with the square.
constexpr size_t kMostForPairs = 40;

FailureMatrix failureMatrix(const Mode& mode, const Inventory& inventory, const Topology& topology);

/// What one more loss would cost: for each server with a role that still runs, the services that
/// are lost then and are not now; servers without such a loss are left out.
struct FurtherLoss {
    HostId host;
    std::vector<std::string> services;
    bool operator==(const FurtherLoss&) const = default;
};
std::vector<FurtherLoss> furtherLosses(const Mode& mode, const Inventory& inventory,
                                       const Topology& topology, const std::set<HostId>& down);

/// All servers of a datacenter.
std::set<HostId> hostsIn(const Inventory& inventory, const std::string& datacenter);

}  // namespace deploy
