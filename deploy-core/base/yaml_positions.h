#pragma once

#include <string_view>
#include <vector>

#include "base/yaml_element.h"

namespace deploy {

/// Line and column of a byte of a UTF-8 text, in constant time wherever it lies: a text of one
/// line with 200,000 values must not be walked from its start for each.
class YamlPositions {
public:
    /// The text must outlive this object.
    explicit YamlPositions(std::string_view text);

    /// An offset beyond the end means the end.
    YamlPosition at(size_t offset) const;

private:
    size_t charactersBefore(size_t offset) const;

    std::string_view text_;
    std::vector<size_t> lineStarts_;
    std::vector<size_t> charactersBeforeBlock_;
};

}  // namespace deploy
