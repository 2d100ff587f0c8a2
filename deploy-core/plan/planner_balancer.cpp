#include "plan/planner_cluster.h"
#include "plan/planner_parts.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

using std::chrono::seconds;

constexpr int kHighestPriority = 150;
constexpr int kPriorityStep = 50;

std::vector<std::string> lacking(const PlanInput& input) {
    std::vector<std::string> found = lackingImage(input, roles::kLoadBalancer);
    if (isPlaced(input, roles::kLoadBalancer) && input.settings.virtualAddress.empty())
        found.emplace_back("settings: virtual_address");
    return found;
}

/// The addresses of the role's other servers.
std::string peersOf(const PlanInput& input, const HostId& host) {
    std::string lines;
    for (const HostId& other : input.topology.hostsOf(roles::kLoadBalancer))
        if (other != host)
            lines += (lines.empty() ? "" : "\n") + addressOf(input, other);
    return lines;
}

Result<void> add(ClusterPlan& plan) {
    const PlanInput& input = plan.input;
    int priority = kHighestPriority;
    const RoleId& entry = isPlaced(input, roles::kGateway) ? roles::kGateway : roles::kBusiness;
    for (const HostId& host : input.topology.hostsOf(roles::kLoadBalancer)) {
        ServerSteps steps = plan.on(host);
        const BundleImage& image = *imageOf(input, roles::kLoadBalancer);
        std::vector<StepId> needs = plan.bases.at(host).containers();
        const ScriptCall call = steps.call(
            "balancer/pair", {{"IMAGE", image.reference},
                              {"IMAGE_ID", image.id},
                              {"MEMBER", host.str()},
                              {"MEMBER_ADDRESS", addressOf(input, host)},
                              {"PEERS", peersOf(input, host)},
                              {"VIRTUAL_ADDRESS", input.settings.virtualAddress},
                              {"VRRP_ID", std::to_string(input.settings.vrrpId)},
                              {"PRIORITY", std::to_string(priority)},
                              {"WORKERS", addressLines(input, entry)},
                              {"NODE_PORT", kNodePort},
                              {"DATABASE", databaseLines(input)},
                              {"WRITER_PORT", std::to_string(kWriterPort)},
                              {"FOLDER", input.settings.installDirectory + "/balancer"}});
        priority -= kPriorityStep;
        const StepId made = steps.run("balancer.pair", Stage::LoadBalancer, call, std::move(needs),
                                      {seconds(10), seconds(120), seconds(600)});
        plan.working[roles::kLoadBalancer].push_back(made);
        // What stands behind it must work before it can say so.
        std::vector<StepId> behind = plan.whenWorking(roles::kDatabase);
        behind.push_back(made);
        steps.wait("balancer.verify", Stage::Verify, call, std::move(behind),
                   {seconds(2), seconds(60), seconds(180)});
    }
    return {};
}

}  // namespace

const ClusterPart kLoadBalancerPart{lacking, add};

}  // namespace deploy
