#include <algorithm>

#include "topology/failure.h"
#include "topology/role_ids.h"
#include "topology/rules_parts.h"

namespace deploy {

namespace {

/// Three servers with a master and a replica each, or three masters and three replicas.
void checkCacheCount(const Drawing& drawing, std::vector<Finding>& findings) {
    if (!drawing.mode.kubernetes || !drawing.enough(roles::kCache) ||
        !drawing.tornMembers(roles::kCache).empty())
        return;
    for (const auto& [datacenter, hosts] : drawing.sitesOf(roles::kCache))
        if (hosts.size() != 3 && hosts.size() != 6)
            findings.push_back({"cache.three_or_six",
                                Severity::Error,
                                hosts,
                                {roles::kCache},
                                {{"placed", std::to_string(hosts.size())}}});
}

void checkOps(const Drawing& drawing, std::vector<Finding>& findings) {
    const RoleCount* ops = drawing.mode.count(roles::kOps);
    if (ops != nullptr && ops->minimum == 0 && !drawing.topology.roles().empty() &&
        drawing.topology.hostsOf(roles::kOps).empty())
        findings.push_back({"ops.none", Severity::Warning, {}, {roles::kOps}, {}});
}

/// Only when nothing is missing: an unfinished drawing survives nothing, and that is no news.
void checkPromise(const Drawing& drawing, std::vector<Finding>& findings) {
    const Mode& mode = drawing.mode;
    for (const RoleCount& count : mode.roles)
        if (count.minimum > 0 && !drawing.enough(count.role))
            return;
    if (mode.survivesServers == 0) {
        findings.push_back({"survives.nothing", Severity::Note, drawing.topology.hosts(), {}, {}});
        return;
    }
    // Only what few servers hold can be lost with one of them.
    std::set<HostId> candidates;
    for (const RoleId& role : {roles::kDatabase, roles::kCache})
        for (const HostId& host : drawing.topology.hostsOf(role))
            candidates.insert(host);
    std::vector<HostId> fatal;
    for (const HostId& host : candidates) {
        const FailureOutcome outcome =
            simulateFailure(mode, drawing.inventory, drawing.topology, {host});
        if (outcome.platform == Health::Lost)
            fatal.push_back(host);
    }
    if (!fatal.empty())
        findings.push_back({"survives.promise_broken",
                            Severity::Warning,
                            fatal,
                            {},
                            {{"servers", namesOf(fatal)}}});
}

}  // namespace

std::vector<Finding> checkSurvival(const Drawing& drawing) {
    std::vector<Finding> findings;
    checkCacheCount(drawing, findings);
    checkOps(drawing, findings);
    checkPromise(drawing, findings);
    return findings;
}

}  // namespace deploy
