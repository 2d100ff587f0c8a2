#pragma once

#include "bundle/manifest.h"
#include "plan/settings.h"

namespace deploy {

/// What is particular to a Kubernetes distribution: one row of a table, so that planner and role
/// scripts are the same for all.
struct KubernetesLayout {
    enum class Member { Server, Agent };

    std::string id;            ///< "k3s": folder in the bundle, port rows of the catalogue
    std::string configFolder;  ///< holds config.yaml
    std::string stateFolder;   ///< its data
    std::string serverUnit;    ///< of systemd, without ".service"
    std::string agentUnit;
    uint16_t joinPort = 0;
    std::string firstConfig;    ///< line of configuration that founds a cluster
    std::string programFolder;  ///< where files of kind kubernetes_binary are placed
    std::string serverInstall;  ///< environment of the installer, a line each
    std::string agentInstall;
    std::string serverUninstaller;
    std::string agentUninstaller;
    std::string kubectl;  ///< command with its first arguments; likewise:
    std::string ctr;
    std::string crictl;
    std::string kubeconfig;             ///< the administrator's, on servers
    std::vector<std::string> disabled;  ///< what comes with it and has no part in the platform
    /// Deployment of the name server, of which the distribution makes one copy only; "": it makes
    /// as many as the cluster needs.
    std::string nameServer;

    const std::string& unit(Member member) const {
        return member == Member::Server ? serverUnit : agentUnit;
    }
    bool operator==(const KubernetesLayout&) const = default;
};

const KubernetesLayout& layoutOf(KubernetesDistribution which);

/// Its files in the bundle: k8s/<id>/...
std::vector<BundleFile> distributionFiles(const BundleManifest& bundle,
                                          const KubernetesLayout& distribution,
                                          BundleFileKind kind);

/// Where a server keeps the installer.
inline constexpr const char* kInstallerFolder = "/var/lib/finclip-deploy/kubernetes";

}  // namespace deploy
