#include "inventory/table.h"

#include <algorithm>

#include "inventory/columns.h"

namespace deploy {

namespace {

std::string trimmed(const std::string& text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const size_t first = text.find_first_not_of(kSpace);
    const size_t last = text.find_last_not_of(kSpace);
    return first == std::string::npos ? std::string() : text.substr(first, last + 1 - first);
}

tl::unexpected<Error> invalid(const std::string& where, const char* problem,
                              const std::string& value = {}) {
    return fail(ErrorCode::CsvInvalid, where, {}, {{"problem", problem}, {"value", value}});
}

/// Which column each cell of a line belongs to; empty for a cell behind the last heading.
Result<std::vector<std::string>> readHeader(std::vector<TableCell> cells) {
    while (cells.size() > 1 && trimmed(cells.back().text).empty())
        cells.pop_back();
    std::vector<std::string> columns;
    for (const TableCell& cell : cells) {
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

bool isEmpty(const TableCell& cell) {
    return trimmed(cell.text).empty() && cell.problem.empty();
}

Result<void> readRow(const std::vector<std::string>& columns, const std::vector<TableCell>& cells,
                     InventoryImport& import) {
    if (std::all_of(cells.begin(), cells.end(), isEmpty))
        return {};
    Host host;
    ImportPlace place{cells.front().where, {}};
    for (size_t i = 0; i < cells.size(); ++i) {
        if (i >= columns.size()) {
            if (isEmpty(cells[i]))
                continue;
            return invalid(cells[i].where, "too_many_cells", cells[i].text);
        }
        const std::string text = columns[i] == "notes" ? cells[i].text : trimmed(cells[i].text);
        place.cells.emplace(columns[i], cells[i].where);
        const CellOutcome outcome = cells[i].problem.empty() ? setCell(host, columns[i], text)
                                                             : CellOutcome{false, cells[i].problem};
        if (!outcome.taken)
            import.unreadable.push_back({import.inventory.hosts.size(),
                                         columns[i],
                                         outcome.reason,
                                         {{ "value",
                                            text }},
                                         cells[i].where});
    }
    import.inventory.hosts.push_back(std::move(host));
    import.places.push_back(std::move(place));
    return {};
}

}  // namespace

Result<InventoryImport> importTable(const Table& table, const std::string& name) {
    // Spreadsheets often leave empty rows above the headings.
    const auto header = std::find_if(table.begin(), table.end(), [](const auto& row) {
        return !std::all_of(row.begin(), row.end(), isEmpty);
    });
    if (header == table.end())
        return invalid(name + ":1:1", "empty");
    const auto columns = readHeader(*header);
    if (!columns)
        return tl::unexpected(columns.error());
    InventoryImport import;
    for (auto row = header + 1; row != table.end(); ++row)
        if (auto done = readRow(*columns, *row, import); !done)
            return tl::unexpected(done.error());
    return import;
}

}  // namespace deploy
