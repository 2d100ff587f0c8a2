#include "plan/kubernetes_layout.h"
#include "plan/planner_cluster.h"
#include "plan/planner_kubernetes.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

using std::chrono::seconds;

constexpr std::string_view kAppFolder = "app/k8s/";
constexpr const char* kHelmFile = "k8s/helm";
/// Lines "key VARIABLE" of the cluster's secret; the vault's names are the keys.
constexpr const char* kSecretLines =
    "db_password DB_PASSWORD\ncache_password CACHE_PASSWORD\nadmin_password ADMIN_PASSWORD";

std::vector<BundleFile> appFiles(const PlanInput& input) {
    std::vector<BundleFile> files;
    for (const BundleFile& file : input.bundle.ofKind(BundleFileKind::Kubernetes))
        if (file.path.starts_with(kAppFolder))
            files.push_back(file);
    return files;
}

bool isChart(const PlanInput& input) {
    return input.bundle.file("app/k8s/Chart.yaml") != nullptr;
}

std::vector<std::string> lacking(const PlanInput& input) {
    std::vector<std::string> found;
    if (!isPlaced(input, roles::kBusiness) && !isPlaced(input, roles::kGateway))
        return found;
    if (!isPlaced(input, roles::kKubernetesServer))
        found.push_back("roles: " + roles::kKubernetesServer.str());
    if (isChart(input)) {
        if (!input.bundle.file(kHelmFile))
            found.emplace_back(kHelmFile);
    } else if (!input.bundle.file("app/k8s/kustomization.yaml")) {
        found.emplace_back("app/k8s/kustomization.yaml");
    }
    return found;
}

/// domain.md: at least two in a small cluster, three in a large one.
std::string leastReplicas(const PlanInput& input) {
    return input.mode.id.str() == "large" ? "3" : "2";
}

/// "NAME=value" lines: where the services find what they need, at addresses that survive.
std::string environmentOf(const PlanInput& input) {
    const std::string writer = writerOf(input);
    const size_t colon = writer.rfind(':');
    const Settings& settings = input.settings;
    std::string entry = settings.entryAddress;
    if (entry.empty())
        entry = settings.virtualAddress.empty() ? settings.externalLoadBalancer
                                                : settings.virtualAddress;
    std::string lines = "ADMIN_ACCOUNT=" + settings.adminAccount;
    lines += "\nCACHE_NODES=" + cacheNodesOf(input);
    lines += "\nDB_HOST=" + writer.substr(0, colon);
    lines += "\nDB_PORT=" + writer.substr(colon + 1);
    lines += "\nENTRY_ADDRESS=" + entry;
    return lines;
}

/// "name address port": the entry that users have, then each server's own.
std::string entriesOf(const PlanInput& input) {
    std::string lines;
    if (isPlaced(input, roles::kLoadBalancer))
        lines += "VIP " + input.settings.virtualAddress + " 80\n";
    else if (!input.settings.externalLoadBalancer.empty())
        lines += "balancer " + input.settings.externalLoadBalancer + " 80\n";
    const RoleId& entry = isPlaced(input, roles::kGateway) ? roles::kGateway : roles::kBusiness;
    for (const HostId& host : input.topology.hostsOf(entry))
        lines += host.str() + " " + addressOf(input, host) + " " + kNodePort + "\n";
    lines.pop_back();
    return lines;
}

StepId addApp(ClusterPlan& plan, const std::vector<StepId>& working) {
    const PlanInput& input = plan.input;
    ServerSteps steps = plan.on(kubernetesDesk(input));
    const KubernetesLayout& distribution = layoutOf(input.settings.distribution);
    const StepId& prepared = plan.bases.at(steps.host()).prepared;
    std::vector<StepId> needs = working;
    std::string files;
    for (const BundleFile& file : appFiles(input)) {
        const std::string path = file.path.substr(kAppFolder.size());
        needs.push_back(steps.put("business.file." + path, Stage::Business, file, {}, {prepared}));
        files += (files.empty() ? "" : "\n") + file.sha256 + " " + path;
    }
    std::string helm;
    if (isChart(input)) {
        const BundleFile program = *input.bundle.file(kHelmFile);
        helm = std::string(kInstallerFolder) + "/helm";
        const StepId sent = steps.put("business.helm.sent", Stage::Bundle, program, {}, {prepared});
        needs.push_back(steps.run("business.helm", Stage::Business,
                                  steps.call("kubernetes/file", {{"SENT", sentFile(program.sha256)},
                                                                 {"DESTINATION", helm},
                                                                 {"MODE", "0755"}}),
                                  {prepared, sent}, {}, {{"file", "helm"}}));
    }
    ScriptCall call = steps.call("business/app",
                                 {{"KUBECTL", distribution.kubectl},
                                  {"KUBECONFIG_FILE", distribution.kubeconfig},
                                  {"FOLDER", input.settings.installDirectory + "/k8s"},
                                  {"FILES", files},
                                  {"ENVIRONMENT", environmentOf(input)},
                                  {"SECRETS", kSecretLines},
                                  {"REPLICAS", leastReplicas(input)},
                                  {"HELM", helm},
                                  {"VERSION", input.bundle.product + " " + input.bundle.version}});
    call.secrets = {{"DB_PASSWORD", "db_password"},
                    {"CACHE_PASSWORD", "cache_password"},
                    {"ADMIN_PASSWORD", "admin_password"}};
    return steps.run("business.app", Stage::Business, std::move(call), std::move(needs),
                     {seconds(10), seconds(120), seconds(600)});
}

Result<void> add(ClusterPlan& plan) {
    const PlanInput& input = plan.input;
    if (!isPlaced(input, roles::kBusiness) && !isPlaced(input, roles::kGateway))
        return {};
    std::vector<StepId> working;
    for (const RoleId& role :
         {roles::kKubernetesAgent, roles::kDatabase, roles::kCache, roles::kLoadBalancer})
        for (const StepId& step : plan.whenWorking(role))
            working.push_back(step);
    const StepId started = addApp(plan, working);
    plan.working[roles::kBusiness] = {started};
    ServerSteps steps = plan.on(kubernetesDesk(input));
    steps.wait(
        "business.verify", Stage::Verify,
        steps.call("business/verify", {{"KUBECTL", layoutOf(input.settings.distribution).kubectl},
                                       {"ENTRIES", entriesOf(input)},
                                       {"READY_PATH", "/ready"},
                                       {"LEAST", leastReplicas(input)}}),
        {started}, {seconds(30), seconds(240), seconds(600)});
    return {};
}

}  // namespace

const ClusterPart kBusinessPart{lacking, add};

}  // namespace deploy
