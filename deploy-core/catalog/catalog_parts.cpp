#include "catalog/catalog_parts.h"

#include <algorithm>

namespace deploy {

namespace {

template <class Entry>
std::string idsOf(const std::vector<Entry>& entries) {
    std::string text;
    for (const Entry& entry : entries)
        text += (text.empty() ? "" : ", ") + entry.id.str();
    return text;
}

}  // namespace

void readEntries(YamlMap& map, const std::string& key,
                 const std::function<void(YamlMap&)>& readEntry) {
    for (const YamlValue& value : map.requiredSequence(key)) {
        YamlMap entry(value);
        readEntry(entry);
        if (auto done = entry.finish(); !done)
            return map.reject(done.error());
    }
}

Result<void> readText(std::string_view text, const std::string& name,
                      const std::function<void(YamlMap&)>& read) {
    const auto root = parseYaml(text, name);
    if (!root)
        return tl::unexpected(root.error());
    YamlMap map(*root);
    read(map);
    return map.finish();
}

void rejectValue(YamlMap& map, const std::string& key, const std::string& value,
                 const std::string& allowed) {
    Args args = {{"key", key}, {"value", value}};
    if (!allowed.empty())
        args.emplace("allowed", allowed);
    map.reject(Error{ErrorCode::ValueInvalid, map.where(key), {}, std::move(args)});
}

std::string readNewId(YamlMap& map, const std::string& key, std::set<std::string>& seen) {
    std::string id = map.requiredString(key);
    const auto usual = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    };
    if (!std::all_of(id.begin(), id.end(), usual) || !seen.insert(id).second)
        rejectValue(map, key, id, {});
    return id;
}

std::string readSource(YamlMap& map) {
    static const std::vector<std::string> kSources = {"seed",    "vendor", "k3s", "docker",
                                                      "mariadb", "redis",  "est"};
    const auto index = map.requiredWord<size_t>("source", kSources);
    return kSources.at(index);
}

std::vector<std::string> readWords(YamlMap& map, const std::string& key) {
    const auto value = map.requiredValue(key);
    auto words = map.optionalStrings(key);
    if (value && words.empty())
        rejectValue(map, key, "[]", {});
    return words;
}

RoleId readRole(YamlMap& map, const std::string& key, const Catalog& catalog) {
    RoleId role(map.requiredString(key));
    if (catalog.role(role) == nullptr)
        rejectValue(map, key, role.str(), idsOf(catalog.roles));
    return role;
}

std::vector<RoleId> readRoleList(YamlMap& map, const std::string& key, const Catalog& catalog) {
    std::vector<RoleId> roles;
    for (const std::string& name : readWords(map, key)) {
        roles.emplace_back(name);
        if (catalog.role(roles.back()) == nullptr)
            rejectValue(map, key, name, idsOf(catalog.roles));
    }
    return roles;
}

std::vector<ModeId> readModeList(YamlMap& map, const Catalog& catalog) {
    std::vector<ModeId> modes;
    for (const std::string& name : readWords(map, "modes")) {
        modes.emplace_back(name);
        if (catalog.mode(modes.back()) == nullptr)
            rejectValue(map, "modes", name, idsOf(catalog.modes));
    }
    return modes;
}

}  // namespace deploy
