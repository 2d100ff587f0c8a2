#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "inventory/host.h"

namespace deploy {

/// A value of the server table that cannot be used. `code` keys the text "inventory.<code>".
struct CellError {
    size_t row = 0;      ///< index into Inventory::hosts
    std::string column;  ///< "name", "address", "port", "user", "auth", "key_file", "sudo", "jump",
                         ///< "datacenter", "notes": key of the text "inventory_column.<column>"
    std::string code;    ///< "name_invalid", "name_duplicate", "address_duplicate", "jump_cycle"...
    Args args;           ///< "value", "other" (a server), "path" (of a cycle), "limit"
    std::string where;   ///< place in the imported text ("servers.csv:3:14"), if it was just read

    bool operator==(const CellError&) const = default;
};

/// Every unusable cell, by row then column. Pure.
std::vector<CellError> validate(const Inventory& inventory);

}  // namespace deploy
