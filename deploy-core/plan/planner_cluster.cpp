#include "plan/planner_cluster.h"

#include <array>

#include "plan/planner_cache.h"
#include "plan/planner_parts.h"
#include "plan/planner_secrets.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

constexpr std::array kParts = {&kDatabasePart,   &kCachePart,    &kLoadBalancerPart,
                               &kKubernetesPart, &kBusinessPart, &kOpsPart};

tl::unexpected<Error> impossible(const std::string& where, const std::string& needed) {
    return fail(ErrorCode::PlanImpossible, where, {}, {{"needed", needed}, {"given", ""}});
}

/// Every placed server is in the inventory and was probed.
Result<void> checkServers(const PlanInput& input) {
    if (input.topology.hosts().empty())
        return impossible(input.mode.id.str(), "servers");
    for (const HostId& host : input.topology.hosts()) {
        if (!input.inventory.find(host))
            return impossible(host.str(), "inventory: " + host.str());
        if (!input.facts.contains(host))
            return impossible(host.str(), "probe " + host.str());
    }
    return {};
}

Result<void> checkBundle(const PlanInput& input) {
    std::vector<std::string> lacking = lackingForBase(input);
    for (const ClusterPart* part : kParts)
        for (std::string& each : part->lacking(input))
            lacking.push_back(std::move(each));
    if (lacking.empty())
        return {};
    std::string needed;
    for (const std::string& each : lacking)
        needed += (needed.empty() ? "" : ", ") + each;
    return impossible(input.mode.id.str(), needed);
}

/// The files of those secrets that the server's containers read.
void addSecrets(ServerSteps& steps, const PlanInput& input, ServerBase& base) {
    std::vector<std::string> names;
    if (input.topology.has(roles::kDatabase, steps.host()))
        names = {"db_root_password", "db_password"};
    if (!names.empty() && isDatabasePair(input.topology))
        names.emplace_back("db_replication_password");
    if (input.topology.has(roles::kCache, steps.host()))
        names.emplace_back("cache_password");
    if (input.topology.has(roles::kOps, steps.host()) && imageOf(input, roles::kGrafana))
        names.emplace_back("grafana_password");
    if (names.empty())
        return;
    const SecretFiles files = secretFiles(names);
    ScriptCall call = steps.call(
        "app/secrets", {{"SECRETS_DIR", secretsFolder(input.settings)}, {"SECRETS", files.lines}});
    call.secrets = files.variables;
    base.secrets =
        steps.run("app.secrets", Stage::Prepare, std::move(call), {base.prepared}, StepTime{});
}

}  // namespace

std::vector<StepId> ClusterPlan::whenWorking(const RoleId& role) const {
    const auto found = working.find(role);
    return found == working.end() ? std::vector<StepId>() : found->second;
}

bool isPlaced(const PlanInput& input, const RoleId& role) {
    return !input.topology.hostsOf(role).empty();
}

std::string addressLines(const PlanInput& input, const RoleId& role) {
    std::string lines;
    for (const HostId& host : input.topology.hostsOf(role))
        lines += (lines.empty() ? "" : "\n") + host.str() + " " + addressOf(input, host);
    return lines;
}

std::string addressOf(const PlanInput& input, const HostId& host) {
    const Host* known = input.inventory.find(host);
    return known ? known->address : std::string();
}

const BundleImage* imageOf(const PlanInput& input, const RoleId& role) {
    for (const BundleImage& image : input.bundle.images)
        if (image.role == role && image.isFor(input.mode.id))
            return &image;
    return nullptr;
}

std::vector<std::string> lackingImage(const PlanInput& input, const RoleId& role) {
    if (!isPlaced(input, role) || imageOf(input, role))
        return {};
    return {"images: role " + role.str()};
}

std::string writerOf(const PlanInput& input) {
    const std::string port = ":" + std::to_string(kWriterPort);
    if (isPlaced(input, roles::kLoadBalancer))
        return input.settings.virtualAddress + port;
    if (!input.settings.externalLoadBalancer.empty())
        return input.settings.externalLoadBalancer + port;
    const auto& members = input.topology.hostsOf(roles::kDatabase);
    return members.empty() ? "" : addressOf(input, members.front()) + ":3306";
}

std::string cacheNodesOf(const PlanInput& input) {
    std::string list;
    const std::vector<CacheNode> nodes = cacheNodes(input.topology);
    for (const HostId& host : input.topology.hostsOf(roles::kCache))
        for (const CacheNode& node : nodes)
            if (node.host == host)
                list += (list.empty() ? "" : ",") + addressOf(input, host) + ":" +
                        std::to_string(node.port);
    return list;
}

Result<std::vector<Step>> clusterSteps(const PlanInput& input) {
    if (auto servers = checkServers(input); !servers)
        return tl::unexpected(servers.error());
    if (auto bundle = checkBundle(input); !bundle)
        return tl::unexpected(bundle.error());
    StepList steps(input.scripts);
    ClusterPlan plan{input, steps, {}, {}};
    for (const HostId& host : input.topology.hosts()) {
        ServerSteps onHost = plan.on(host);
        auto base = addServerBase(onHost, input);
        if (!base)
            return tl::unexpected(base.error());
        addSecrets(onHost, input, *base);
        plan.bases.emplace(host, *std::move(base));
    }
    for (const ClusterPart* part : kParts)
        if (auto added = part->add(plan); !added)
            return tl::unexpected(added.error());
    return std::move(steps).take();
}

}  // namespace deploy
