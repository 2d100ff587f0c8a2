#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inventory/host.h"
#include "inventory/validate.h"

namespace deploy {

/// The ways to write a list of servers that are understood.
enum class InventoryFormat { Yaml, Csv, Xlsx, AnsibleIni, AnsibleYaml, SshConfig, Lines };

/// Words of the kinds: "yaml", "csv", "xlsx", "ansible_ini", "ansible_yaml", "ssh_config", "lines";
/// they key the texts "inventory_format.<word>".
std::string_view formatWord(InventoryFormat format);

/// What a text says beside its servers that is not taken, such as a password or an `Include`.
/// `code` keys the text "import_note.<code>".
struct ImportNote {
    std::string code;
    std::string where;  ///< of the first such place
    Args args;          ///< "name" (of the word or variable), "value", "count" (of the places)

    bool operator==(const ImportNote&) const = default;
};

/// Where a server stands in its text, for the errors that validate() finds.
struct ImportPlace {
    std::string where;                         ///< of the server
    std::map<std::string, std::string> cells;  ///< by column, of those that the text names
};

/// What a table or text says: every server it understood, also with values that validate() will
/// reject, so that a table can show them; and the cells whose text no Host can hold (such as a port
/// "abc"), which keep their default.
struct InventoryImport {
    InventoryFormat format = InventoryFormat::Yaml;
    Inventory inventory;
    std::vector<CellError> unreadable;  ///< with `where`
    std::vector<ImportNote> notes;
    std::vector<ImportPlace> places;  ///< one for each server
};

enum class TextEncoding { Utf8, Gb18030 };

/// More servers than these are refused where the one too many stands.
constexpr size_t kMostServers = 5000;

/// Reads a list of servers in whichever form it is written; `name` is what errors call it, and its
/// ending helps where the content does not tell. At most 2 MiB of text, or 8 MiB of .xlsx. A text
/// that has no such form is an Error with "name:line:column" ("name:Sheet!B3" in a workbook);
/// EncodingInvalid where it is not of the encoding. Nothing that the text names is opened or run.
///
/// YAML: format: 1, servers: [...], as the README shows. CSV and .xlsx: table.h. Ansible
/// inventories (INI and YAML): ansible.h. ssh_config: ssh_config.h. Lines: lines.h; servers without
/// a name get one behind those of `present`.
Result<InventoryImport> importInventory(std::string_view bytes, const std::string& name,
                                        TextEncoding encoding = TextEncoding::Utf8,
                                        const Inventory& present = {});
Result<InventoryImport> importInventoryFile(const std::string& path,
                                            TextEncoding encoding = TextEncoding::Utf8,
                                            const Inventory& present = {});

/// Every cell that cannot be used: the unreadable ones and what validate() finds, with their
/// places.
std::vector<CellError> importErrors(const InventoryImport& import);

/// For readers that have no use for half of a list: an unreadable cell is an InventoryInvalid at
/// its place, with args "column", "reason", "value" and "count" (of all such).
Result<Inventory> wholeInventory(const InventoryImport& import);

Result<InventoryImport> importInventoryYaml(std::string_view text, const std::string& name);
Result<InventoryImport> importInventoryCsv(std::string_view text, const std::string& name);
Result<Inventory> readInventoryYaml(std::string_view text, const std::string& name);

/// Every text quoted, one server a line.
std::string writeInventoryYaml(const Inventory& inventory);
/// All columns, with a byte order mark, without which spreadsheets take it for the local encoding.
std::string writeInventoryCsv(const Inventory& inventory);
/// The same as cells for a clipboard: tabs between them, no byte order mark.
std::string writeInventoryTable(const Inventory& inventory);
/// The same as a workbook of one sheet, every cell a text. FileUnwritable where the temporary
/// folder cannot be written.
Result<std::string> writeInventoryXlsx(const Inventory& inventory);
/// By the ending of the name: .yaml, .yml, .csv, .xlsx; else UsageInvalid. Replaces the file.
Result<void> exportInventoryFile(const Inventory& inventory, const std::string& path);

}  // namespace deploy
