#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "inventory/readers.h"

namespace deploy {

/// One cell, and where it begins: "servers.csv:3:14" (line and column from 1, in characters) or
/// "servers.xlsx:Sheet1!B3".
struct TableCell {
    std::string text;
    std::string where;
    std::string problem;  ///< reason why its text is not to be taken ("formula"); empty: it is
};
using Table = std::vector<std::vector<TableCell>>;

/// Empty rows count, as they cost the same.
constexpr size_t kMostTableRows = kMostServers + 1;
constexpr size_t kMostTableColumns = 64;

/// Rows below a row of headings (columns.h), in any order, "name" and "address" at least. Spaces
/// around a cell's text do not count, except in notes; empty rows are left out. CsvInvalid with
/// args "problem" and "value".
Result<InventoryImport> importTable(const Table& table, const std::string& name);

}  // namespace deploy
