#pragma once

#include <string>
#include <string_view>

#include "inventory/readers.h"

namespace deploy {

/// Which form a text has: by its content, and by the name's ending (or "config" of an .ssh folder)
/// where the content could be more than one. Never Xlsx.
InventoryFormat formatOfText(std::string_view text, const std::string& name);

}  // namespace deploy
