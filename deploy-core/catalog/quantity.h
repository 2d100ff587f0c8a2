#pragma once

#include <cstdint>
#include <string>

#include "base/yaml.h"

namespace deploy {

/// Quantities of the catalogue: a number, a space, and a unit ("8 GB"). A quantity without a unit,
/// with an unknown one or with that of another dimension is ValueInvalid at its place; args "key",
/// "value", "allowed".

/// MB, GB, TB: powers of 1024. In bytes.
uint64_t readBytes(YamlMap& map, const std::string& key);
/// "4 cores".
int readCores(YamlMap& map, const std::string& key);
/// A quantity in exactly this unit.
double readQuantity(YamlMap& map, const std::string& key, const std::string& unit);

}  // namespace deploy
