#include <algorithm>

#include "topology/rules_parts.h"

namespace deploy {

namespace {

using Kind = Constraint::Kind;

Finding findingOf(const Constraint& constraint, std::vector<HostId> hosts,
                  std::vector<RoleId> roles) {
    const auto severity =
        constraint.grade == Constraint::Grade::Error ? Severity::Error : Severity::Warning;
    Args args{{"servers", namesOf(hosts)}, {"role", roles.front().str()}};
    if (roles.size() > 1)
        args["other"] = roles[1].str();
    return {constraint.id, severity, std::move(hosts), std::move(roles), std::move(args)};
}

/// Rows of the list with one address are one server: a topology cannot hold a role twice on a row.
void onePerServer(const Constraint& constraint, const Drawing& drawing,
                  std::vector<Finding>& findings) {
    for (const RoleId& role : constraint.roles) {
        std::map<std::string, std::vector<HostId>> byAddress;
        for (const HostId& name : drawing.topology.hostsOf(role))
            if (const std::string address = drawing.addressOf(name); !address.empty())
                byAddress[address].push_back(name);
        for (auto& [address, hosts] : byAddress)
            if (hosts.size() > 1)
                findings.push_back(findingOf(constraint, std::move(hosts), {role}));
    }
}

/// One finding for each pair of roles, with all the servers on which they meet.
void apart(const Constraint& constraint, const Drawing& drawing, std::vector<Finding>& findings) {
    for (const RoleId& role : constraint.roles)
        for (const RoleId& other : constraint.others) {
            std::vector<HostId> both;
            for (const HostId& host : drawing.topology.hostsOf(role))
                if (drawing.has(other, host))
                    both.push_back(host);
            if (!both.empty())
                findings.push_back(findingOf(constraint, std::move(both), {role, other}));
        }
}

void onlyWith(const Constraint& constraint, const Drawing& drawing,
              std::vector<Finding>& findings) {
    for (const RoleId& role : constraint.roles) {
        std::vector<HostId> alone;
        for (const HostId& host : drawing.topology.hostsOf(role))
            if (std::none_of(constraint.others.begin(), constraint.others.end(),
                             [&](const RoleId& other) { return drawing.has(other, host); }))
                alone.push_back(host);
        if (!alone.empty())
            findings.push_back(
                findingOf(constraint, std::move(alone), {role, constraint.others.front()}));
    }
}

/// Members of each datacenter vote among themselves.
void voters(const Constraint& constraint, const Drawing& drawing, std::vector<Finding>& findings) {
    for (const RoleId& role : constraint.roles) {
        if (!drawing.tornMembers(role).empty())
            continue;
        for (const auto& [datacenter, hosts] : drawing.sitesOf(role)) {
            const size_t count = hosts.size();
            const bool even =
                constraint.kind == Kind::OddCount && count % 2 == 0 && drawing.enough(role);
            // One alone is too few by its count; more than two keep a majority.
            const bool fragile = constraint.kind == Kind::MajoritySurvives && count == 2;
            if (even || fragile) {
                Finding finding = findingOf(constraint, hosts, {role});
                finding.args["placed"] = std::to_string(count);
                findings.push_back(std::move(finding));
            }
        }
    }
}

void sameDatacenter(const Constraint& constraint, const Drawing& drawing,
                    std::vector<Finding>& findings) {
    for (const RoleId& role : constraint.roles)
        if (auto torn = drawing.tornMembers(role); !torn.empty())
            findings.push_back(findingOf(constraint, std::move(torn), {role}));
}

}  // namespace

std::vector<Finding> checkConstraints(const Catalog& catalog, const Drawing& drawing) {
    std::vector<Finding> findings;
    for (const Constraint& constraint : catalog.constraints) {
        if (std::find(constraint.modes.begin(), constraint.modes.end(), drawing.mode.id) ==
            constraint.modes.end())
            continue;
        switch (constraint.kind) {
            case Kind::OnePerServer:
                onePerServer(constraint, drawing, findings);
                break;
            case Kind::Apart:
                apart(constraint, drawing, findings);
                break;
            case Kind::OddCount:
            case Kind::MajoritySurvives:
                voters(constraint, drawing, findings);
                break;
            case Kind::SameDatacenter:
                sameDatacenter(constraint, drawing, findings);
                break;
            case Kind::OnlyWith:
                onlyWith(constraint, drawing, findings);
                break;
        }
    }
    return findings;
}

}  // namespace deploy
