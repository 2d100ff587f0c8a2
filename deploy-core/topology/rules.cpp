#include "topology/rules.h"

#include <algorithm>

#include "topology/rules_parts.h"

namespace deploy {

Drawing::Drawing(const Mode& theMode, const Inventory& theInventory, const Topology& theTopology)
    : mode(theMode), inventory(theInventory), topology(theTopology) {
    std::map<HostId, std::string> datacenters;
    for (const Host& host : inventory.hosts) {
        datacenters.emplace(host.name, host.datacenter);
        addresses_.emplace(host.name, host.address);
    }
    for (const auto& [role, hosts] : topology.roles())
        for (const HostId& host : hosts) {
            pairs_.emplace(role, host);
            used_.insert(host);
            if (const auto known = datacenters.find(host); known != datacenters.end())
                sites_[role][known->second].push_back(host);
        }
}

const std::map<std::string, std::vector<HostId>>& Drawing::sitesOf(const RoleId& role) const {
    static const std::map<std::string, std::vector<HostId>> kNone;
    const auto found = sites_.find(role);
    return found == sites_.end() ? kNone : found->second;
}

bool Drawing::has(const RoleId& role, const HostId& host) const {
    return pairs_.contains({role, host});
}

std::string Drawing::addressOf(const HostId& host) const {
    const auto found = addresses_.find(host);
    return found == addresses_.end() ? std::string() : found->second;
}

bool Drawing::enough(const RoleId& role) const {
    const RoleCount* count = mode.count(role);
    return count != nullptr &&
           topology.hostsOf(role).size() >= static_cast<size_t>(std::max(count->minimum, 1));
}

std::vector<HostId> Drawing::tornMembers(const RoleId& role) const {
    const RoleCount* count = mode.count(role);
    const auto& sites = sitesOf(role);
    std::vector<HostId> torn;
    if (sites.size() < 2 || count == nullptr)
        return torn;
    for (const auto& [datacenter, hosts] : sites)
        if (hosts.size() < static_cast<size_t>(count->minimum))
            torn.insert(torn.end(), hosts.begin(), hosts.end());
    return torn;
}

std::string namesOf(const std::vector<HostId>& hosts) {
    std::string names;
    for (const HostId& host : hosts)
        names += (names.empty() ? "" : ", ") + host.str();
    return names;
}

std::vector<Finding> checkTopology(const Catalog& catalog, const Mode& mode,
                                   const Inventory& inventory, const Topology& topology) {
    const Drawing drawing(mode, inventory, topology);
    std::vector<Finding> findings = checkCounts(drawing);
    for (auto& more :
         {checkConstraints(catalog, drawing), checkDatacenters(drawing), checkSurvival(drawing)})
        findings.insert(findings.end(), more.begin(), more.end());
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
    return findings;
}

bool allows(const std::vector<Finding>& findings) {
    return std::none_of(findings.begin(), findings.end(),
                        [](const Finding& finding) { return finding.severity == Severity::Error; });
}

}  // namespace deploy
