#include "topology/layout_rows.h"

#include <algorithm>

namespace deploy {

namespace {

constexpr size_t kServersInARow = 8;

enum class Place { Business, Data, Spare, Ops };

Place placeOf(const LayoutInput& input, const Host& host) {
    const auto hostRoles = input.topology.rolesOf(host.name);
    const auto isOps = [](const RoleId& role) {
        return role == roles::kOps || role == roles::kRegistry;
    };
    const auto isBase = [](const RoleId& role) {
        return role == roles::kDatabase || role == roles::kCache ||
               role == roles::kKubernetesServer;
    };
    if (hostRoles.empty())
        return input.topology.roles().empty() ? Place::Business : Place::Spare;
    if (std::all_of(hostRoles.begin(), hostRoles.end(), isOps))
        return Place::Ops;
    // The mode for scale keeps base services apart, and so does its drawing.
    const bool apart = input.mode.servers >= 8;
    return apart && std::all_of(hostRoles.begin(), hostRoles.end(), isBase) ? Place::Data
                                                                            : Place::Business;
}

void addRows(RowGroup& group, const Row& hosts) {
    for (size_t begin = 0; begin < hosts.size(); begin += kServersInARow) {
        const size_t end = std::min(begin + kServersInARow, hosts.size());
        group.rows.emplace_back(hosts.begin() + static_cast<ptrdiff_t>(begin),
                                hosts.begin() + static_cast<ptrdiff_t>(end));
    }
}

}  // namespace

Arrangement arrange(const LayoutInput& input) {
    Arrangement arrangement;
    std::vector<std::string> datacenters;
    for (const Host& host : input.inventory.hosts) {
        if (placeOf(input, host) == Place::Ops)
            arrangement.ops.push_back(&host);
        else if (std::find(datacenters.begin(), datacenters.end(), host.datacenter) ==
                 datacenters.end())
            datacenters.push_back(host.datacenter);
    }
    for (const std::string& datacenter : datacenters) {
        RowGroup group{datacenter, {}};
        for (const Place place : {Place::Business, Place::Data, Place::Spare}) {
            Row hosts;
            for (const Host& host : input.inventory.hosts)
                if (host.datacenter == datacenter && placeOf(input, host) == place)
                    hosts.push_back(&host);
            addRows(group, hosts);
        }
        arrangement.groups.push_back(std::move(group));
    }
    return arrangement;
}

}  // namespace deploy
