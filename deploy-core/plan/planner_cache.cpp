#include "plan/planner_cache.h"

#include "plan/planner_secrets.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

using std::chrono::seconds;

constexpr size_t kShards = 3;

std::vector<std::string> lacking(const PlanInput& input) {
    std::vector<std::string> found = lackingImage(input, roles::kCache);
    const size_t servers = input.topology.hostsOf(roles::kCache).size();
    if (servers > 0 && servers < kShards)
        found.push_back("roles: " + roles::kCache.str() + ": " + std::to_string(kShards));
    return found;
}

std::string portsOn(const std::vector<CacheNode>& nodes, const HostId& host) {
    std::string ports;
    for (const CacheNode& node : nodes)
        if (node.host == host)
            ports += (ports.empty() ? "" : "\n") + std::to_string(node.port);
    return ports;
}

std::string nodeLines(const PlanInput& input, const std::vector<CacheNode>& nodes) {
    std::string lines;
    for (const CacheNode& node : nodes)
        lines += (lines.empty() ? "" : "\n") + node.host.str() + " " + addressOf(input, node.host) +
                 " " + std::to_string(node.port) + " " + std::to_string(node.shard) +
                 (node.kind == CacheNode::Kind::Master ? " master" : " replica");
    return lines;
}

/// The processes of one server, when those of the server before are made: what is made anew never
/// stops two at once.
StepId addNode(ClusterPlan& plan, const HostId& host, const std::string& ports,
               const std::vector<StepId>& before) {
    const PlanInput& input = plan.input;
    ServerSteps steps = plan.on(host);
    const ServerBase& base = plan.bases.at(host);
    const BundleImage& image = *imageOf(input, roles::kCache);
    std::vector<StepId> needs = base.containers();
    needs.push_back(base.secrets);
    if (!before.empty())
        needs.push_back(before.back());
    const ScriptCall call =
        steps.call("cache/node", {{"IMAGE", image.reference},
                                  {"IMAGE_ID", image.id},
                                  {"NODE_ADDRESS", addressOf(input, host)},
                                  {"PORTS", ports},
                                  {"DATA_DIR", input.settings.dataDirectory + "/app/cache"},
                                  {"FOLDER", input.settings.installDirectory + "/cache"},
                                  {"SECRETS_DIR", secretsFolder(input.settings)}});
    StepId made = steps.run("cache.node", Stage::Cache, call, std::move(needs),
                            {seconds(5), seconds(120), seconds(600)});
    steps.wait("cache.node.verify", Stage::Verify, call, {made},
               {seconds(1), seconds(60), seconds(180)});
    return made;
}

Result<void> add(ClusterPlan& plan) {
    const PlanInput& input = plan.input;
    const std::vector<HostId>& hosts = input.topology.hostsOf(roles::kCache);
    if (hosts.empty())
        return {};
    const std::vector<CacheNode> nodes = cacheNodes(input.topology);
    std::vector<StepId> made;
    for (const HostId& host : hosts)
        if (const std::string ports = portsOn(nodes, host); !ports.empty())
            made.push_back(addNode(plan, host, ports, made));
    ServerSteps steps = plan.on(hosts.front());
    const ScriptCall call = steps.call("cache/cluster", {{"NODES", nodeLines(input, nodes)}});
    const StepId joined = steps.run("cache.cluster", Stage::Cache, call, std::move(made),
                                    {seconds(15), seconds(120), seconds(600)});
    plan.working[roles::kCache] = {joined};
    steps.wait("cache.verify", Stage::Verify, call, {joined},
               {seconds(2), seconds(60), seconds(180)});
    return {};
}

}  // namespace

std::vector<CacheNode> cacheNodes(const Topology& topology) {
    constexpr uint16_t kMasterPort = 7000;
    constexpr uint16_t kReplicaPort = 7001;
    const std::vector<HostId>& hosts = topology.hostsOf(roles::kCache);
    std::vector<CacheNode> nodes;
    if (hosts.size() < kShards)
        return nodes;
    // Three servers: each one's replica on the next. More: behind the masters' servers first.
    const size_t distance = hosts.size() == kShards ? 1 : kShards;
    for (size_t shard = 0; shard < kShards; ++shard)
        nodes.push_back({hosts[shard], kMasterPort, shard, CacheNode::Kind::Master});
    for (size_t shard = 0; shard < kShards; ++shard)
        nodes.push_back({hosts[(shard + distance) % hosts.size()], kReplicaPort, shard,
                         CacheNode::Kind::Replica});
    return nodes;
}

const ClusterPart kCachePart{lacking, add};

}  // namespace deploy
