#include "topology/role_ids.h"
#include "topology/rules_parts.h"

namespace deploy {

namespace {

Finding countFinding(const std::string& id, const RoleId& role, const std::vector<HostId>& hosts,
                     int limit) {
    return {id,
            Severity::Error,
            hosts,
            {role},
            {{"role", role.str()},
             {"limit", std::to_string(limit)},
             {"placed", std::to_string(hosts.size())}}};
}

/// The counts of one site; every datacenter that has any business is a platform of its own.
void checkRoles(const Drawing& drawing, std::vector<Finding>& findings) {
    for (const RoleCount& count : drawing.mode.roles) {
        const auto& hosts = drawing.topology.hostsOf(count.role);
        const auto placed = static_cast<int>(hosts.size());
        const auto sites = static_cast<int>(drawing.sitesOf(count.role).size());
        if (placed < count.minimum && !drawing.tooFewServers()) {
            findings.push_back(countFinding("role.too_few", count.role, hosts, count.minimum));
            // A cluster is built role by role: what is not placed is not installed.
            if (placed == 0 && drawing.mode.kubernetes && !drawing.topology.roles().empty())
                findings.back().severity = Severity::Warning;
        }
        if (count.maximum > 0 && placed > count.maximum * std::max(sites, 1))
            findings.push_back(countFinding("role.too_many", count.role, hosts, count.maximum));
    }
    for (const auto& [role, hosts] : drawing.topology.roles())
        if (drawing.mode.count(role) == nullptr)
            findings.push_back(
                {"role.not_in_mode", Severity::Error, hosts, {role}, {{"role", role.str()}}});
}

void checkServers(const Drawing& drawing, std::vector<Finding>& findings) {
    const Mode& mode = drawing.mode;
    std::vector<HostId> unknown;
    for (const HostId& host : drawing.topology.hosts())
        if (drawing.inventory.find(host) == nullptr)
            unknown.push_back(host);
    std::set<HostId> distinct;
    for (const auto& [role, hosts] : drawing.topology.roles())
        if (role != roles::kOps && role != roles::kRegistry)
            distinct.insert(hosts.begin(), hosts.end());
    const std::vector<HostId> working(distinct.begin(), distinct.end());
    if (!unknown.empty())
        findings.push_back(
            {"server.unknown", Severity::Error, unknown, {}, {{"servers", namesOf(unknown)}}});
    if (drawing.tooFewServers())
        findings.push_back({"servers.too_few",
                            Severity::Error,
                            {},
                            {},
                            {{"needed", std::to_string(mode.servers)},
                             {"given", std::to_string(drawing.inventory.hosts.size())}}});
    if (mode.serversMaximum > 0 && working.size() > static_cast<size_t>(mode.serversMaximum))
        findings.push_back({"servers.too_many",
                            Severity::Error,
                            working,
                            {},
                            {{"limit", std::to_string(mode.serversMaximum)},
                             {"placed", std::to_string(working.size())},
                             {"servers", namesOf(working)}}});
}

void checkUnassigned(const Drawing& drawing, std::vector<Finding>& findings) {
    std::vector<HostId> idle;
    for (const Host& host : drawing.inventory.hosts)
        if (!drawing.uses(host.name))
            idle.push_back(host.name);
    if (!idle.empty() && !drawing.topology.roles().empty())
        findings.push_back(
            {"server.unassigned", Severity::Note, idle, {}, {{"servers", namesOf(idle)}}});
}

}  // namespace

std::vector<Finding> checkCounts(const Drawing& drawing) {
    std::vector<Finding> findings;
    checkServers(drawing, findings);
    checkRoles(drawing, findings);
    checkUnassigned(drawing, findings);
    return findings;
}

}  // namespace deploy
