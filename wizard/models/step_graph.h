#pragma once

#include <utility>
#include <vector>

#include "plan/plan.h"

namespace wizard {

/// Where the steps of a plan stand as a graph: a lane for each server, what needs nothing at the
/// left, each step to the right of those that it needs.
struct StepGraph {
    struct Place {
        int column = 0;
        int row = 0;  ///< over all lanes
        bool operator==(const Place&) const = default;
    };
    struct Lane {
        deploy::HostId host;
        int firstRow = 0;
        int rows = 0;
        bool operator==(const Lane&) const = default;
    };
    std::vector<Place> places;  ///< in the plan's order
    std::vector<Lane> lanes;    ///< in the order in which the plan comes to the servers
    /// From a need to the step; what follows from two others is left out.
    std::vector<std::pair<size_t, size_t>> edges;
    int columns = 0;
    int rows = 0;
};

/// Pure.
StepGraph stepGraphOf(const deploy::Plan& plan);

}  // namespace wizard
