#include "plan/planner_parts.h"
#include "plan/planner_secrets.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

using std::chrono::seconds;

constexpr size_t kLeastMembers = 3;

std::vector<std::string> lacking(const PlanInput& input) {
    std::vector<std::string> found = lackingImage(input, roles::kDatabase);
    const size_t members = input.topology.hostsOf(roles::kDatabase).size();
    if (members > 0 && members < kLeastMembers)
        found.push_back("roles: " + roles::kDatabase.str() + ": " + std::to_string(kLeastMembers));
    return found;
}

std::string balancerAddresses(const PlanInput& input) {
    std::string lines;
    for (const HostId& host : input.topology.hostsOf(roles::kLoadBalancer))
        lines += (lines.empty() ? "" : "\n") + addressOf(input, host);
    return lines;
}

/// One member after the other: the first founds the cluster, each further one joins what runs.
Result<void> add(ClusterPlan& plan) {
    const PlanInput& input = plan.input;
    const std::vector<HostId> members = input.topology.hostsOf(roles::kDatabase);
    std::vector<StepId> before;
    for (const HostId& member : members) {
        ServerSteps steps = plan.on(member);
        const ServerBase& base = plan.bases.at(member);
        const BundleImage& image = *imageOf(input, roles::kDatabase);
        std::vector<StepId> needs = base.containers();
        needs.push_back(base.secrets);
        needs.insert(needs.end(), before.begin(), before.end());
        const ScriptCall call = steps.call(
            "database/member", {{"IMAGE", image.reference},
                                {"IMAGE_ID", image.id},
                                {"MEMBER", member.str()},
                                {"MEMBER_ADDRESS", addressOf(input, member)},
                                {"MEMBERS", addressLines(input, roles::kDatabase)},
                                {"FOUNDS", member == members.front() ? "yes" : "no"},
                                {"BALANCERS", balancerAddresses(input)},
                                {"DATA_DIR", input.settings.dataDirectory + "/app/database"},
                                {"FOLDER", input.settings.installDirectory + "/database"},
                                {"SECRETS_DIR", secretsFolder(input.settings)}});
        before = {steps.run("database.member", Stage::Database, call, std::move(needs),
                            {seconds(30), seconds(180), seconds(1200)})};
        plan.working[roles::kDatabase].push_back(before.front());
        steps.wait("database.verify", Stage::Verify, call, before,
                   {seconds(2), seconds(60), seconds(180)});
    }
    return {};
}

}  // namespace

const ClusterPart kDatabasePart{lacking, add};

}  // namespace deploy
