#pragma once

#include "topology/failure.h"

namespace deploy {

/// The servers that have one role in one site, in the role's order, and those of them that run.
struct Members {
    std::vector<HostId> all;
    std::vector<HostId> left;

    bool whole() const { return left.size() == all.size(); }
    bool majority() const { return left.size() * 2 > all.size(); }
    bool runs(size_t index) const;
};

ServiceImpact entryImpact(const Members& balancers, const Members& business);
ServiceImpact gatewayImpact(const Members& gateways);
ServiceImpact businessImpact(const Members& business);
ServiceImpact databaseImpact(const Members& members);
ServiceImpact cacheImpact(const Members& members);
ServiceImpact kubernetesImpact(const Members& members);
ServiceImpact opsImpact(const Members& members);

}  // namespace deploy
