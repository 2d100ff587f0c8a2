#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/yaml.h"
#include "catalog/catalog.h"

namespace deploy {

/// What the readers of the catalogue's files have in common.

/// Reads `key: [{...}, ...]` of a mapping; `readEntry` reads one mapping and rejects what is wrong
/// in it. An entry's unknown keys are errors.
void readEntries(YamlMap& map, const std::string& key,
                 const std::function<void(YamlMap&)>& readEntry);

/// The whole text as a mapping; `read` reads its keys.
Result<void> readText(std::string_view text, const std::string& name,
                      const std::function<void(YamlMap&)>& read);

/// An id that no entry before it has; ValueInvalid otherwise.
std::string readNewId(YamlMap& map, const std::string& key, std::set<std::string>& seen);

/// The word for where a figure comes from: seed, vendor, k3s, docker, mariadb, redis, est.
std::string readSource(YamlMap& map);

/// A list of at least one word.
std::vector<std::string> readWords(YamlMap& map, const std::string& key);

/// Ids of roles or modes that the catalogue has; at least one.
RoleId readRole(YamlMap& map, const std::string& key, const Catalog& catalog);
std::vector<RoleId> readRoleList(YamlMap& map, const std::string& key, const Catalog& catalog);
std::vector<ModeId> readModeList(YamlMap& map, const Catalog& catalog);

/// Rejects a value of `key` with what would be allowed.
void rejectValue(YamlMap& map, const std::string& key, const std::string& value,
                 const std::string& allowed);

}  // namespace deploy
