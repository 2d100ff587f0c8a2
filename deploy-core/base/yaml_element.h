#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/yaml.h"

namespace deploy {

/// Counted from 1; columns in characters, not bytes.
struct YamlPosition {
    size_t line = 1;
    size_t column = 1;
};

/// "name:line:column".
std::string yamlPlace(const std::string& name, YamlPosition position);

struct YamlValue::Element {
    Kind kind = Kind::Null;
    YamlPosition position;
    YamlPosition key;               ///< of its key, in a mapping; else its own
    std::string scalar;             ///< Kind::Scalar
    std::string tag;                ///< empty without one
    std::vector<std::string> keys;  ///< Kind::Mapping; beside `items`
    std::vector<std::shared_ptr<const Element>> items;
    std::shared_ptr<const std::string> name;  ///< of the text

    std::string where() const { return yamlPlace(*name, position); }
    std::string whereKey() const { return yamlPlace(*name, key); }
};

}  // namespace deploy
