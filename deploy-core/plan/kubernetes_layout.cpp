#include "plan/kubernetes_layout.h"

namespace deploy {

namespace {

const KubernetesLayout& k3s() {
    static const KubernetesLayout kRow = {
        "k3s",
        "/etc/rancher/k3s",
        "/var/lib/rancher/k3s",
        "k3s",
        "k3s-agent",
        6443,
        "cluster-init: true",
        "/usr/local/bin",
        "INSTALL_K3S_SKIP_DOWNLOAD=true\nINSTALL_K3S_SKIP_SELINUX_RPM=true\n"
        "INSTALL_K3S_SKIP_START=true\nINSTALL_K3S_EXEC=server",
        "INSTALL_K3S_SKIP_DOWNLOAD=true\nINSTALL_K3S_SKIP_SELINUX_RPM=true\n"
        "INSTALL_K3S_SKIP_START=true\nINSTALL_K3S_EXEC=agent",
        "/usr/local/bin/k3s-uninstall.sh",
        "/usr/local/bin/k3s-agent-uninstall.sh",
        "/usr/local/bin/k3s kubectl",
        "/usr/local/bin/k3s ctr",
        "/usr/local/bin/k3s crictl",
        "/etc/rancher/k3s/k3s.yaml",
        {"traefik", "servicelb", "local-storage", "metrics-server"},
        "coredns"};
    return kRow;
}

const KubernetesLayout& rke2() {
    static const KubernetesLayout kRow = {
        "rke2",
        "/etc/rancher/rke2",
        "/var/lib/rancher/rke2",
        "rke2-server",
        "rke2-agent",
        9345,
        "",
        kInstallerFolder,
        "INSTALL_RKE2_ARTIFACT_PATH=/var/lib/finclip-deploy/kubernetes\n"
        "INSTALL_RKE2_METHOD=tar\nINSTALL_RKE2_TYPE=server",
        "INSTALL_RKE2_ARTIFACT_PATH=/var/lib/finclip-deploy/kubernetes\n"
        "INSTALL_RKE2_METHOD=tar\nINSTALL_RKE2_TYPE=agent",
        "/usr/local/bin/rke2-uninstall.sh",
        "/usr/local/bin/rke2-uninstall.sh",
        "/var/lib/rancher/rke2/bin/kubectl --kubeconfig /etc/rancher/rke2/rke2.yaml",
        "/var/lib/rancher/rke2/bin/ctr --address /run/k3s/containerd/containerd.sock",
        "/var/lib/rancher/rke2/bin/crictl --config /var/lib/rancher/rke2/agent/etc/crictl.yaml",
        "/etc/rancher/rke2/rke2.yaml",
        {"rke2-ingress-nginx", "rke2-metrics-server"},
        ""};
    return kRow;
}

}  // namespace

const KubernetesLayout& layoutOf(KubernetesDistribution which) {
    return which == KubernetesDistribution::Rke2 ? rke2() : k3s();
}

std::vector<BundleFile> distributionFiles(const BundleManifest& bundle,
                                          const KubernetesLayout& distribution,
                                          BundleFileKind kind) {
    const std::string folder = "k8s/" + distribution.id + "/";
    std::vector<BundleFile> files;
    for (const BundleFile& file : bundle.ofKind(kind))
        if (file.path.starts_with(folder))
            files.push_back(file);
    return files;
}

}  // namespace deploy
