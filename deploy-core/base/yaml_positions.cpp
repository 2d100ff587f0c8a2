#include "base/yaml_positions.h"

#include <algorithm>

namespace deploy {

namespace {

constexpr size_t kBlock = 256;

bool startsCharacter(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

}  // namespace

std::string yamlPlace(const std::string& name, YamlPosition position) {
    return name + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

YamlPositions::YamlPositions(std::string_view text) : text_(text), lineStarts_{0} {
    size_t characters = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        if (i % kBlock == 0)
            charactersBeforeBlock_.push_back(characters);
        if (startsCharacter(text[i]))
            ++characters;
        if (text[i] == '\n')
            lineStarts_.push_back(i + 1);
    }
    charactersBeforeBlock_.push_back(characters);
}

size_t YamlPositions::charactersBefore(size_t offset) const {
    const size_t block = offset / kBlock;
    const auto first = text_.begin() + static_cast<std::ptrdiff_t>(block * kBlock);
    const auto last = text_.begin() + static_cast<std::ptrdiff_t>(offset);
    return charactersBeforeBlock_[block] +
           static_cast<size_t>(std::count_if(first, last, startsCharacter));
}

YamlPosition YamlPositions::at(size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto next = std::upper_bound(lineStarts_.begin(), lineStarts_.end(), offset);
    const size_t start = *(next - 1);
    return {.line = static_cast<size_t>(next - lineStarts_.begin()),
            .column = charactersBefore(offset) - charactersBefore(start) + 1};
}

}  // namespace deploy
