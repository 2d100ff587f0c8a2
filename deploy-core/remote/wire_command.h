#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "inventory/host.h"
#include "remote/remote_host.h"

namespace deploy {

/// How a script travels: a small constant `exec` request that names only counts and arguments, and
/// the script on standard input, followed by the script's own input. What the server prints of its
/// own (~/.bashrc, sudo) is told apart by texts made of a random token; none of them stands
/// literally in the request, so that an echo of it (set -x, sudo's refusal) is not taken for one.
///
/// On the server: `ready` is printed first; then the script is read, by its exact count; `begin` is
/// printed on both streams; what follows is the script's. The input is sent after `begin` only,
/// because some `head` read ahead.
struct WireCommand {
    std::string request;
    std::string script;  ///< first bytes of standard input
    std::string ready;
    std::string begin;
    std::string notRoot;  ///< printed instead of `ready` if root was wanted and is not there
    std::string prompt;   ///< sudo's question; empty when none may come
};

/// How the user of the connection becomes root; None also for a command that needs no root.
enum class Elevation { None, CheckOnly, SudoSilent, SudoPassword };
Elevation elevationFor(Privilege privilege, SudoMode sudo);

/// `token` is unique to the call: 32 hex digits. ValueInvalid for a NUL in script or arguments.
Result<WireCommand> wireCommand(const std::string& script, const std::vector<std::string>& args,
                                Elevation elevation, const std::string& token);

std::string randomToken();

}  // namespace deploy
