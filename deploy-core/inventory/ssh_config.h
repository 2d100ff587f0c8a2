#pragma once

#include <string>
#include <string_view>

#include "inventory/readers.h"

namespace deploy {

/// The servers of an OpenSSH client configuration: every name of a `Host` line that is no pattern,
/// with what the first matching Host block says of HostName (%h), Port, User, IdentityFile and
/// ProxyJump. A jump host that is no server of the file becomes one. `Include`, `Match` and
/// `ProxyCommand` are not read but named; other keywords do not matter here. No file is opened, no
/// name looked up, nothing run.
Result<InventoryImport> importSshConfig(std::string_view text, const std::string& name);

}  // namespace deploy
