#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inventory/table.h"

namespace deploy {

/// RFC 4180; lines may end in LF or CR as well. The separator is what first stands between the
/// cells of the first line: comma, semicolon or tab (spreadsheets of some countries, and pasted
/// cells). CsvInvalid with args "problem"; so is a table beyond the bounds of table.h.
Result<Table> parseCsv(std::string_view text, const std::string& name);

/// One line with its end (CRLF); cells are quoted where needed.
std::string writeCsvLine(const std::vector<std::string>& cells, char separator = ',');

}  // namespace deploy
