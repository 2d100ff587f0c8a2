#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inventory/host.h"
#include "inventory/validate.h"

namespace deploy {

/// What a table or text says: every server it understood, also with values that validate() will
/// reject, so that a table can show them; and the cells whose text no Host can hold (such as a port
/// "abc"), which keep their default.
struct InventoryImport {
    Inventory inventory;
    std::vector<CellError> unreadable;  ///< with `where`
};

/// UTF-8 text (base/utf8.h converts) of at most 2 MiB. A text that has no such form is an Error
/// with "name:line:column". YAML: format: 1, servers: [...], as the README shows.
Result<InventoryImport> importInventoryYaml(std::string_view text, const std::string& name);
/// RFC 4180 (see csv.h) with a header line; columns in any order, "name" and "address" at least:
/// name, address, port, user, auth, key_file, sudo, jump, datacenter, notes; Chinese headings are
/// understood as well. Spaces around a cell's text do not count; empty lines are left out.
Result<InventoryImport> importInventoryCsv(std::string_view text, const std::string& name);

/// By its ending: .yaml, .yml, .csv. A CSV that is not UTF-8 is EncodingInvalid unless `encoding`
/// is Gb18030.
enum class TextEncoding { Utf8, Gb18030 };
Result<InventoryImport> importInventoryFile(const std::string& path,
                                            TextEncoding encoding = TextEncoding::Utf8);

/// The same for readers that have no use for half of a list: an unreadable cell is an
/// InventoryInvalid at its place, with args "column", "reason", "value" and "count" (of all such).
Result<Inventory> readInventoryYaml(std::string_view text, const std::string& name);
Result<Inventory> readInventoryCsv(std::string_view text, const std::string& name);
Result<Inventory> readInventoryFile(const std::string& path,
                                    TextEncoding encoding = TextEncoding::Utf8);

/// Every text quoted, one server a line.
std::string writeInventoryYaml(const Inventory& inventory);
/// All columns, with a byte order mark, without which spreadsheets take it for the local encoding.
std::string writeInventoryCsv(const Inventory& inventory);

}  // namespace deploy
