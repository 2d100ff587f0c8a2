#include "base/yaml.h"
#include "inventory/columns.h"
#include "inventory/import_parts.h"
#include "inventory/readers.h"

namespace deploy {

namespace {

constexpr int64_t kFormat = 1;

Result<void> readServer(const YamlValue& value, InventoryImport& import) {
    YamlMap map(value);
    Host host;
    ImportPlace place{value.where(), {}};
    for (const std::string& column : inventoryColumns()) {
        const std::string text = map.optionalString(column);
        place.cells.emplace(column, map.where(column));
        if (const CellOutcome outcome = setCell(host, column, text); !outcome.taken)
            import.unreadable.push_back({import.inventory.hosts.size(),
                                         column,
                                         outcome.reason,
                                         {{ "value",
                                            text }},
                                         map.where(column)});
    }
    import.inventory.hosts.push_back(std::move(host));
    import.places.push_back(std::move(place));
    return map.finish();
}

}  // namespace

Result<InventoryImport> importInventoryYaml(std::string_view text, const std::string& name) {
    const auto root = parseYaml(text, name);
    if (!root)
        return tl::unexpected(root.error());
    YamlMap map(*root);
    const int64_t format = map.requiredInteger("format", 1, INT64_MAX);
    if (format > kFormat)
        return fail(ErrorCode::FormatTooNew, map.where("format"), {},
                    {{"format", std::to_string(format)}, {"known", std::to_string(kFormat)}});
    InventoryImport import;
    const std::vector<YamlValue> servers = map.requiredSequence("servers");
    if (servers.size() > kMostServers)
        return tooManyServers(servers[kMostServers].where());
    for (const YamlValue& server : servers)
        if (auto done = readServer(server, import); !done)
            map.reject(done.error());
    if (auto done = map.finish(); !done)
        return tl::unexpected(done.error());
    return import;
}

std::string writeInventoryYaml(const Inventory& inventory) {
    std::string text = "format: 1\nservers:";
    if (inventory.hosts.empty())
        return text + " []\n";
    text += '\n';
    const Host absent;
    for (const Host& host : inventory.hosts) {
        std::string line;
        for (const std::string& column : inventoryColumns()) {
            const std::string value = cellText(host, column);
            // What has a default other than "empty" is always written: a later default may differ.
            if (value.empty() && cellText(absent, column).empty())
                continue;
            line += (line.empty() ? "" : ", ") + column + ": ";
            line += column == "port" ? value : yamlQuote(value);
        }
        text += "  - {" + line + "}\n";
    }
    return text;
}

}  // namespace deploy
