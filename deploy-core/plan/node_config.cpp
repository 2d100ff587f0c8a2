#include <algorithm>

#include "plan/kubernetes_layout.h"
#include "plan/planner_kubernetes.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

void line(std::string& text, const std::string& key, const std::string& value) {
    text += key + ": " + value + "\n";
}

void list(std::string& text, const std::string& key, const std::vector<std::string>& values) {
    if (values.empty())
        return;
    text += key + ":\n";
    for (const std::string& value : values)
        text += "  - \"" + value + "\"\n";
}

/// Pods are placed by them, so that the drawing decides.
std::vector<std::string> labelsOf(const PlanInput& input, const HostId& host) {
    std::vector<std::string> labels;
    for (const RoleId& role : {roles::kBusiness, roles::kGateway})
        if (input.topology.has(role, host))
            labels.push_back("finclip.com/" + role.str() + "=true");
    return labels;
}

/// Names and addresses by which the cluster's servers are reached.
std::vector<std::string> apiNames(const PlanInput& input) {
    std::vector<std::string> names;
    const auto addName = [&](const std::string& name) {
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    };
    addName(input.settings.virtualAddress);
    addName(input.settings.externalLoadBalancer);
    for (const HostId& server : input.topology.hostsOf(roles::kKubernetesServer))
        addName(addressOf(input, server));
    return names;
}

}  // namespace

std::string nodeConfig(const PlanInput& input, const HostId& host) {
    const KubernetesLayout& distribution = layoutOf(input.settings.distribution);
    std::string text;
    line(text, "node-name", "\"" + host.str() + "\"");
    line(text, "node-ip", "\"" + addressOf(input, host) + "\"");
    list(text, "node-label", labelsOf(input, host));
    if (!input.topology.has(roles::kKubernetesAgent, host))
        list(text, "node-taint", {"CriticalAddonsOnly=true:NoExecute"});
    // Images are there before they are asked for and are never taken away to make room.
    list(text, "kubelet-arg", {"image-gc-high-threshold=100", "node-status-update-frequency=4s"});
    // Settings of the kernel stand in the plan, in host/prepare, and are changed nowhere else.
    list(text, "kube-proxy-arg", {"conntrack-max-per-core=0"});
    if (input.topology.has(roles::kKubernetesServer, host)) {
        list(text, "tls-san", apiNames(input));
        line(text, "cluster-cidr", "\"" + input.settings.podCidr + "\"");
        line(text, "service-cidr", "\"" + input.settings.serviceCidr + "\"");
        list(text, "disable", distribution.disabled);
        line(text, "write-kubeconfig-mode", "\"0600\"");
        list(text, "kube-apiserver-arg",
             {"default-not-ready-toleration-seconds=30",
              "default-unreachable-toleration-seconds=30"});
        list(text, "kube-controller-manager-arg",
             {"node-monitor-grace-period=20s", "node-monitor-period=2s"});
    }
    text.pop_back();
    return text;
}

}  // namespace deploy
