#include "topology/advisor.h"

#include <algorithm>

#include "topology/failure_matrix.h"
#include "topology/generic.h"
#include "topology/role_ids.h"
#include "topology/suggest.h"

namespace deploy {

namespace {

int perServer(const Mode& mode) {
    return mode.tpsMinimum / std::max(mode.servers, 1);
}

/// All kinds of servers: those that do more than carry business, and one that does only that.
std::set<HostId> kinds(const Inventory& inventory, const Topology& topology) {
    std::set<HostId> hosts = {inventory.hosts.front().name};
    for (const auto& [role, members] : topology.roles())
        if (role != roles::kBusiness && role != roles::kKubernetesAgent)
            hosts.insert(members.begin(), members.end());
    return hosts;
}

/// What the failure simulation says of a drawing as the product suggests it.
void addSurvival(const Catalog& catalog, const Mode& mode, ModeOption& option) {
    const Inventory inventory =
        genericServers(option.servers / option.datacenters, option.opsServers, option.datacenters);
    const auto topology = suggestTopology(catalog, mode, inventory);
    if (!topology)
        return;
    const FailureOutcome whole = simulateFailure(mode, inventory, *topology, {});
    option.tpsAfterLoss = whole.tps;
    bool lost = false;
    for (const HostId& host : kinds(inventory, *topology)) {
        const auto outcome = simulateFailure(mode, inventory, *topology, {host});
        option.tpsAfterLoss = std::min(option.tpsAfterLoss, outcome.tps);
        lost = lost || outcome.platform == Health::Lost;
    }
    option.survives = lost                     ? Survive::Nothing
                      : option.datacenters > 1 ? Survive::Datacenter
                                               : Survive::Server;
}

/// Only a mode that keeps its base services apart can stand in several datacenters.
bool canSpread(const Mode& mode) {
    const RoleCount* ops = mode.count(roles::kOps);
    return mode.kubernetes && ops != nullptr && ops->minimum > 0;
}

ModeOption optionOf(const Catalog& catalog, const Mode& mode, const Wish& wish) {
    ModeOption option;
    option.mode = mode.id;
    const RoleCount* ops = mode.count(roles::kOps);
    option.opsServers = ops == nullptr ? 0 : ops->minimum;
    if (!mode.kubernetes) {
        option.servers = mode.servers;
        const bool small = wish.tps <= mode.tpsMinimum;
        option.each = small ? mode.minimum : mode.recommended;
        option.tps = small ? mode.tpsMinimum : mode.tpsRecommended;
    } else {
        const bool spread = wish.survive == Survive::Datacenter && canSpread(mode);
        option.datacenters = spread ? 2 : 1;
        // What is left of two datacenters must carry all of it.
        const int wanted = (wish.tps + perServer(mode) - 1) / perServer(mode);
        const int site = std::max(mode.servers, wanted);
        option.servers = site * option.datacenters;
        // As the suggestion does: with more servers than the seed's one is for operations.
        if (site > mode.servers)
            option.opsServers = mode.opsServers;
        option.each = mode.recommended;
        option.tps = perServer(mode) * option.servers;
    }
    addSurvival(catalog, mode, option);
    if (wish.tps > option.tps)
        option.unmet.emplace_back("tps");
    if (wish.survive > option.survives)
        option.unmet.emplace_back(wish.survive == Survive::Server ? "server" : "datacenter");
    if (wish.serversAtHand > 0 && option.total() > wish.serversAtHand)
        option.unmet.emplace_back("servers");
    return option;
}

bool meetsButServers(const ModeOption& option) {
    return std::all_of(option.unmet.begin(), option.unmet.end(),
                       [](const std::string& what) { return what == "servers"; });
}

/// The first mode that gives what is asked at the size that the seed itself knows; else the first
/// that meets all by growing; else the first that would with more servers.
const ModeOption& choose(const Catalog& catalog, const Advice& advice) {
    const auto first = [&](const auto& fits) -> const ModeOption* {
        const auto found = std::find_if(advice.options.begin(), advice.options.end(), fits);
        return found == advice.options.end() ? nullptr : &*found;
    };
    const auto isOwnSize = [&](const ModeOption& option) {
        return option.servers <= catalog.mode(option.mode)->servers * option.datacenters;
    };
    if (const auto* own = first(
            [&](const ModeOption& option) { return option.unmet.empty() && isOwnSize(option); }))
        return *own;
    // Beyond every seed size the last mode is the one that is made to grow.
    const auto last = std::find_if(advice.options.rbegin(), advice.options.rend(),
                                   [](const ModeOption& option) { return option.unmet.empty(); });
    if (last != advice.options.rend())
        return *last;
    if (const auto* own = first(
            [&](const ModeOption& option) { return meetsButServers(option) && isOwnSize(option); }))
        return *own;
    return advice.options.back();
}

void addReasons(const Catalog& catalog, const Wish& wish, const ModeOption& chosen,
                Advice& advice) {
    const auto add = [&](const char* code, Args args = {}) {
        advice.reasons.push_back({code, std::move(args)});
    };
    const Args tps = {{"tps", std::to_string(wish.tps)}};
    for (const ModeOption& option : advice.options) {
        if (option.mode == chosen.mode)
            break;
        const Mode& mode = *catalog.mode(option.mode);
        if (wish.survive > option.survives)
            add(wish.survive == Survive::Server ? "not_server" : "not_datacenter",
                {{"mode", option.mode.str()}});
        if (wish.tps > mode.tpsRecommended)
            add("above", {{"mode", option.mode.str()},
                          {"tps", std::to_string(wish.tps)},
                          {"limit", std::to_string(mode.tpsRecommended)}});
    }
    const Mode& mode = *catalog.mode(chosen.mode);
    const Args size = {{"mode", chosen.mode.str()},
                       {"servers", std::to_string(chosen.servers)},
                       {"ops", chosen.opsServers > 0 ? std::to_string(chosen.opsServers) : ""},
                       {"datacenters", std::to_string(chosen.datacenters)},
                       {"tps", std::to_string(chosen.tps)}};
    if (chosen.datacenters > 1)
        add("sites", size);
    else if (chosen.servers > mode.servers)
        add("grown", size);
    else
        add("suffices", size);
    if (const auto missing = std::find(chosen.unmet.begin(), chosen.unmet.end(), "servers");
        missing != chosen.unmet.end())
        add("short", {{"needed", std::to_string(chosen.total())},
                      {"given", std::to_string(wish.serversAtHand)}});
    if (wish.survive == Survive::Nothing && chosen.survives == Survive::Nothing)
        add("survives_nothing", {{"mode", chosen.mode.str()}});
}

}  // namespace

const ModeOption* Advice::option(const ModeId& mode) const {
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&](const ModeOption& one) { return one.mode == mode; });
    return found == options.end() ? nullptr : &*found;
}

Advice advise(const Catalog& catalog, const Wish& wish) {
    Advice advice;
    for (const Mode& mode : catalog.modes)
        advice.options.push_back(optionOf(catalog, mode, wish));
    const ModeOption chosen = choose(catalog, advice);
    advice.recommended = chosen.mode;
    addReasons(catalog, wish, chosen, advice);
    return advice;
}

}  // namespace deploy
