#include <algorithm>

#include "catalog/catalog_parts.h"
#include "catalog/quantity.h"
#include "catalog/read_catalog.h"

namespace deploy {

namespace {

constexpr int64_t kMostServers = 10'000;
constexpr int64_t kMostTps = 100'000'000;

int readCount(YamlMap& map, const std::string& key) {
    return static_cast<int>(map.requiredInteger(key, 0, kMostServers));
}

void readSize(YamlMap& mode, const std::string& key, ServerSize& size, int& tps) {
    const auto value = mode.requiredValue(key);
    if (!value)
        return;
    YamlMap map(*value);
    size.cores = readCores(map, "cores");
    size.memoryBytes = readBytes(map, "memory");
    size.diskBytes = readBytes(map, "disk");
    tps = static_cast<int>(map.requiredInteger("tps", 1, kMostTps));
    if (auto done = map.finish(); !done)
        mode.reject(done.error());
}

void readServers(YamlMap& map, Mode& mode) {
    const auto value = map.requiredValue("servers");
    if (!value)
        return;
    YamlMap servers(*value);
    mode.servers = readCount(servers, "count");
    mode.serversMaximum =
        static_cast<int>(servers.optionalInteger("maximum", mode.servers, kMostServers, 0));
    mode.opsServers = readCount(servers, "ops");
    if (auto done = servers.finish(); !done)
        map.reject(done.error());
}

RoleCount readRoleCount(YamlMap& map, const Mode& mode, const Catalog& catalog) {
    RoleCount count;
    count.role = readRole(map, "role", catalog);
    if (mode.count(count.role) != nullptr)
        rejectValue(map, "role", count.role.str(), {});
    count.minimum = readCount(map, "minimum");
    count.maximum = static_cast<int>(
        map.optionalInteger("maximum", std::max(count.minimum, 1), kMostServers, 0));
    count.suggested = static_cast<int>(map.requiredInteger(
        "suggested", count.minimum, count.maximum == 0 ? kMostServers : count.maximum));
    count.processes = static_cast<int>(map.optionalInteger("processes", 1, kMostServers, 0));
    count.source = readSource(map);
    return count;
}

}  // namespace

Result<void> readModes(std::string_view text, const std::string& name, Catalog& catalog) {
    std::set<std::string> seen;
    return readText(text, name, [&](YamlMap& map) {
        readEntries(map, "modes", [&](YamlMap& entry) {
            Mode mode;
            mode.id = ModeId(readNewId(entry, "id", seen));
            mode.source = readSource(entry);
            readServers(entry, mode);
            readSize(entry, "minimum", mode.minimum, mode.tpsMinimum);
            readSize(entry, "recommended", mode.recommended, mode.tpsRecommended);
            mode.kubernetes = entry.requiredBool("kubernetes");
            mode.ssdRecommended = entry.requiredBool("ssd_recommended");
            mode.survivesServers = readCount(entry, "survives_servers");
            readEntries(entry, "roles", [&](YamlMap& role) {
                mode.roles.push_back(readRoleCount(role, mode, catalog));
            });
            catalog.modes.push_back(std::move(mode));
        });
    });
}

}  // namespace deploy
