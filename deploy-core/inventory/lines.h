#pragma once

#include "inventory/readers.h"

namespace deploy {

/// One server a line: `[user@]address[:port] [name]`, where the address may hold ranges
/// ("10.0.0.[11-14]", an IPv6 address with a port stands in brackets) and `#` begins a comment.
/// Servers without a name get s1, s2 ... that neither `present` nor the text has. A line that is
/// none of this becomes a server that cannot be used, with the reason.
Result<InventoryImport> importInventoryLines(std::string_view text, const std::string& name,
                                             const Inventory& present);

}  // namespace deploy
