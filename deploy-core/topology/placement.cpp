#include "topology/placement.h"

#include <algorithm>

namespace deploy {

namespace {

std::optional<Refusal> refuse(const std::string& reason, const RoleId& role, const HostId& host,
                              Args more = {}) {
    more["role"] = role.str();
    more["server"] = host.str();
    return Refusal{reason, std::move(more)};
}

}  // namespace

Placement::Placement(const Catalog& catalog, const Mode& mode, const Inventory& inventory,
                     const Topology& topology)
    : catalog_(catalog), mode_(mode), topology_(topology) {
    for (const Role& role : catalog.roles)
        bits_.emplace(role.id, Mask{1} << bits_.size());
    for (const Host& host : inventory.hosts) {
        seats_[host.name].datacenter = host.datacenter;
        ++serversAt_[host.datacenter];
    }
    for (const auto& [role, hosts] : topology.roles()) {
        members_[role] = hosts.size();
        for (const HostId& host : hosts) {
            const auto seat = seats_.find(host);
            if (seat == seats_.end())
                continue;
            used_ += seat->second.roles == 0 ? 1 : 0;
            seat->second.roles |= bit(role);
            ++membersAt_[{role, seat->second.datacenter}];
        }
    }
    for (const Constraint& constraint : catalog.constraints) {
        const bool here = std::find(constraint.modes.begin(), constraint.modes.end(), mode.id) !=
                          constraint.modes.end();
        if (!here || constraint.grade != Constraint::Grade::Error)
            continue;
        Rule rule{constraint.kind, 0, 0};
        for (const RoleId& role : constraint.roles)
            rule.roles |= bit(role);
        for (const RoleId& role : constraint.others)
            rule.others |= bit(role);
        rules_.push_back(rule);
    }
}

Placement::Mask Placement::bit(const RoleId& role) const {
    const auto found = bits_.find(role);
    return found == bits_.end() ? 0 : found->second;
}

const RoleId& Placement::first(Mask roles) const {
    for (const Role& role : catalog_.roles)
        if ((bit(role.id) & roles) != 0)
            return role.id;
    return catalog_.roles.front().id;
}

std::vector<RoleId> Placement::companionsOf(const RoleId& role) const {
    std::vector<RoleId> companions;
    for (const Role& other : catalog_.roles) {
        const bool bound = std::any_of(rules_.begin(), rules_.end(), [&](const Rule& rule) {
            return rule.kind == Constraint::Kind::OnlyWith && (rule.roles & bit(other.id)) != 0 &&
                   rule.others == bit(role);
        });
        if (bound && !other.visible && mode_.count(other.id) != nullptr)
            companions.push_back(other.id);
    }
    return companions;
}

std::vector<RoleId> Placement::carriedRoles() const {
    Mask bound = 0;
    for (const RoleCount& count : mode_.roles)
        for (const RoleId& companion : companionsOf(count.role))
            bound |= bit(companion);
    std::vector<RoleId> roles;
    for (const Role& role : catalog_.roles)
        if (mode_.count(role.id) != nullptr && (bit(role.id) & bound) == 0)
            roles.push_back(role.id);
    return roles;
}

bool Placement::full(const RoleCount& count, const std::string& datacenter, size_t more) const {
    if (count.maximum == 0)
        return false;
    size_t sites = membersAt_.contains({count.role, datacenter}) ? 0 : 1;
    for (auto at = membersAt_.lower_bound({count.role, {}});
         at != membersAt_.end() && at->first.first == count.role; ++at)
        ++sites;
    const auto placed = members_.find(count.role);
    return (placed == members_.end() ? 0 : placed->second) + more >
           static_cast<size_t>(count.maximum) * sites;
}

std::optional<Refusal> Placement::refusalByPlace(const Chip& chip, const HostId& host) const {
    const Seat& seat = seats_.at(host);
    const RoleCount* count = mode_.count(chip.role);
    for (const Rule& rule : rules_) {
        if (rule.kind != Constraint::Kind::SameDatacenter || (rule.roles & bit(chip.role)) == 0 ||
            serversAt_.at(seat.datacenter) >= static_cast<size_t>(count->minimum))
            continue;
        const auto here = membersAt_.find({chip.role, seat.datacenter});
        const auto all = members_.find(chip.role);
        const size_t others = (all == members_.end() ? 0 : all->second) -
                              (here == membersAt_.end() ? 0 : here->second);
        if (others > (chip.from.empty() ? 0U : 1U))
            return refuse("other_datacenter", chip.role, host);
    }
    return {};
}

std::optional<Refusal> Placement::refusalOf(const Chip& chip, const HostId& host,
                                            Carry carry) const {
    const Seat& seat = seats_.at(host);
    const RoleCount* count = mode_.count(chip.role);
    if (count == nullptr)
        return refuse("not_in_mode", chip.role, host);
    if ((seat.roles & bit(chip.role)) != 0)
        return refuse("already", chip.role, host);
    const bool more = carry == Carry::Copy || chip.from.empty();
    if (more && full(*count, seat.datacenter, 1))
        return refuse("full", chip.role, host, {{"limit", std::to_string(count->maximum)}});
    if (mode_.serversMaximum > 0 && seat.roles == 0 &&
        used_ >= static_cast<size_t>(mode_.serversMaximum))
        return refuse("one_server", chip.role, host);
    return refusalByPlace(chip, host);
}

std::optional<Refusal> Placement::refusalByRules(Mask carried, Mask together,
                                                 const HostId& host) const {
    for (const Rule& rule : rules_) {
        if (rule.kind == Constraint::Kind::OnlyWith && (carried & rule.roles) != 0 &&
            (together & rule.others) == 0)
            return refuse("only_with", first(carried & rule.roles), host,
                          {{"other", first(rule.others).str()}});
        if (rule.kind != Constraint::Kind::Apart || (together & rule.roles) == 0 ||
            (together & rule.others) == 0 || (carried & (rule.roles | rule.others)) == 0)
            continue;
        const bool mine = (carried & rule.roles) != 0;
        return refuse("apart", first(carried & (mine ? rule.roles : rule.others)), host,
                      {{"other", first(together & (mine ? rule.others : rule.roles)).str()}});
    }
    return {};
}

std::optional<Refusal> Placement::refusal(const std::vector<Chip>& chips, const HostId& host,
                                          Carry carry) const {
    if (chips.empty())
        return {};
    if (!seats_.contains(host))
        return refuse("no_server", chips.front().role, host);
    Mask carried = 0;
    for (const Chip& chip : chips) {
        if ((carried & bit(chip.role)) != 0)
            return refuse("already", chip.role, host);
        if (auto found = refusalOf(chip, host, carry))
            return found;
        carried |= bit(chip.role);
    }
    return refusalByRules(carried, carried | seats_.at(host).roles, host);
}

std::optional<Refusal> Placement::refusalToReplace(const HostId& newcomer,
                                                   const HostId& old) const {
    const auto taken = seats_.find(newcomer);
    if (taken == seats_.end() || taken->second.roles != 0)
        return Refusal{"has_roles", {{"server", newcomer.str()}}};
    const auto seat = seats_.find(old);
    if (seat != seats_.end() && seat->second.datacenter != taken->second.datacenter)
        for (const RoleId& role : topology_.rolesOf(old))
            if (auto found = refusalByPlace({role, old}, newcomer))
                return found;
    return {};
}

bool Placement::fits(const RoleId& companion, const HostId& host) const {
    const Seat& seat = seats_.at(host);
    return (seat.roles & bit(companion)) == 0 && !full(*mode_.count(companion), seat.datacenter, 1);
}

Topology Placement::drop(const std::vector<Chip>& chips, const HostId& host, Carry carry) const {
    Topology changed = topology_;
    for (const Chip& chip : chips) {
        std::vector<RoleId> roles = companionsOf(chip.role);
        const bool moves = carry == Carry::Move && !chip.from.empty();
        std::erase_if(roles, [&](const RoleId& companion) {
            return moves ? !topology_.has(companion, chip.from) : !fits(companion, host);
        });
        roles.push_back(chip.role);
        for (const RoleId& role : roles)
            changed = moves ? changed.moved(role, chip.from, host) : changed.assign(role, host);
    }
    return changed;
}

Topology Placement::remove(const std::vector<Chip>& chips) const {
    Topology changed = topology_;
    for (const Chip& chip : chips) {
        changed = changed.unassign(chip.role, chip.from);
        for (const RoleId& companion : companionsOf(chip.role))
            changed = changed.unassign(companion, chip.from);
    }
    return changed;
}

Topology Placement::replace(const HostId& newcomer, const HostId& old) const {
    return topology_.renamed(old, newcomer);
}

}  // namespace deploy
