#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "catalog/catalog.h"
#include "inventory/host.h"
#include "probe/checks.h"
#include "project/project.h"

namespace wizard {

/// Whether the project's servers would do for a mode.
struct ModeFit {
    int needed = 0;
    int given = 0;
    std::vector<deploy::HostId> tooSmall;  ///< by the checks of the mode's sizes
    std::vector<deploy::HostId> unknown;   ///< not probed
    bool enough() const { return given >= needed; }
    bool operator==(const ModeFit&) const = default;
};

/// What the fit depends on; the drawing has no part in it.
struct FitInput {
    deploy::Inventory inventory;
    std::vector<deploy::Waiver> waivers;
    /// Of each server that was probed: cores, bytes of memory and of the data disk.
    std::map<deploy::HostId, std::array<std::optional<uint64_t>, 3>> sizes;
    bool operator==(const FitInput&) const = default;
};
FitInput fitInput(const deploy::ProjectContent& content,
                  const std::map<deploy::HostId, deploy::ProbeOutcome>& outcomes);

/// Pure. Judged by the core's own resource checks.
ModeFit fitOf(const deploy::Catalog& catalog, const deploy::Mode& mode,
              const deploy::ProjectContent& content,
              const std::map<deploy::HostId, deploy::ProbeOutcome>& outcomes);

}  // namespace wizard
