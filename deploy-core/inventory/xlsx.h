#pragma once

#include <string>
#include <string_view>

#include "inventory/table.h"

namespace deploy {

/// The first visible sheet of a workbook (Office Open XML) as texts: numbers as they are written, a
/// formula as its last value and the problem "formula". Read with the bounds of table.h; a document
/// type, a part over 32 MiB, a cell over 32,767 characters are errors at their place.
Result<Table> readXlsx(std::string_view bytes, const std::string& name);

/// readXlsx() as a list of servers (table.h).
Result<InventoryImport> importInventoryXlsx(std::string_view bytes, const std::string& name);

}  // namespace deploy
