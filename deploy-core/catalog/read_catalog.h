#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace deploy {

/// The readers of the catalogue's files, each into its part of the catalogue; what a file refers to
/// (roles, modes) must have been read before it. `name` is what errors call the text.
Result<void> readRoles(std::string_view text, const std::string& name, Catalog& catalog);
Result<void> readModes(std::string_view text, const std::string& name, Catalog& catalog);
Result<void> readPorts(std::string_view text, const std::string& name, Catalog& catalog);
Result<void> readConstraints(std::string_view text, const std::string& name, Catalog& catalog);
Result<void> readSystems(std::string_view text, const std::string& name, Catalog& catalog);
Result<void> readThresholds(std::string_view text, const std::string& name, Catalog& catalog);

}  // namespace deploy
