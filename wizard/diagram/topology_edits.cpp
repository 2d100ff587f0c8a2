#include "diagram/topology_edits.h"

#include <algorithm>

#include "diagram/drawing.h"
#include "text/convert.h"
#include "text/words.h"
#include "topology/order.h"
#include "topology/role_ids.h"
#include "topology/suggest.h"

namespace wizard {

using deploy::Carry;
using deploy::HostId;
using Kind = DropPlace::Kind;

namespace {

QString listed(const std::vector<HostId>& hosts) {
    QStringList names;
    for (const HostId& host : hosts)
        names << toQt(host);
    return names.size() > 3 ? TopologyEdits::tr("%1 servers").arg(names.size())
                            : wizard::listed(names);
}

}  // namespace

TopologyEdits::TopologyEdits(Draft& draft, Texts& texts, QObject* parent)
    : QObject(parent), draft_(draft), texts_(texts) {}

bool TopologyEdits::editable() const {
    return draft_.isOpen() && !draft_.readOnly() && draft_.mode() != nullptr;
}

const deploy::Placement& TopologyEdits::placement() const {
    if (placed_ != draft_.snapshot()) {
        placed_ = draft_.snapshot();
        placement_.emplace(draft_.product().catalog, *draft_.mode(), placed_->inventory,
                           placed_->topology);
    }
    return *placement_;
}

deploy::Inventory TopologyEdits::drawn() const {
    return deploy::inOrder(draft_.content().inventory, draft_.content().order);
}

std::vector<deploy::Chip> TopologyEdits::chipsOf(const HostId& host) const {
    std::vector<deploy::Chip> chips;
    for (const deploy::RoleId& role : placement().carriedRoles())
        if (draft_.content().topology.has(role, host))
            chips.push_back({role, host});
    return chips;
}

bool TopologyEdits::idle(const HostId& host) const {
    return draft_.content().topology.rolesOf(host).empty();
}

QString TopologyEdits::namesOf(const std::vector<deploy::Chip>& chips) const {
    QStringList names;
    for (const deploy::Chip& chip : chips)
        if (const QString name = roleName(texts_, chip.role); !names.contains(name))
            names << name;
    return listed(names);
}

TopologyEdits::Edit TopologyEdits::illegal(const deploy::Refusal& refusal) const {
    return {
        {Verdict::Kind::Illegal, texts_.text("placement." + refusal.reason, refusal.args)}, {}, {}};
}

TopologyEdits::Edit TopologyEdits::chipsTo(const std::vector<deploy::Chip>& chips,
                                           const HostId& host, Carry carry, Ask ask) const {
    const bool home = std::all_of(chips.begin(), chips.end(),
                                  [&](const deploy::Chip& chip) { return chip.from == host; });
    if (home)
        return {};
    // A role that stands there already is not carried to itself.
    std::vector<deploy::Chip> moving = chips;
    std::erase_if(moving, [&](const deploy::Chip& chip) { return chip.from == host; });
    if (const auto refusal = placement().refusal(moving, host, carry))
        return illegal(*refusal);
    Edit edit;
    const bool fresh = moving.front().from.empty();
    const QString words = fresh                  ? tr("Give %1 to %2")
                          : carry == Carry::Copy ? tr("Copy %1 to %2")
                                                 : tr("Move %1 to %2");
    edit.verdict = {Verdict::Kind::Legal, words.arg(namesOf(moving), toQt(host))};
    if (ask == Ask::Outcome)
        edit.topology = placement().drop(moving, host, carry);
    return edit;
}

TopologyEdits::Edit TopologyEdits::chipsAway(const std::vector<deploy::Chip>& chips,
                                             Ask ask) const {
    std::vector<HostId> hosts;
    for (const deploy::Chip& chip : chips)
        if (!chip.from.empty() && std::find(hosts.begin(), hosts.end(), chip.from) == hosts.end())
            hosts.push_back(chip.from);
    if (hosts.empty())
        return {};
    Edit edit;
    edit.verdict = {Verdict::Kind::Legal, tr("Take %1 off %2").arg(namesOf(chips), listed(hosts))};
    if (ask == Ask::Outcome)
        edit.topology = placement().remove(chips);
    return edit;
}

TopologyEdits::Edit TopologyEdits::serversGet(const std::vector<HostId>& servers,
                                              const std::vector<deploy::RoleId>& roles,
                                              Ask ask) const {
    Edit edit;
    std::vector<deploy::Chip> chips;
    chips.reserve(roles.size());
    for (const deploy::RoleId& role : roles)
        chips.push_back({role, {}});
    deploy::ProjectContent next = draft_.content();
    for (const HostId& host : servers) {
        const deploy::Placement now(draft_.product().catalog, *draft_.mode(), next.inventory,
                                    next.topology);
        if (const auto refusal = now.refusal(chips, host, Carry::Move))
            return illegal(*refusal);
        next.topology = now.drop(chips, host, Carry::Move);
    }
    edit.verdict = {Verdict::Kind::Legal, tr("Give %1 to %2").arg(namesOf(chips), listed(servers))};
    if (ask == Ask::Outcome)
        edit.topology = next.topology;
    return edit;
}

TopologyEdits::Edit TopologyEdits::reorder(const std::vector<HostId>& servers, const HostId& before,
                                           Ask ask) const {
    const deploy::Inventory now = drawn();
    const auto& catalog = draft_.product().catalog;
    const auto layout = deploy::layoutOf(catalog, *draft_.mode(), now, draft_.content().topology);
    const deploy::FrameBox* target = deploy::frameOf(layout, before);
    for (const HostId& host : servers) {
        const deploy::FrameBox* frame = deploy::frameOf(layout, host);
        if (host == before)
            return {};
        if (frame == nullptr || target == nullptr || frame->stand != target->stand ||
            now.find(host)->datacenter != now.find(before)->datacenter)
            return illegal({"other_row", {}});
    }
    Edit edit;
    edit.verdict = {Verdict::Kind::Legal,
                    tr("Place %1 before %2").arg(listed(servers), toQt(before))};
    if (ask == Ask::Outcome)
        edit.order = deploy::movedBefore(now, servers, before);
    return edit;
}

TopologyEdits::Edit TopologyEdits::serversTo(const std::vector<HostId>& servers,
                                             const DropPlace& place, Ask ask) const {
    const bool fresh =
        std::all_of(servers.begin(), servers.end(), [&](const HostId& host) { return idle(host); });
    switch (place.kind) {
        case Kind::Band:
            return serversGet(servers, {place.role}, ask);
        case Kind::Ops: {
            std::vector<deploy::RoleId> roles{deploy::roles::kOps};
            if (draft_.content().topology.hostsOf(deploy::roles::kRegistry).empty())
                roles.push_back(deploy::roles::kRegistry);
            return serversGet(servers, roles, ask);
        }
        case Kind::Server: {
            if (!fresh || (servers.size() == 1 && idle(place.host)))
                return reorder(servers, place.host, ask);
            if (servers.size() > 1)
                return illegal({"one_at_a_time", {}});
            if (const auto refusal = placement().refusalToReplace(servers.front(), place.host))
                return illegal(*refusal);
            Edit edit;
            edit.verdict = {
                Verdict::Kind::Legal,
                tr("%1 takes the place of %2").arg(toQt(servers.front()), toQt(place.host))};
            if (ask == Ask::Outcome)
                edit.topology = placement().replace(servers.front(), place.host);
            return edit;
        }
        case Kind::Tray:
        case Kind::Outside: {
            if (fresh)
                return {};
            Edit edit;
            edit.verdict = {Verdict::Kind::Legal, tr("Take all roles off %1").arg(listed(servers))};
            deploy::Topology topology = draft_.content().topology;
            if (ask == Ask::Outcome) {
                for (const HostId& host : servers)
                    topology = topology.withoutHost(host);
                edit.topology = topology;
            }
            return edit;
        }
    }
    return {};
}

TopologyEdits::Edit TopologyEdits::work(const Load& load, const DropPlace& place, Carry carry,
                                        Ask ask) const {
    if (!editable() || load.empty())
        return {};
    if (!load.servers.empty())
        return serversTo(load.servers, place, ask);
    switch (place.kind) {
        case Kind::Server:
            return chipsTo(load.chips, place.host, carry, ask);
        case Kind::Tray:
        case Kind::Outside:
            return chipsAway(load.chips, ask);
        case Kind::Ops:
            return illegal({"needs_server", {}});
        case Kind::Band:
            break;
    }
    return {};
}

Verdict TopologyEdits::judge(const Load& load, const DropPlace& place, Carry carry) const {
    return work(load, place, carry, Ask::Verdict).verdict;
}

std::set<HostId> TopologyEdits::targets(const Load& load, Carry carry) const {
    std::set<HostId> found;
    if (!editable() || load.chips.empty())
        return found;
    for (const deploy::Host& host : draft_.content().inventory.hosts)
        if (chipsTo(load.chips, host.name, carry, Ask::Verdict).verdict.kind ==
            Verdict::Kind::Legal)
            found.insert(host.name);
    return found;
}

bool TopologyEdits::drop(const Load& load, const DropPlace& place, Carry carry) {
    Edit edit = work(load, place, carry, Ask::Outcome);
    if (edit.verdict.kind != Verdict::Kind::Legal)
        return false;
    draft_.change(edit.verdict.text, [&](deploy::ProjectContent& content) {
        if (edit.topology)
            content.topology = std::move(*edit.topology);
        if (edit.order)
            content.order = std::move(*edit.order);
    });
    return true;
}

bool TopologyEdits::remove(const Load& load) {
    return drop(load, {}, Carry::Move);
}

deploy::Result<void> TopologyEdits::suggest(SuggestScope scope) {
    if (!editable())
        return {};
    const bool all = scope == SuggestScope::All;
    const auto placed =
        deploy::suggestTopology(draft_.product().catalog, *draft_.mode(), drawn(),
                                all ? deploy::Topology() : draft_.content().topology);
    if (!placed)
        return tl::unexpected(placed.error());
    draft_.change(all ? tr("Place all roles") : tr("Place what is missing"),
                  [&](deploy::ProjectContent& content) { content.topology = *placed; });
    return {};
}

}  // namespace wizard
