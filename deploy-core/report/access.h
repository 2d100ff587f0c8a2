#pragma once

#include <string>
#include <vector>

#include "report/report.h"

namespace deploy {

/// Where users come in.
struct Entry {
    std::string url;
    HostId server;  ///< none for an address that a person gave in the settings
    bool operator==(const Entry&) const = default;
};
/// As installed, whatever was chosen since: a single node's ENTRY_ADDRESS and ENTRY_PORT; a
/// cluster's ENTRY_ADDRESS, or, where nothing stands before its servers, what its verification asks
/// (ENTRIES). Before that, as chosen: an address of the settings, a cluster's virtual address or
/// own load balancer; without one, every server with the role `gateway`, or, where the drawing has
/// none, every server with a role. `applied`: the plan that was, or null.
std::vector<Entry> entriesOf(const Plan* applied, const ProjectContent& project, const Mode& mode);
std::vector<Entry> entriesOf(const Report& report);

/// The administrator's account, as installed (ADMIN_ACCOUNT), else as chosen.
std::string adminAccountOf(const Report& report);

/// A generated secret that lies on a server, in a file that root alone reads.
struct CredentialPlace {
    HostId server;
    std::string name;  ///< in the vault
    std::string path;  ///< on the server
    bool operator==(const CredentialPlace&) const = default;
};
/// From the values SECRETS_DIR and SECRETS (lines "file VARIABLE") of the steps that write secrets.
/// Never what the secrets are: a plan does not hold that.
std::vector<CredentialPlace> credentialsOf(const Plan& plan);

/// How to do one everyday thing, as a line for a shell, or a page for a browser.
struct Operation {
    std::string id;  ///< "status", "stop", "start", "monitor", "grafana", "verify", "remove",
                     ///< "remove_data"
    HostId server;   ///< where to type it; none: on the laptop (with the project folder)
    std::string command;
    bool operator==(const Operation&) const = default;
};
/// For what the applied plan has installed; empty where nothing is installed.
std::vector<Operation> operationsOf(const Report& report);

/// The product's licence file, which a bundle may lack.
enum class LicenceSlot { NotKnown, Present, Missing };
LicenceSlot licenceOf(const Report& report);

}  // namespace deploy
