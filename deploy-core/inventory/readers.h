#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "inventory/host.h"

namespace deploy {

/// Each reader takes UTF-8 text (base/utf8.h converts) of at most 4 MiB and gives every server it
/// understood, also with values that validate() will reject, so that a table can show them; a text
/// that has no such form is an Error with "name:line:column".

/// format: 1, servers: [...], as the README shows.
Result<Inventory> readInventoryYaml(std::string_view text, const std::string& name);
std::string writeInventoryYaml(const Inventory& inventory);

/// RFC 4180 with a header line; columns in any order: name, address, port, user, auth, key_file,
/// sudo, jump, datacenter, notes (Chinese headings are understood as well).
Result<Inventory> readInventoryCsv(std::string_view text, const std::string& name);
std::string writeInventoryCsv(const Inventory& inventory);

/// By its ending: .yaml, .yml, .csv. A CSV that is not UTF-8 is EncodingInvalid unless `encoding`
/// is Gb18030.
enum class TextEncoding { Utf8, Gb18030 };
Result<Inventory> readInventoryFile(const std::string& path,
                                    TextEncoding encoding = TextEncoding::Utf8);

}  // namespace deploy
