#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace deploy {

/// One shell word that any POSIX shell reads back as exactly these bytes. This is the only place
/// of the product that quotes. ValueInvalid for a NUL byte, which no shell can carry.
Result<std::string> shellQuote(std::string_view value);

/// NAME='value' and a newline. ValueInvalid if the name is not [A-Za-z_][A-Za-z0-9_]*.
Result<std::string> shellAssignment(std::string_view name, std::string_view value);

}  // namespace deploy
