#include "plan/planner.h"

#include <algorithm>
#include <set>

#include "plan/planner_cluster.h"
#include "plan/planner_single.h"

namespace deploy {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

tl::unexpected<Error> impossible(const std::string& where, const std::string& needed,
                                 const std::string& given) {
    return fail(ErrorCode::PlanImpossible, where, {}, {{"needed", needed}, {"given", given}});
}

Result<void> checkMode(const PlanInput& input) {
    const std::string mode = input.mode.id.str();
    std::vector<std::string> given;
    for (const ModeId& offered : input.bundle.modes)
        given.push_back("mode " + offered.str());
    if (std::find(input.bundle.modes.begin(), input.bundle.modes.end(), input.mode.id) ==
        input.bundle.modes.end())
        return impossible(mode, "mode " + mode, joined(given));
    return {};
}

/// The one server of the mode.
Result<const Host*> serverOf(const PlanInput& input) {
    const std::vector<HostId> placed = input.topology.hosts();
    if (placed.size() != 1)
        return impossible(input.mode.id.str(), "servers: 1",
                          "servers: " + std::to_string(placed.size()));
    const Host* host = input.inventory.find(placed.front());
    if (!host)
        return impossible(placed.front().str(), "inventory: " + placed.front().str(), "");
    if (!input.facts.contains(host->name))
        return impossible(host->name.str(), "probe " + host->name.str(), "");
    return host;
}

Result<std::vector<Step>> singleSteps(const PlanInput& input) {
    if (const auto lacking = lackingForSingle(input); !lacking.empty())
        return impossible(input.mode.id.str(), joined(lacking), "");
    const auto host = serverOf(input);
    if (!host)
        return tl::unexpected(host.error());
    return singleServerSteps(input, **host);
}

}  // namespace

Result<Plan> makePlan(const PlanInput& input) {
    if (auto settings = validateSettings(input.settings); !settings)
        return tl::unexpected(settings.error());
    if (auto mode = checkMode(input); !mode)
        return tl::unexpected(mode.error());
    auto steps = input.mode.kubernetes ? clusterSteps(input) : singleSteps(input);
    if (!steps)
        return tl::unexpected(steps.error());
    return Plan{input.projectId, input.mode.id, input.bundleDigest, *std::move(steps)};
}

std::vector<std::string> secretNames(const Plan& plan) {
    std::set<std::string> names;
    for (const Step& step : plan.steps) {
        const ScriptCall* call = nullptr;
        if (const auto* run = std::get_if<RunScript>(&step.action))
            call = &run->call;
        else if (const auto* wait = std::get_if<WaitReady>(&step.action))
            call = &wait->call;
        else if (const auto& unless = std::get<PutFile>(step.action).unless)
            call = &*unless;
        if (call)
            for (const auto& [variable, name] : call->secrets)
                names.insert(name);
    }
    return {names.begin(), names.end()};
}

}  // namespace deploy
