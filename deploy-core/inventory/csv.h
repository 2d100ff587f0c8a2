#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deploy {

/// One cell, and where it begins ("servers.csv:3:14"; line and column from 1, in characters).
struct CsvCell {
    std::string text;
    std::string where;
};

/// RFC 4180; lines may end in LF or CR as well. The separator is what first stands between the
/// cells of the first line: comma, semicolon or tab (spreadsheets of some countries, and pasted
/// cells). CsvInvalid with args "problem".
Result<std::vector<std::vector<CsvCell>>> parseCsv(std::string_view text, const std::string& name);

/// One line with its end (CRLF); cells are quoted where needed.
std::string writeCsvLine(const std::vector<std::string>& cells);

}  // namespace deploy
