#include "topology/layout_rows.h"

#include <algorithm>
#include <cmath>

namespace deploy {

namespace {

constexpr size_t kShortestRow = 8;

Stand standOf(const LayoutInput& input, const Host& host) {
    const auto& hostRoles = input.seats.rolesOf(host.name);
    const auto isOps = [](const RoleId& role) {
        return role == roles::kOps || role == roles::kRegistry;
    };
    const auto isBase = [](const RoleId& role) {
        return role == roles::kDatabase || role == roles::kCache ||
               role == roles::kKubernetesServer;
    };
    if (hostRoles.empty())
        return input.topology.roles().empty() ? Stand::Business : Stand::Tray;
    if (std::all_of(hostRoles.begin(), hostRoles.end(), isOps))
        return Stand::Ops;
    // The mode for scale keeps base services apart, and so does its drawing.
    const bool apart = input.mode.servers >= 8;
    return apart && std::all_of(hostRoles.begin(), hostRoles.end(), isBase) ? Stand::Data
                                                                            : Stand::Business;
}

/// A server with its bands is about 1.7 times as high as wide; a screen is 1.8 times as wide as
/// high.
size_t longestRow(size_t servers) {
    const auto wanted = std::ceil(std::sqrt(3.0 * static_cast<double>(servers)));
    return std::max(kShortestRow, static_cast<size_t>(wanted));
}

void addRows(RowGroup& group, const Row& hosts, Stand stand, size_t longest) {
    for (size_t begin = 0; begin < hosts.size(); begin += longest) {
        const size_t end = std::min(begin + longest, hosts.size());
        group.rows.push_back({{hosts.begin() + static_cast<ptrdiff_t>(begin),
                               hosts.begin() + static_cast<ptrdiff_t>(end)},
                              stand});
    }
}

}  // namespace

Arrangement arrange(const LayoutInput& input) {
    Arrangement arrangement;
    std::vector<std::string> datacenters;
    std::map<std::pair<std::string, Stand>, Row> kinds;
    size_t standing = 0;
    for (const Host& host : input.inventory.hosts) {
        const Stand stand = standOf(input, host);
        if (stand == Stand::Ops || stand == Stand::Tray) {
            (stand == Stand::Ops ? arrangement.ops : arrangement.tray).push_back(&host);
            continue;
        }
        if (std::find(datacenters.begin(), datacenters.end(), host.datacenter) == datacenters.end())
            datacenters.push_back(host.datacenter);
        kinds[{host.datacenter, stand}].push_back(&host);
        ++standing;
    }
    for (const std::string& datacenter : datacenters) {
        RowGroup group{datacenter, {}};
        for (const Stand stand : {Stand::Business, Stand::Data})
            addRows(group, kinds[{datacenter, stand}], stand, longestRow(standing));
        arrangement.groups.push_back(std::move(group));
    }
    return arrangement;
}

}  // namespace deploy
