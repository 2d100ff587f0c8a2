#pragma once

#include "plan/planner_steps.h"

namespace deploy {

/// The generated secrets that a server keeps as files: values SECRETS and secrets of app/secrets.
struct SecretFiles {
    std::string lines;
    std::map<std::string, std::string> variables;  ///< shell variable -> name in the vault
};

SecretFiles secretFiles(const std::vector<std::string>& names);

/// The folder of the secrets' files on every server.
std::string secretsFolder(const Settings& settings);

}  // namespace deploy
