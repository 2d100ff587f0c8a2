#pragma once

#include "plan/planner.h"

namespace deploy {

/// What the compose application of a single node is made from.
struct ComposeApp {
    /// One of its files: where it lies in the bundle, and where below the install directory.
    struct File {
        BundleFile source;
        std::string path;
    };
    std::vector<File> files;
    std::string dataFolder;
    std::string secretsFolder;
    std::string fileLines;         ///< value FILES of app/config
    std::string environmentLines;  ///< the lines of .env
    std::string secretLines;       ///< value SECRETS of app/secrets
    std::map<std::string, std::string> secrets;
    std::string mounted;  ///< digest of the files that compose mounts but does not compare
};

ComposeApp composeAppOf(const PlanInput& input, const Host& host);

}  // namespace deploy
