#include "inventory/columns.h"
#include "inventory/csv.h"
#include "inventory/readers.h"

namespace deploy {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string tableText(const Inventory& inventory, char separator) {
    std::string text = writeCsvLine(inventoryColumns(), separator);
    for (const Host& host : inventory.hosts) {
        std::vector<std::string> cells;
        for (const std::string& column : inventoryColumns())
            cells.push_back(cellText(host, column));
        text += writeCsvLine(cells, separator);
    }
    return text;
}

}  // namespace

Result<InventoryImport> importInventoryCsv(std::string_view text, const std::string& name) {
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    const auto table = parseCsv(text, name);
    if (!table)
        return tl::unexpected(table.error());
    auto import = importTable(*table, name);
    if (import)
        import->format = InventoryFormat::Csv;
    return import;
}

std::string writeInventoryCsv(const Inventory& inventory) {
    return std::string(kByteOrderMark) + tableText(inventory, ',');
}

std::string writeInventoryTable(const Inventory& inventory) {
    return tableText(inventory, '\t');
}

}  // namespace deploy
