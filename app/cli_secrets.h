#pragma once

#include "cli_app.h"
#include "inventory/credentials.h"

namespace deploy::cli {

enum class VaultUse { NotNeeded, Needed };

/// The secrets for the project's servers: from --secret-fd as one YAML map, else asked on the
/// terminal without echo. CredentialMissing where neither is there.
Result<Credentials> readSecrets(const Cli& cli, const ProjectFolder& project, VaultUse vault);

/// The passphrase of a secret key file; `name` is how the YAML map of --secret-fd calls it.
Result<Secret> readPassphrase(const Cli& cli, const std::string& question);

/// Opens the project's vault with the passphrase of the credentials.
Result<Vault> openVault(const ProjectFolder& project, const Credentials& credentials);

/// Asks a question on the terminal, with echo. Empty where there is no terminal.
std::string askOnTerminal(const std::string& question);
bool haveTerminal();

}  // namespace deploy::cli
