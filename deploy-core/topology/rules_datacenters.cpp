#include <algorithm>

#include "topology/role_ids.h"
#include "topology/rules_parts.h"

namespace deploy {

namespace {

bool belongsToOperations(const RoleId& role) {
    return role == roles::kOps || role == roles::kRegistry;
}

void checkLabels(const Drawing& drawing, std::vector<Finding>& findings) {
    std::vector<HostId> without;
    for (const Host& host : drawing.inventory.hosts)
        if (host.datacenter.empty() && drawing.uses(host.name))
            without.push_back(host.name);
    const bool labelled =
        std::any_of(drawing.inventory.hosts.begin(), drawing.inventory.hosts.end(),
                    [](const Host& host) { return !host.datacenter.empty(); });
    if (labelled && !without.empty())
        findings.push_back({"datacenter.missing",
                            Severity::Warning,
                            without,
                            {},
                            {{"servers", namesOf(without)}}});
}

/// Servers by the datacenter where they do more than operations.
std::map<std::string, std::vector<HostId>> platforms(const Drawing& drawing) {
    std::map<std::string, std::set<HostId>> found;
    for (const auto& [role, hosts] : drawing.topology.roles()) {
        if (belongsToOperations(role))
            continue;
        for (const auto& [datacenter, members] : drawing.sitesOf(role))
            found[datacenter].insert(members.begin(), members.end());
    }
    std::map<std::string, std::vector<HostId>> result;
    for (const auto& [datacenter, hosts] : found)
        result[datacenter] = {hosts.begin(), hosts.end()};
    return result;
}

/// A role that is nowhere is missing by its count; here it is at one place and not at another.
void checkWholeness(const Drawing& drawing, std::vector<Finding>& findings) {
    const auto sites = platforms(drawing);
    if (sites.size() < 2)
        return;
    for (const auto& [datacenter, hosts] : sites)
        for (const RoleCount& count : drawing.mode.roles) {
            const auto& having = drawing.sitesOf(count.role);
            if (count.minimum == 0 || belongsToOperations(count.role) || having.empty() ||
                having.contains(datacenter))
                continue;
            findings.push_back({"datacenter.incomplete",
                                Severity::Error,
                                hosts,
                                {count.role},
                                {{"datacenter", datacenter},
                                 {"role", count.role.str()},
                                 {"servers", namesOf(hosts)}}});
        }
}

}  // namespace

std::vector<Finding> checkDatacenters(const Drawing& drawing) {
    std::vector<Finding> findings;
    if (drawing.mode.kubernetes) {
        checkLabels(drawing, findings);
        checkWholeness(drawing, findings);
    }
    return findings;
}

}  // namespace deploy
