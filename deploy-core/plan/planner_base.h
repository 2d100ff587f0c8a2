#pragma once

#include "plan/planner_steps.h"

namespace deploy {

/// What every server gets before its roles.
struct ServerBase {
    StepId prepared;
    StepId data;
    StepId engine;               ///< empty: no role of the server needs a Docker engine
    std::vector<StepId> images;  ///< in its Docker engine
    StepId secrets;  ///< empty: no role in its Docker engine needs any, or on one server

    /// What a container's start needs.
    std::vector<StepId> containers() const;
};

/// Which roles run in the server's Docker engine: on one server all, in the cluster modes those
/// that do not run on Kubernetes.
bool runsInDocker(const Mode& mode, const RoleId& role);

/// The images of the roles that the server runs in Docker, in the bundle's order.
std::vector<BundleImage> imagesFor(const PlanInput& input, const HostId& host);

/// Prepared, with a data folder and, where a role needs it, an engine and the roles' images.
Result<ServerBase> addServerBase(ServerSteps& steps, const PlanInput& input);

/// What the bundle lacks for the bases of all placed servers, in words of bundle.yaml.
std::vector<std::string> lackingForBase(const PlanInput& input);

}  // namespace deploy
