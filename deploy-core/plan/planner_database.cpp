#include <algorithm>

#include "plan/planner_parts.h"
#include "plan/planner_secrets.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

using std::chrono::seconds;

constexpr size_t kLeastMembers = 2;

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

/// One member after the other: the first begins, each further one takes over from what runs.
Result<void> add(ClusterPlan& plan) {
    const PlanInput& input = plan.input;
    const std::vector<HostId>& members = input.topology.hostsOf(roles::kDatabase);
    const std::string name = isDatabasePair(input.topology) ? "pair" : "member";
    std::vector<StepId> before;
    std::vector<ScriptCall> calls;
    for (const HostId& member : members) {
        ServerSteps steps = plan.on(member);
        const ServerBase& base = plan.bases.at(member);
        const BundleImage& image = *imageOf(input, roles::kDatabase);
        std::vector<StepId> needs = base.containers();
        needs.push_back(base.secrets);
        needs.insert(needs.end(), before.begin(), before.end());
        const ScriptCall call = steps.call(
            "database/" + name, {{"IMAGE", image.reference},
                                 {"IMAGE_ID", image.id},
                                 {"MEMBER", member.str()},
                                 {"MEMBER_ADDRESS", addressOf(input, member)},
                                 {"MEMBERS", databaseLines(input)},
                                 {"FOUNDS", member == members.front() ? "yes" : "no"},
                                 {"BALANCERS", balancerAddresses(input)},
                                 {"DATA_DIR", input.settings.dataDirectory + "/app/database"},
                                 {"FOLDER", input.settings.installDirectory + "/database"},
                                 {"SECRETS_DIR", secretsFolder(input.settings)}});
        before = {steps.run("database." + name, Stage::Database, call, std::move(needs),
                            {seconds(30), seconds(180), seconds(1200)})};
        plan.working[roles::kDatabase].push_back(before.front());
        calls.push_back(call);
    }
    // Each also says whether it is together with the others.
    for (size_t i = 0; i < members.size(); ++i)
        plan.on(members[i])
            .wait("database.verify", Stage::Verify, calls[i], plan.working[roles::kDatabase],
                  {seconds(2), seconds(60), seconds(180)});
    return {};
}

}  // namespace

bool isDatabasePair(const Topology& topology) {
    return topology.hostsOf(roles::kDatabase).size() == 2;
}

std::string databaseLines(const PlanInput& input) {
    if (!isDatabasePair(input.topology))
        return addressLines(input, roles::kDatabase);
    std::vector<HostId> hosts = input.topology.hostsOf(roles::kDatabase);
    std::sort(hosts.begin(), hosts.end());
    return hosts.front().str() + " " + addressOf(input, hosts.front()) + "\n" + hosts.back().str() +
           " " + addressOf(input, hosts.back());
}

const ClusterPart kDatabasePart{lacking, add};

}  // namespace deploy
