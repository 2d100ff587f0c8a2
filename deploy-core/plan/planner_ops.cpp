#include "plan/planner_parts.h"
#include "plan/planner_secrets.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

using std::chrono::seconds;

constexpr const char* kExporterFile = "ops/node_exporter";
// The ports of catalog/ports.yaml.
constexpr const char* kExporterPort = "9100";
constexpr const char* kMonitorPort = "9090";
constexpr const char* kGrafanaPort = "3000";
constexpr const char* kRegistryPort = "5000";

std::vector<std::string> lacking(const PlanInput& input) {
    std::vector<std::string> found = lackingImage(input, roles::kOps);
    for (std::string& each : lackingImage(input, roles::kRegistry))
        found.push_back(std::move(each));
    if (isPlaced(input, roles::kOps) && !input.bundle.file(kExporterFile))
        found.emplace_back(kExporterFile);
    return found;
}

/// Every server tells how it is.
std::vector<StepId> addExporters(ClusterPlan& plan) {
    const PlanInput& input = plan.input;
    const BundleFile program = *input.bundle.file(kExporterFile);
    std::vector<StepId> made;
    for (const auto& [host, base] : plan.bases) {
        ServerSteps steps = plan.on(host);
        const StepList::Values values = {{"SENT", sentFile(program.sha256)},
                                         {"ADDRESS", addressOf(input, host)},
                                         {"PORT", kExporterPort},
                                         {"FOLDER", input.settings.installDirectory + "/exporter"}};
        StepList::Values asked = values;
        asked["ASKED"] = "content";
        const StepId sent =
            steps.put("ops.exporter.file", Stage::Bundle, program,
                      steps.call("ops/exporter", std::move(asked)), {base.prepared});
        made.push_back(steps.run("ops.exporter", Stage::Ops, steps.call("ops/exporter", values),
                                 {base.prepared, sent}, {seconds(3)}));
    }
    return made;
}

/// A service in a container of the ops server.
StepId addService(ClusterPlan& plan, const HostId& host, const RoleId& role,
                  const std::string& script, StepList::Values values, std::vector<StepId> others) {
    const PlanInput& input = plan.input;
    ServerSteps steps = plan.on(host);
    const BundleImage& image = *imageOf(input, role);
    const std::string name = script.substr(script.find('/') + 1);
    values.insert({{"IMAGE", image.reference},
                   {"IMAGE_ID", image.id},
                   {"ADDRESS", addressOf(input, host)},
                   {"DATA_DIR", input.settings.dataDirectory + "/app/" + name},
                   {"FOLDER", input.settings.installDirectory + "/" + name}});
    const ScriptCall call = steps.call(script, std::move(values));
    std::vector<StepId> needs = plan.bases.at(host).containers();
    if (call.values.contains("SECRETS_DIR"))
        needs.push_back(plan.bases.at(host).secrets);
    StepId made = steps.run("ops." + name, Stage::Ops, call, std::move(needs), {seconds(10)});
    others.push_back(made);
    steps.wait("ops." + name + ".verify", Stage::Verify, call, std::move(others),
               {seconds(5), seconds(60), seconds(180)});
    return made;
}

Result<void> add(ClusterPlan& plan) {
    const PlanInput& input = plan.input;
    const std::vector<HostId>& desks = input.topology.hostsOf(roles::kOps);
    std::string targets;
    for (const auto& [host, base] : plan.bases)
        targets += (targets.empty() ? "" : "\n") + host.str() + " " + addressOf(input, host);
    const std::vector<StepId> exporters =
        desks.empty() ? std::vector<StepId>() : addExporters(plan);
    for (const HostId& host : desks) {
        const StepId monitor = addService(
            plan, host, roles::kOps, "ops/monitor",
            {{"PORT", kMonitorPort}, {"TARGETS", targets}, {"TARGET_PORT", kExporterPort}},
            exporters);
        plan.working[roles::kOps].push_back(monitor);
        if (imageOf(input, roles::kGrafana))
            plan.working[roles::kOps].push_back(
                addService(plan, host, roles::kGrafana, "ops/grafana",
                           {{"PORT", kGrafanaPort},
                            {"MONITOR_PORT", kMonitorPort},
                            {"SECRETS_DIR", secretsFolder(input.settings)}},
                           {monitor}));
    }
    for (const HostId& host : input.topology.hostsOf(roles::kRegistry))
        plan.working[roles::kRegistry].push_back(addService(
            plan, host, roles::kRegistry, "ops/registry", {{"PORT", kRegistryPort}}, {}));
    return {};
}

}  // namespace

const ClusterPart kOpsPart{lacking, add};

}  // namespace deploy
