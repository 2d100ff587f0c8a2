#include "plan/leaving.h"

#include <algorithm>
#include <set>

namespace deploy {

namespace {

using std::chrono::seconds;

const ScriptCall* callOf(const Step& step) {
    const auto* run = std::get_if<RunScript>(&step.action);
    return run == nullptr ? nullptr : &run->call;
}

bool isOf(const Step& step, const std::string& script) {
    const ScriptCall* call = callOf(step);
    return call != nullptr && call->script == script;
}

/// The node of a server of the cluster that stays; null: none does.
const Step* deskIn(const std::vector<Step>& stays, const std::set<HostId>& leaving) {
    for (const Step& step : stays)
        if (isOf(step, "kubernetes/node") && callOf(step)->values.at("KIND") == "server" &&
            !leaving.contains(step.host))
            return &step;
    return nullptr;
}

struct Times {
    seconds estimate;
    seconds slow;
    seconds most;
};

constexpr Times kDrain{seconds(20), seconds(150), seconds(600)};
constexpr Times kDelete{seconds(3), seconds(60), seconds(300)};

Step aboutNode(const Step& desk, const Step& node, const std::string& how,
               const std::string& digest, Times times) {
    const std::string title = how == "drain" ? "kubernetes.drain" : "kubernetes.leave";
    Step step;
    step.id = StepId(desk.host.str() + "/" + title + "." + node.host.str());
    step.host = desk.host;
    step.stage = Stage::Kubernetes;
    step.title = "remove." + title;
    step.args = {{"server", node.host.str()}};
    step.action = RunScript{{kLeaveScript,
                             digest,
                             {{"HOW", how},
                              {"KUBECTL", callOf(desk)->values.at("KUBECTL")},
                              {"NODE", callOf(node)->values.at("NODE")}},
                             {}},
                            RunScript::Action::Remove};
    step.estimate = times.estimate;
    step.softDeadline = times.slow;
    step.hardDeadline = times.most;
    return step;
}

}  // namespace

Result<std::vector<Step>> withLeaving(std::vector<Step> back, const std::vector<Step>& stays,
                                      const RoleScripts& scripts) {
    std::map<HostId, Step> nodes;
    std::set<HostId> leaving;
    for (const Step& step : back)
        if (isOf(step, "kubernetes/node")) {
            nodes.emplace(step.host, step);
            leaving.insert(step.host);
        }
    const Step* desk = deskIn(stays, leaving);
    if (nodes.empty() || desk == nullptr)
        return back;
    const auto digest = scripts.digest(kLeaveScript);
    if (!digest)
        return tl::unexpected(digest.error());
    std::vector<Step> steps;
    std::set<HostId> drained;
    StepId before;  // what the cluster did about the node that left last
    for (Step& step : back) {
        const auto node = nodes.find(step.host);
        const bool onPods = node != nodes.end() &&
                            (isOf(step, "kubernetes/node") || isOf(step, "kubernetes/image"));
        if (!onPods) {
            steps.push_back(std::move(step));
            continue;
        }
        Step drain = aboutNode(*desk, node->second, "drain", *digest, kDrain);
        step.needs.push_back(drain.id);
        if (drained.insert(step.host).second) {
            if (!before.empty())
                drain.needs.push_back(before);
            steps.push_back(std::move(drain));
        }
        steps.push_back(std::move(step));
        if (!isOf(steps.back(), "kubernetes/node"))
            continue;
        Step leave = aboutNode(*desk, node->second, "delete", *digest, kDelete);
        leave.needs = {steps.back().id};
        before = leave.id;
        steps.push_back(std::move(leave));
    }
    return steps;
}

Result<std::vector<Step>> forgetting(const Plan& present, const Plan& next,
                                     const Inventory& inventory, const RoleScripts& scripts) {
    std::vector<Step> gone;
    std::vector<Step> stay;
    std::set<std::string> names;
    for (const Step& step : next.steps)
        if (isOf(step, "kubernetes/node"))
            names.insert(callOf(step)->values.at("NODE"));
    for (const Step& step : present.steps) {
        if (!isOf(step, "kubernetes/node"))
            continue;
        const Step* kept = next.find(step.id);
        if (kept && callOf(*kept)->values.at("KIND") == callOf(step)->values.at("KIND"))
            stay.push_back(step);
        if (!kept && inventory.find(step.host) == nullptr &&
            !names.contains(callOf(step)->values.at("NODE")))
            gone.push_back(step);
    }
    const Step* desk = deskIn(stay, {});
    if (gone.empty() || desk == nullptr)
        return std::vector<Step>();
    const auto digest = scripts.digest(kLeaveScript);
    if (!digest)
        return tl::unexpected(digest.error());
    std::vector<Step> steps;
    steps.reserve(gone.size());
    for (const Step& node : gone)
        steps.push_back(aboutNode(*desk, node, "delete", *digest, kDelete));
    return steps;
}

bool forgets(const Step& step, const Step& node) {
    return isOf(step, kLeaveScript) && callOf(step)->values.at("HOW") == "delete" &&
           isOf(node, "kubernetes/node") &&
           callOf(step)->values.at("NODE") == callOf(node)->values.at("NODE");
}

}  // namespace deploy
