#pragma once

#include "plan/planner_base.h"

namespace deploy {

/// A cluster's plan while its parts are added, one behind the other.
struct ClusterPlan {
    const PlanInput& input;
    StepList& steps;
    std::map<HostId, ServerBase> bases;  ///< of every placed server
    /// The steps after which a role does its work for others; filled by its part.
    std::map<RoleId, std::vector<StepId>> working;

    ServerSteps on(const HostId& host) { return {steps, host}; }
    /// Steps of `role` that a later part waits for; none where it is not placed.
    std::vector<StepId> whenWorking(const RoleId& role) const;
};

/// One concern of a cluster. A part whose roles are not placed lacks nothing and adds nothing.
struct ClusterPart {
    /// What the bundle lacks for it, in words of bundle.yaml.
    std::vector<std::string> (*lacking)(const PlanInput& input);
    Result<void> (*add)(ClusterPlan& plan);
};

extern const ClusterPart kDatabasePart;
extern const ClusterPart kCachePart;
extern const ClusterPart kLoadBalancerPart;
extern const ClusterPart kKubernetesPart;
extern const ClusterPart kBusinessPart;
extern const ClusterPart kOpsPart;

bool isPlaced(const PlanInput& input, const RoleId& role);
/// The address of a placed server; "" where the inventory does not know it.
std::string addressOf(const PlanInput& input, const HostId& host);
/// A line "name address" for each server of the role, in its order.
std::string addressLines(const PlanInput& input, const RoleId& role);
/// The bundle's image for the role in this mode; null where it has none.
const BundleImage* imageOf(const PlanInput& input, const RoleId& role);
/// "images: role <role>" for a placed role without an image.
std::vector<std::string> lackingImage(const PlanInput& input, const RoleId& role);

/// The port of the load balancer that leads to the one database member that may write: a server
/// may have both roles.
inline constexpr uint16_t kWriterPort = 3307;

/// Whether the database is a primary and its replica, and not members that vote.
bool isDatabasePair(const Topology& topology);
/// addressLines() of the database. Which of a pair is the primary stands in its data: so their
/// lines are in an order that a switch-over leaves as it is.
std::string databaseLines(const PlanInput& input);

/// "address:port" of the database for the services: the same whichever member writes.
std::string writerOf(const PlanInput& input);
/// "address:port,..." of all of the cache cluster's processes.
std::string cacheNodesOf(const PlanInput& input);

}  // namespace deploy
