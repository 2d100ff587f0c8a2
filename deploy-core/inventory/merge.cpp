#include "inventory/merge.h"

#include <map>
#include <set>

#include "inventory/columns.h"

namespace deploy {

namespace {

std::vector<std::string> differing(const Host& before, const Host& after) {
    std::vector<std::string> columns;
    for (const std::string& column : inventoryColumns())
        if (cellText(before, column) != cellText(after, column))
            columns.push_back(column);
    return columns;
}

}  // namespace

MergedInventory mergeInventories(const Inventory& present, const Inventory& imported,
                                 ImportMode mode) {
    std::map<std::string, size_t> rowOf;
    for (size_t row = 0; row < present.hosts.size(); ++row)
        rowOf.emplace(present.hosts[row].name.str(), row);
    MergedInventory merged;
    if (mode == ImportMode::Merge)
        merged.inventory = present;
    std::set<std::string> taken;
    std::vector<Host>& hosts = merged.inventory.hosts;
    for (const Host& host : imported.hosts) {
        const auto found = rowOf.find(host.name.str());
        ImportedRow row{ImportEffect::New, hosts.size(), {}, {}};
        if (found != rowOf.end() && taken.insert(host.name.str()).second) {
            row.before = present.hosts[found->second];
            row.columns = differing(row.before, host);
            row.effect = row.columns.empty() ? ImportEffect::Same : ImportEffect::Changed;
            if (mode == ImportMode::Merge)
                row.row = found->second;
        }
        if (row.row == hosts.size())
            hosts.push_back(host);
        else
            hosts[row.row] = host;
        merged.rows.push_back(std::move(row));
    }
    if (mode == ImportMode::Replace)
        for (const Host& host : present.hosts)
            if (!taken.contains(host.name.str()))
                merged.removed.push_back(host.name);
    return merged;
}

}  // namespace deploy
