#include "plan/settings.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/utf8.h"
#include "probe/addresses.h"

namespace deploy {

namespace {

constexpr size_t kPathLimitBytes = 512;
constexpr size_t kNameLimitBytes = 253;

bool plain(const std::string& text) {
    return isUtf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

/// Letters, digits and - . : [ ] only: what a host name, an address and a compose value share.
bool isReachedBy(const std::string& text) {
    return text.size() <= kNameLimitBytes && !text.starts_with('-') &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.' || c == ':' || c == '[' || c == ']';
           });
}

/// Absolute, below a folder of its own, without "..", a space or a sign that units, compose files
/// or mount options read as their own.
bool isFolder(const std::string& text) {
    const std::filesystem::path path(text);
    const bool signs = std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '/' || c == '-' || c == '_' || c == '.';
    });
    return signs && text.size() <= kPathLimitBytes && path.is_absolute() &&
           path.lexically_normal().string() == text && !path.filename().empty() &&
           path != path.root_path();
}

/// With all that is in them: the system's own, what it empties, and the state of what we bring.
constexpr std::array kSystemTrees = {"/bin",
                                     "/boot",
                                     "/dev",
                                     "/etc",
                                     "/lib",
                                     "/lib32",
                                     "/lib64",
                                     "/libx32",
                                     "/lost+found",
                                     "/proc",
                                     "/run",
                                     "/sbin",
                                     "/sys",
                                     "/tmp",
                                     "/usr",
                                     "/var/backups",
                                     "/var/cache",
                                     "/var/lib/containerd",
                                     "/var/lib/dpkg",
                                     "/var/lib/docker",
                                     "/var/lib/finclip-deploy",
                                     "/var/lib/kubelet",
                                     "/var/lib/rancher",
                                     "/var/lib/rpm",
                                     "/var/lock",
                                     "/var/log",
                                     "/var/mail",
                                     "/var/run",
                                     "/var/spool",
                                     "/var/tmp"};

/// These hold folders of many; one of ours may be in them.
constexpr std::array kSharedFolders = {"/home", "/media", "/mnt", "/opt",
                                       "/root", "/srv",   "/var", "/var/lib"};

bool inside(const std::string& inner, const std::string& outer) {
    return inner == outer || inner.starts_with(outer + "/");
}

/// The folder of the system that `text` is, or is in; empty: none.
std::string systemFolderOf(const std::string& text) {
    for (const char* tree : kSystemTrees)
        if (inside(text, tree))
            return tree;
    const auto* const shared = std::find(kSharedFolders.begin(), kSharedFolders.end(), text);
    return shared == kSharedFolders.end() ? "" : *shared;
}

Result<void> validateFolder(const char* field, const std::string& folder) {
    if (const std::string system = systemFolderOf(folder); !system.empty() || folder == "/")
        return fail(ErrorCode::FolderOfSystem, field, system.empty() ? folder : system,
                    {{"value", folder}});
    if (!isFolder(folder))
        return fail(ErrorCode::ValueInvalid, field, {}, {{"value", folder}});
    return {};
}

bool isAccount(const std::string& text) {
    return !text.empty() && text.size() <= 64 && plain(text) && !text.starts_with('-') &&
           text.find_first_of(" \t'\"\\$:/") == std::string::npos;
}

/// One IPv4 address, written in full.
bool isIpv4(const std::string& text) {
    return text.find('/') == std::string::npos && Network::parse(text).has_value();
}

/// An IPv4 network that holds the pods or services of at least a small cluster.
std::optional<Network> networkOf(const std::string& text) {
    constexpr int kSmallest = 24;
    const auto network = Network::parse(text);
    return network && network->prefix >= 8 && network->prefix <= kSmallest ? network : std::nullopt;
}

tl::unexpected<Error> invalid(const char* field, const std::string& value) {
    return fail(ErrorCode::ValueInvalid, field, {}, {{"value", value}});
}

Result<void> validateCluster(const Settings& settings) {
    if (!settings.virtualAddress.empty() && !isIpv4(settings.virtualAddress))
        return invalid("virtual_address", settings.virtualAddress);
    if (settings.vrrpId == 0)
        return invalid("vrrp_id", "0");
    if (!isReachedBy(settings.externalLoadBalancer))
        return invalid("external_load_balancer", settings.externalLoadBalancer);
    const auto pods = networkOf(settings.podCidr);
    const auto services = networkOf(settings.serviceCidr);
    if (!pods)
        return invalid("pod_cidr", settings.podCidr);
    if (!services || services->overlaps(*pods))
        return invalid("service_cidr", settings.serviceCidr);
    return {};
}

}  // namespace

std::string distributionName(KubernetesDistribution distribution) {
    return distribution == KubernetesDistribution::K3s ? "k3s" : "rke2";
}

Result<void> validateSettings(const Settings& settings) {
    if (!isReachedBy(settings.entryAddress))
        return invalid("entry_address", settings.entryAddress);
    if (settings.entryPort == 0)
        return invalid("entry_port", "0");
    if (auto valid = validateFolder("data_directory", settings.dataDirectory); !valid)
        return valid;
    if (auto valid = validateFolder("install_directory", settings.installDirectory); !valid)
        return valid;
    if (inside(settings.dataDirectory, settings.installDirectory) ||
        inside(settings.installDirectory, settings.dataDirectory))
        return invalid("install_directory", settings.installDirectory);
    if (!isAccount(settings.adminAccount))
        return invalid("admin_account", settings.adminAccount);
    return validateCluster(settings);
}

}  // namespace deploy
