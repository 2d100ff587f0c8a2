#pragma once

#include "plan/planner_parts.h"

namespace deploy {

/// One process of the cache's cluster.
struct CacheNode {
    enum class Kind { Master, Replica };
    HostId host;
    uint16_t port = 0;
    size_t shard = 0;
    Kind kind = Kind::Master;
    bool operator==(const CacheNode&) const = default;
};

/// Three masters and three replicas, masters on three servers, no replica with its master; empty
/// where the role has fewer than three servers.
std::vector<CacheNode> cacheNodes(const Topology& topology);

}  // namespace deploy
