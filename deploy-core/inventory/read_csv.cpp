#include <algorithm>

#include "inventory/columns.h"
#include "inventory/csv.h"
#include "inventory/readers.h"

namespace deploy {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string trimmed(const std::string& text) {
    const size_t first = text.find_first_not_of(" \t");
    const size_t last = text.find_last_not_of(" \t");
    return first == std::string::npos ? std::string() : text.substr(first, last + 1 - first);
}

tl::unexpected<Error> invalid(const std::string& where, const char* problem,
                              const std::string& value = {}) {
    return fail(ErrorCode::CsvInvalid, where, {}, {{"problem", problem}, {"value", value}});
}

/// Which column each cell of a line belongs to.
Result<std::vector<std::string>> readHeader(const std::vector<CsvCell>& cells) {
    std::vector<std::string> columns;
    for (const CsvCell& cell : cells) {
        const std::string column = columnOfHeading(trimmed(cell.text));
        if (column.empty())
            return invalid(cell.where, "unknown_column", cell.text);
        if (std::find(columns.begin(), columns.end(), column) != columns.end())
            return invalid(cell.where, "duplicate_column", cell.text);
        columns.push_back(column);
    }
    for (const char* needed : {"name", "address"})
        if (std::find(columns.begin(), columns.end(), needed) == columns.end())
            return invalid(cells.front().where, "missing_column", needed);
    return columns;
}

Result<void> readRow(const std::vector<std::string>& columns, const std::vector<CsvCell>& cells,
                     InventoryImport& import) {
    const auto isEmpty = [](const CsvCell& cell) { return trimmed(cell.text).empty(); };
    if (std::all_of(cells.begin(), cells.end(), isEmpty))
        return {};
    if (cells.size() > columns.size())
        return invalid(cells[columns.size()].where, "too_many_cells", cells[columns.size()].text);
    Host host;
    for (size_t i = 0; i < cells.size(); ++i) {
        const std::string text = columns[i] == "notes" ? cells[i].text : trimmed(cells[i].text);
        if (const CellOutcome outcome = setCell(host, columns[i], text); !outcome.taken)
            import.unreadable.push_back({import.inventory.hosts.size(),
                                         columns[i],
                                         outcome.reason,
                                         {{ "value",
                                            text }},
                                         cells[i].where});
    }
    import.inventory.hosts.push_back(std::move(host));
    return {};
}

}  // namespace

Result<InventoryImport> importInventoryCsv(std::string_view text, const std::string& name) {
    constexpr size_t kLimitBytes = 2U << 20U;
    if (text.size() > kLimitBytes)
        return fail(ErrorCode::FileTooLarge, name, {},
                    {{"limit_bytes", std::to_string(kLimitBytes)}});
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    const auto rows = parseCsv(text, name);
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->empty())
        return invalid(name + ":1:1", "empty");
    const auto columns = readHeader(rows->front());
    if (!columns)
        return tl::unexpected(columns.error());
    InventoryImport import;
    for (size_t row = 1; row < rows->size(); ++row)
        if (auto done = readRow(*columns, (*rows)[row], import); !done)
            return tl::unexpected(done.error());
    return import;
}

std::string writeInventoryCsv(const Inventory& inventory) {
    std::string text(kByteOrderMark);
    text += writeCsvLine(inventoryColumns());
    for (const Host& host : inventory.hosts) {
        std::vector<std::string> cells;
        for (const std::string& column : inventoryColumns())
            cells.push_back(cellText(host, column));
        text += writeCsvLine(cells);
    }
    return text;
}

}  // namespace deploy
