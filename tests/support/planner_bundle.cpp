#include "support/planner_bundle.h"

namespace deploy {

std::string digestLike(char letter) {
    return std::string(64, letter);
}

BundleManifest sampleManifest() {
    BundleManifest bundle;
    bundle.product = "finclip-sample";
    bundle.version = "1.0.0";
    bundle.modes = {ModeId("single")};
    bundle.files = {
        {"app/compose/compose.yaml", 4'000, digestLike('c'), BundleFileKind::Compose},
        {"app/compose/gateway.conf", 1'500, digestLike('d'), BundleFileKind::Compose},
        {"docker/docker-26.1.5.tgz", 70'000'000, digestLike('e'), BundleFileKind::DockerEngine},
        {"docker/docker-compose", 50'000'000, digestLike('f'), BundleFileKind::DockerCompose},
        {"images/business.tar", 60'000'000, digestLike('1'), BundleFileKind::Image},
        {"images/database.tar", 200'000'000, digestLike('2'), BundleFileKind::Image},
        {"images/registry.tar", 30'000'000, digestLike('3'), BundleFileKind::Image},
    };
    bundle.images = {
        {"finclip/database:10.11",
         "sha256:" + digestLike('a'),
         RoleId("database"),
         "images/database.tar",
         {}},
        {"finclip/business:1.0.0",
         "sha256:" + digestLike('b'),
         RoleId("business"),
         "images/business.tar",
         {}},
        {"finclip/registry:2",
         "sha256:" + digestLike('9'),
         RoleId("registry"),
         "images/registry.tar",
         {}},
    };
    return bundle;
}

void addDataTier(BundleManifest& bundle) {
    for (const auto& [role, reference, letter] :
         {std::tuple{"cache", "finclip/cache:7.0", 'c'},
          std::tuple{"load_balancer", "finclip/load_balancer:2.6", 'd'}}) {
        const std::string file = std::string("images/") + role + ".tar";
        bundle.files.push_back({file, 40'000'000, digestLike(letter), BundleFileKind::Image});
        bundle.images.push_back(
            {reference, "sha256:" + digestLike(letter), RoleId(role), file, {}});
    }
}

void addOps(BundleManifest& bundle) {
    bundle.files.push_back({"images/ops.tar", 110'000'000, digestLike('0'), BundleFileKind::Image});
    bundle.files.push_back(
        {"ops/node_exporter", 19'000'000, "0f" + std::string(62, '0'), BundleFileKind::Other});
    bundle.images.push_back(
        {"finclip/ops:2.42", "sha256:" + digestLike('0'), RoleId("ops"), "images/ops.tar", {}});
}

void addKubernetes(BundleManifest& bundle, const std::string& distribution, bool chart) {
    const std::string folder = "k8s/" + distribution + "/";
    const bool k3s = distribution == "k3s";
    bundle.files.push_back({folder + (k3s ? "k3s" : "rke2.linux-amd64.tar.gz"), 60'000'000,
                            digestLike('4'), BundleFileKind::KubernetesBinary});
    bundle.files.push_back({folder + distribution + "-images.tar", 150'000'000, digestLike('5'),
                            BundleFileKind::KubernetesImages});
    bundle.files.push_back(
        {folder + "install.sh", 30'000, digestLike('6'), BundleFileKind::KubernetesInstall});
    bundle.files.push_back({chart ? "app/k8s/Chart.yaml" : "app/k8s/kustomization.yaml", 300,
                            digestLike('7'), BundleFileKind::Kubernetes});
    if (chart)
        bundle.files.push_back({"k8s/helm", 40'000'000, digestLike('8'), BundleFileKind::Other});
}

}  // namespace deploy
