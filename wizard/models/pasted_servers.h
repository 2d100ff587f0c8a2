#pragma once

#include <QString>

#include "base/result.h"
#include "inventory/host.h"

namespace wizard {

/// Servers from a text that a person pasted: YAML ("servers:"), a table with a header line (commas
/// or, from a spreadsheet, tabs), or one server a line as `[user@]address[:port] [name]`, where the
/// address may hold one range: 10.0.0.[11-14]. Servers without a name get s1, s2 ... behind those
/// of `present`. At most 1000 servers come of one range. ValueInvalid names the line.
deploy::Result<deploy::Inventory> readPastedServers(const QString& text,
                                                    const deploy::Inventory& present);

}  // namespace wizard
