#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "catalog/catalog.h"

namespace deploy {

enum class BundleFileKind {
    DockerEngine,
    DockerCompose,
    Image,
    Compose,
    Kubernetes,
    Licence,
    Other,
    KubernetesBinary,
    KubernetesImages,
    KubernetesInstall
};

struct BundleFile {
    std::string path;    ///< relative, '/' separated
    uint64_t size = 0;   ///< bytes
    std::string sha256;  ///< hex
    BundleFileKind kind = BundleFileKind::Other;
    bool operator==(const BundleFile&) const = default;
};

struct BundleImage {
    std::string reference;  ///< "finclip/database:10.11"
    /// "sha256:..." of the image's configuration: what is there by digest is not sent
    std::string id;
    RoleId role;
    std::string file;           ///< path of a BundleFile
    std::vector<ModeId> modes;  ///< in which it is used; empty: in each that has the role

    bool isFor(const ModeId& mode) const;
    bool operator==(const BundleImage&) const = default;
};

struct BundleComponent {
    std::string id;
    std::string version;
    std::string licence;
    bool operator==(const BundleComponent&) const = default;
};

/// bundle.yaml, format 1: `format, product, version, arch, minimum_wizard, kernel_minimum,
/// os: [{id, versions}], modes, components: [{id, version, licence}], images: [{reference, id,
/// role, file, modes}], files: [{path, size, sha256, kind}]`; an image's `modes` may be absent. It
/// lists every file but itself, SHA256SUMS and SHA256SUMS.sig; kinds are docker_engine,
/// docker_compose, image, compose, kubernetes (below app/k8s), licence, other, and, below
/// k8s/<distribution>, kubernetes_binary, kubernetes_images, kubernetes_install.
struct BundleManifest {
    std::string product;
    std::string version;
    std::string arch;           ///< "x86_64"
    std::string minimumWizard;  ///< "0.1.0"
    std::string kernelMinimum;  ///< "3.10"
    std::vector<OsRelease> systems;
    std::vector<ModeId> modes;
    std::vector<BundleComponent> components;
    std::vector<BundleImage> images;
    std::vector<BundleFile> files;

    const BundleFile* file(const std::string& path) const;
    std::vector<BundleFile> ofKind(BundleFileKind kind) const;
    uint64_t totalBytes() const;
    bool operator==(const BundleManifest&) const = default;
};

/// Strict; paths are what names.h allows. Errors carry line and column. FormatTooNew names the
/// format.
Result<BundleManifest> readManifest(std::string_view yaml, const std::string& name);

}  // namespace deploy
