#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "inventory/host.h"
#include "topology/topology.h"

namespace deploy {

enum class Health { Up, Degraded, Lost };
/// "up", "degraded", "lost": key of the texts "health.<word>" and "what_if.word.<word>".
const char* healthWord(Health health);

/// What becomes of one service; text "failure.<service>.<reason>".
struct ServiceImpact {
    std::string service;  ///< "entry", "business", "database", "cache", "kubernetes", "ops": text
                          ///< "failure_service.<service>"
    Health health = Health::Up;
    std::string reason;  ///< "whole", "majority", "no_majority"...; stable
    Args args;           ///< "left", "count", "servers" (names); where something takes over "from"
                         ///< and "to", seconds [est]; others by reason
    bool operator==(const ServiceImpact&) const = default;
};

struct FailureOutcome {
    std::vector<ServiceImpact> services;  ///< of the roles that the topology has, in a fixed order
    Health platform = Health::Up;         ///< Lost: users get no service
    int tps = 0;  ///< reference TPS that is left; 0 where the platform is lost [est, linear]
    bool operator==(const FailureOutcome&) const = default;
};

/// What the platform does while the servers in `down` are off. Pure; from the topology alone:
/// a quorum needs more than half of its members; of the cache, master i sits on the i-th of three
/// servers and its replica on the next (six servers: replicas on the last three). Each datacenter
/// is a site of its own; another site takes over only by a person's switch.
FailureOutcome simulateFailure(const Mode& mode, const Inventory& inventory,
                               const Topology& topology, const std::set<HostId>& down);

}  // namespace deploy
