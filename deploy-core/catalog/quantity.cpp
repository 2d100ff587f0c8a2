#include "catalog/quantity.h"

#include <charconv>
#include <vector>

namespace deploy {

namespace {

struct Unit {
    std::string name;
    double factor;
};

double reject(YamlMap& map, const std::string& key, const std::string& text,
              const std::vector<Unit>& units) {
    std::string allowed;
    for (const Unit& unit : units)
        allowed += (allowed.empty() ? "" : ", ") + unit.name;
    map.reject(Error{ErrorCode::ValueInvalid,
                     map.where(key),
                     {},
                     {{"key", key}, {"value", text}, {"allowed", allowed}}});
    return 0;
}

double read(YamlMap& map, const std::string& key, const std::vector<Unit>& units) {
    const std::string text = map.requiredString(key);
    const size_t space = text.find(' ');
    if (text.empty())
        return 0;
    double number = 0;
    const char* end = text.data() + std::min(space, text.size());
    const auto parsed = std::from_chars(text.data(), end, number, std::chars_format::fixed);
    const bool isNumber =
        parsed.ec == std::errc() && parsed.ptr == end && text.front() >= '0' && text.front() <= '9';
    if (!isNumber || space == std::string::npos)
        return reject(map, key, text, units);
    for (const Unit& unit : units)
        if (text.substr(space + 1) == unit.name)
            return number * unit.factor;
    return reject(map, key, text, units);
}

}  // namespace

uint64_t readBytes(YamlMap& map, const std::string& key) {
    constexpr double kMega = 1U << 20U;
    return static_cast<uint64_t>(
        read(map, key, {{"MB", kMega}, {"GB", kMega * 1024}, {"TB", kMega * 1024 * 1024}}));
}

int readCores(YamlMap& map, const std::string& key) {
    return static_cast<int>(read(map, key, {{"cores", 1}}));
}

double readQuantity(YamlMap& map, const std::string& key, const std::string& unit) {
    return read(map, key, {{unit, 1}});
}

}  // namespace deploy
