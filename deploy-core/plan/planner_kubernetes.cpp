#include "plan/planner_kubernetes.h"

#include "plan/kubernetes_layout.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

using std::chrono::seconds;

constexpr const char* kToken = "kubernetes_token";
/// How a member finds out that the server it talks to is gone; in seconds, both are the least that
/// a busy server does not trip over [est].
constexpr const char* kServiceEnvironment =
    "HTTP2_READ_IDLE_TIMEOUT_SECONDS=4\nHTTP2_PING_TIMEOUT_SECONDS=3";

std::string nameOf(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

std::vector<HostId> serversOf(const PlanInput& input) {
    return input.topology.hostsOf(roles::kKubernetesServer);
}

std::vector<HostId> agentsOf(const PlanInput& input) {
    std::vector<HostId> agents;
    for (const HostId& host : input.topology.hostsOf(roles::kKubernetesAgent))
        if (!input.topology.has(roles::kKubernetesServer, host))
            agents.push_back(host);
    return agents;
}

/// The images that pods of the server's roles are made from.
std::vector<BundleImage> podImages(const PlanInput& input, const HostId& host) {
    std::vector<BundleImage> images;
    for (const BundleImage& image : input.bundle.images)
        if (image.isFor(input.mode.id) && !runsInDocker(input.mode, image.role) &&
            input.topology.has(image.role, host))
            images.push_back(image);
    return images;
}

std::vector<std::string> lacking(const PlanInput& input) {
    std::vector<std::string> found;
    if (serversOf(input).empty() && agentsOf(input).empty())
        return found;
    const KubernetesLayout& distribution = layoutOf(input.settings.distribution);
    for (const auto& [kind, word] : {std::pair{BundleFileKind::KubernetesBinary, "binary"},
                                     std::pair{BundleFileKind::KubernetesImages, "images"},
                                     std::pair{BundleFileKind::KubernetesInstall, "install"}})
        if (distributionFiles(input.bundle, distribution, kind).empty())
            found.push_back("k8s/" + distribution.id + ": kind: kubernetes_" + word);
    if (serversOf(input).empty())
        found.push_back("roles: " + roles::kKubernetesServer.str());
    return found;
}

/// Sends a file and puts it where the distribution looks for it.
StepId addFile(ServerSteps& steps, const BundleFile& file, const std::string& destination,
               const std::string& mode, const StepId& prepared) {
    const StepList::Values values = {
        {"SENT", sentFile(file.sha256)}, {"DESTINATION", destination}, {"MODE", mode}};
    StepList::Values asked = values;
    asked["ASKED"] = "content";
    const std::string name = nameOf(file.path);
    const StepId sent = steps.put("kubernetes.file." + name + ".sent", Stage::Bundle, file,
                                  steps.call("kubernetes/file", std::move(asked)), {prepared});
    return steps.run("kubernetes.file." + name, Stage::Kubernetes,
                     steps.call("kubernetes/file", values), {prepared, sent}, {seconds(3)},
                     {{"file", name}});
}

std::vector<StepId> addFiles(ServerSteps& steps, const PlanInput& input, const StepId& prepared) {
    const KubernetesLayout& distribution = layoutOf(input.settings.distribution);
    const std::string images = distribution.stateFolder + "/agent/images";
    std::vector<StepId> placed;
    const auto place = [&](BundleFileKind kind, const std::string& folder, const char* mode) {
        for (const BundleFile& file : distributionFiles(input.bundle, distribution, kind))
            placed.push_back(
                addFile(steps, file, folder + "/" + nameOf(file.path), mode, prepared));
    };
    place(BundleFileKind::KubernetesBinary, distribution.programFolder, "0755");
    place(BundleFileKind::KubernetesImages, images, "0644");
    place(BundleFileKind::KubernetesInstall, kInstallerFolder, "0700");
    return placed;
}

std::string peersOf(const PlanInput& input, const HostId& host) {
    std::string peers;
    for (const HostId& server : serversOf(input))
        if (server != host)
            peers += (peers.empty() ? "" : " ") + addressOf(input, server);
    return peers;
}

StepId addNode(ServerSteps& steps, const PlanInput& input, std::vector<StepId> needs) {
    const HostId& host = steps.host();
    const KubernetesLayout& distribution = layoutOf(input.settings.distribution);
    const bool server = input.topology.has(roles::kKubernetesServer, host);
    const auto installer =
        distributionFiles(input.bundle, distribution, BundleFileKind::KubernetesInstall);
    ScriptCall call = steps.call(
        "kubernetes/node",
        {{"DISTRIBUTION", distribution.id},
         {"KIND", server ? "server" : "agent"},
         {"UNIT", server ? distribution.serverUnit : distribution.agentUnit},
         {"CONFIG_DIR", distribution.configFolder},
         {"STATE_DIR", distribution.stateFolder},
         {"INSTALLER", std::string(kInstallerFolder) + "/" + nameOf(installer.front().path)},
         {"INSTALL_ENVIRONMENT", server ? distribution.serverInstall : distribution.agentInstall},
         {"UNINSTALLER", server ? distribution.serverUninstaller : distribution.agentUninstaller},
         {"KUBECTL", distribution.kubectl},
         {"JOIN_PORT", std::to_string(distribution.joinPort)},
         {"FIRST_CONFIG", distribution.firstConfig},
         {"NODE", host.str()},
         {"CONFIG", nodeConfig(input, host)},
         {"ENVIRONMENT", kServiceEnvironment},
         {"FIRST", server && serversOf(input).front() == host ? "yes" : "no"},
         {"PEERS", peersOf(input, host)},
         {"POD_CIDR", input.settings.podCidr}});
    call.secrets = {{"CLUSTER_TOKEN", kToken}};
    return steps.run("kubernetes.node", Stage::Kubernetes, std::move(call), std::move(needs),
                     {seconds(40), seconds(240), seconds(900)});
}

StepId addImage(ServerSteps& steps, const PlanInput& input, const BundleImage& image,
                const StepId& node) {
    const KubernetesLayout& distribution = layoutOf(input.settings.distribution);
    const bool server = input.topology.has(roles::kKubernetesServer, steps.host());
    const BundleFile file = *input.bundle.file(image.file);
    const StepList::Values values = {
        {"IMAGE_ID", image.id},
        {"IMAGE_REFERENCE", image.reference},
        {"ARCHIVE", sentFile(file.sha256)},
        {"CTR", distribution.ctr},
        {"CRICTL", distribution.crictl},
        {"UNIT", server ? distribution.serverUnit : distribution.agentUnit}};
    StepList::Values asked = values;
    asked["ASKED"] = "content";
    const std::string name = "kubernetes.image." + image.role.str() + "." + nameOf(image.file);
    const StepId sent = steps.put(name + ".sent", Stage::Images, file,
                                  steps.call("kubernetes/image", std::move(asked)), {node});
    const auto take = [&](uint64_t rate) {
        return seconds(static_cast<int64_t>(file.size / rate));  // [est] bytes a second
    };
    return steps.run(name, Stage::Images, steps.call("kubernetes/image", values), {node, sent},
                     {seconds(3) + take(40'000'000), seconds(120) + take(10'000'000),
                      seconds(900) + take(1'000'000)},
                     {{"image", image.reference}});
}

/// Names are found whichever server is lost; pods that ask for names wait for it.
void addNameServer(ClusterPlan& plan, std::vector<StepId> nodes) {
    const KubernetesLayout& distribution = layoutOf(plan.input.settings.distribution);
    if (distribution.nameServer.empty() || nodes.size() < 2)
        return;
    ServerSteps steps = plan.on(kubernetesDesk(plan.input));
    const ScriptCall call =
        steps.call("kubernetes/name_server",
                   {{"KUBECTL", distribution.kubectl}, {"DEPLOYMENT", distribution.nameServer}});
    const StepId made = steps.run("kubernetes.name_server", Stage::Kubernetes, call,
                                  std::move(nodes), {seconds(3), seconds(120), seconds(300)});
    plan.working[roles::kKubernetesAgent].push_back(made);
    steps.wait("kubernetes.name_server.verify", Stage::Verify, call, {made},
               {seconds(5), seconds(120), seconds(300)});
}

/// Servers join one at a time, in their order; agents when all servers are there.
Result<void> add(ClusterPlan& plan) {
    const PlanInput& input = plan.input;
    std::vector<StepId>& working = plan.working[roles::kKubernetesAgent];
    std::vector<StepId> joined;
    std::vector<StepId> nodes;
    const auto addMember = [&](const HostId& host, const std::vector<StepId>& after) {
        ServerSteps steps = plan.on(host);
        std::vector<StepId> needs = addFiles(steps, input, plan.bases.at(host).prepared);
        needs.insert(needs.end(), after.begin(), after.end());
        StepId node = addNode(steps, input, std::move(needs));
        working.push_back(node);
        nodes.push_back(node);
        for (const BundleImage& image : podImages(input, host))
            working.push_back(addImage(steps, input, image, node));
        return node;
    };
    for (const HostId& server : serversOf(input))
        joined = {addMember(server, joined)};
    for (const HostId& agent : agentsOf(input))
        addMember(agent, joined);
    addNameServer(plan, std::move(nodes));
    return {};
}

}  // namespace

HostId kubernetesDesk(const PlanInput& input) {
    return serversOf(input).front();
}

const ClusterPart kKubernetesPart{lacking, add};

}  // namespace deploy
