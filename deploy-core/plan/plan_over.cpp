#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "plan/leaving.h"
#include "plan/take_back.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

const ScriptCall* madeBy(const Step& step) {
    const auto* run = std::get_if<RunScript>(&step.action);
    return run && run->action == RunScript::Action::Apply ? &run->call : nullptr;
}

std::string valueOf(const ScriptCall& call, const std::string& name) {
    const auto found = call.values.find(name);
    return found == call.values.end() ? std::string() : found->second;
}

/// Whether both write the same book of the undo ledger: the same thing under another step's name.
bool isSameThing(const ScriptCall& a, const ScriptCall& b) {
    return a.script == b.script && valueOf(a, "IMAGE_ID") == valueOf(b, "IMAGE_ID") &&
           valueOf(a, "SENT") == valueOf(b, "SENT");
}

bool isMadeAnyway(const Plan& next, const Step& step) {
    return std::any_of(next.steps.begin(), next.steps.end(), [&](const Step& other) {
        const ScriptCall* call = madeBy(other);
        return other.id == step.id ||
               (call && other.host == step.host && isSameThing(*call, *madeBy(step)));
    });
}

/// A role whose servers hand its data on to each other, and how its part on a server is known.
struct Handing {
    const RoleId& role;
    const char* script;
    const char* kind;  ///< the script's value KIND; "": any
    enum class Least { MoreThanHalf, Half } stay;
};

std::set<HostId> serversOf(const Plan& plan, const Handing& handing) {
    std::set<HostId> hosts;
    for (const Step& step : plan.steps)
        if (const ScriptCall* call = madeBy(step);
            call && call->script == handing.script &&
            (*handing.kind == '\0' || valueOf(*call, "KIND") == handing.kind))
            hosts.insert(step.host);
    return hosts;
}

/// A pair's data and that of members that vote are kept in different ways.
Result<void> checkKindOfDatabase(const Plan& next, const Plan& present) {
    const auto count = [](const Plan& plan, const char* script) {
        return serversOf(plan, {roles::kDatabase, script, "", Handing::Least::Half}).size();
    };
    for (const auto& [before, after, why] :
         {std::tuple{"database/pair", "database/member", "pair"},
          std::tuple{"database/member", "database/pair", "members"}})
        if (const size_t servers = count(present, before); servers > 0 && count(next, after) > 0)
            return fail(ErrorCode::PlanTooManyLeave, {}, {},
                        {{"why", why}, {"count", std::to_string(servers)}});
    return {};
}

/// What joins copies from those that stay; a new server that knows none of them would begin anew,
/// empty.
Result<void> checkLeaving(const Plan& next, const Plan& present) {
    static const std::array kHanding = {
        Handing{roles::kDatabase, "database/member", "", Handing::Least::MoreThanHalf},
        Handing{roles::kDatabase, "database/pair", "", Handing::Least::Half},
        Handing{roles::kCache, "cache/node", "", Handing::Least::Half},
        Handing{roles::kKubernetesServer, "kubernetes/node", "server",
                Handing::Least::MoreThanHalf},
        Handing{roles::kDatabase, "app/start", "", Handing::Least::MoreThanHalf}};
    for (const Handing& handing : kHanding) {
        const std::set<HostId> before = serversOf(present, handing);
        const std::set<HostId> after = serversOf(next, handing);
        std::string leave;
        size_t stay = 0;
        for (const HostId& host : before) {
            stay += after.contains(host) ? 1U : 0U;
            if (!after.contains(host))
                leave += (leave.empty() ? "" : ", ") + host.str();
        }
        const bool majority = handing.stay == Handing::Least::MoreThanHalf;
        if (leave.empty() || 2 * stay > before.size() || (!majority && 2 * stay == before.size()))
            continue;
        return fail(ErrorCode::PlanTooManyLeave, {}, {},
                    {{"why", "moved"},
                     {"role", handing.role.str()},
                     {"servers", leave},
                     {"count", std::to_string(before.size())}});
    }
    return {};
}

/// What serves the whole cluster is only let go where another server takes care of it from now on.
void handOver(Step& back, const Plan& next) {
    ScriptCall& call = std::get<RunScript>(back.action).call;
    if (call.script != "business/app" && call.script != "kubernetes/name_server")
        return;
    for (const Step& step : next.steps)
        if (const ScriptCall* other = madeBy(step); other && other->script == call.script)
            call.values["MOVED_TO"] = step.host.str();
}

/// Those on which no other one builds.
std::vector<StepId> lastOf(const std::vector<Step>& steps) {
    std::set<StepId> needed;
    for (const Step& step : steps)
        needed.insert(step.needs.begin(), step.needs.end());
    std::vector<StepId> last;
    for (const Step& step : steps)
        if (!needed.contains(step.id))
            last.push_back(step.id);
    return last;
}

/// An agent that becomes a server joins, as one does that was nothing.
bool isSameNode(const Step* before, const Step& node) {
    return before != nullptr && valueOf(*madeBy(*before), "KIND") == valueOf(*madeBy(node), "KIND");
}

/// `forget` comes before what it makes room for: a node that is not in `present` yet.
Plan forgettingFirst(std::vector<Step> forget, const Plan& next, const Plan& present) {
    Plan plan{next.projectId, next.mode, next.bundleDigest, std::move(forget)};
    const std::vector<StepId> forgotten = lastOf(plan.steps);
    for (const Step& step : next.steps) {
        plan.steps.push_back(step);
        const ScriptCall* call = madeBy(step);
        if (call && call->script == "kubernetes/node" && !isSameNode(present.find(step.id), step))
            plan.steps.back().needs.insert(plan.steps.back().needs.end(), forgotten.begin(),
                                           forgotten.end());
    }
    return plan;
}

/// One after the other where each leaving changes who has a vote.
void lineUp(std::vector<Step>& steps) {
    for (const std::string script : {"database/member", "database/pair", "kubernetes/node"}) {
        StepId before;
        for (Step& step : steps) {
            if (std::get<RunScript>(step.action).call.script != script)
                continue;
            if (!before.empty() &&
                std::find(step.needs.begin(), step.needs.end(), before) == step.needs.end())
                step.needs.push_back(before);
            before = step.id;
        }
    }
}

}  // namespace

Result<void> checkModeStays(const Plan& present, const ModeId& mode, const Inventory& inventory) {
    const bool installed =
        std::any_of(present.steps.begin(), present.steps.end(), [&](const Step& step) {
            return leavesSomething(step, Keep::Data) && inventory.find(step.host) != nullptr;
        });
    if (!installed || present.mode == mode)
        return {};
    return fail(ErrorCode::PlanOtherMode, {}, {},
                {{"installed", present.mode.str()}, {"mode", mode.str()}});
}

Result<Plan> planOver(const Plan& next, const Plan& present, const RoleScripts& scripts,
                      const Inventory& inventory) {
    const auto known = ofNow(present, inventory, scripts);
    if (!known)
        return tl::unexpected(known.error());
    const auto leaving =
        checkKindOfDatabase(next, *known).and_then([&] { return checkLeaving(next, *known); });
    if (!leaving)
        return tl::unexpected(leaving.error());
    std::vector<Step> back = stepsBack(*known, [&](const Step& step) {
        return leavesSomething(step, Keep::Data) && !isMadeAnyway(next, step);
    });
    const auto forget = forgetting(present, next, inventory, scripts);
    if (!forget)
        return tl::unexpected(forget.error());
    Plan plan = forgettingFirst(*forget, next, *known);
    if (back.empty())
        return plan;
    const std::vector<Step> wished = std::exchange(plan.steps, {});
    std::vector<Step> asks;
    for (const Step& step : wished)
        (std::holds_alternative<WaitReady>(step.action) ? asks : plan.steps).push_back(step);
    const std::vector<StepId> allElse = lastOf(plan.steps);
    lineUp(back);
    if (auto whole = withLeaving(std::move(back), next.steps, scripts); whole)
        back = *std::move(whole);
    else
        return tl::unexpected(whole.error());
    for (Step& step : back) {
        handOver(step, next);
        if (step.needs.empty())
            step.needs = allElse;
        plan.steps.push_back(step);
    }
    const std::vector<StepId> allBack = lastOf(back);
    for (Step& step : asks) {
        step.needs.insert(step.needs.end(), allBack.begin(), allBack.end());
        plan.steps.push_back(std::move(step));
    }
    return plan;
}

}  // namespace deploy
