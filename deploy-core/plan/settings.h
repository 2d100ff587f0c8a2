#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace deploy {

enum class ExistingDocker { Refuse, Reuse };
enum class KubernetesDistribution { K3s, Rke2 };

/// What a person chooses besides servers and topology; every field has a usable default.
struct Settings {
    std::string entryAddress;   ///< domain or address by which users come; empty: the server's own
    uint16_t entryPort = 8000;  ///< seed: the single node's entry port
    std::string dataDirectory = "/data/finclip";
    std::string installDirectory = "/opt/finclip";
    std::string adminAccount = "admin";
    ExistingDocker existingDocker = ExistingDocker::Refuse;
    // Of the cluster modes only.
    std::string virtualAddress;        ///< IPv4, held by one of the two load balancers
    uint8_t vrrpId = 51;               ///< 1-255, the only one of its number in the network
    std::string externalLoadBalancer;  ///< address of a customer's own; empty: the role's servers
    std::string podCidr = "10.42.0.0/16";
    std::string serviceCidr = "10.43.0.0/16";
    KubernetesDistribution distribution = KubernetesDistribution::K3s;
    bool operator==(const Settings&) const = default;
};

/// "k3s", "rke2": as in bundle folders and files.
std::string distributionName(KubernetesDistribution distribution);

/// Errors name the field in `where`. ValueInvalid: absolute clean paths, port 1-65535, names
/// without control characters, IPv4 addresses and networks, pod and service network apart.
/// FolderOfSystem: a folder that belongs to the system itself or to other programs, or that the
/// system empties (detail: which).
Result<void> validateSettings(const Settings& settings);

}  // namespace deploy
