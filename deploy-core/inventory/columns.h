#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inventory/host.h"
#include "inventory/validate.h"

namespace deploy {

/// The columns of the server table, in the order in which files and screens show them: name,
/// address, port, user, auth, key_file, sudo, jump, datacenter, notes.
const std::vector<std::string>& inventoryColumns();

/// The column that a table's heading means, in English or Chinese, in any case; empty if none.
std::string columnOfHeading(std::string_view heading);

/// What a server's cell says as text; the words of the YAML form.
std::string cellText(const Host& host, std::string_view column);

/// Takes a cell's text into the server. False where the text cannot be represented (no port
/// number, no such word); the server is then unchanged, and `reason` is "port_invalid",
/// "auth_invalid" or "sudo_invalid". An empty text means the column's default.
struct CellOutcome {
    bool taken = true;
    std::string reason;
};
CellOutcome setCell(Host& host, std::string_view column, const std::string& text);

}  // namespace deploy
