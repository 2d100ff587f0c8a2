#pragma once

#include <QString>
#include <map>

#include "inventory/credentials.h"
#include "inventory/host.h"

namespace wizard {

/// Whether what a server's login and sudo need has been entered in this session.
enum class SecretState { NotNeeded, Given, Missing };

/// Pure. A key's passphrase counts as not needed: many keys have none.
SecretState secretStateOf(const deploy::Host& host, const deploy::Credentials& credentials);
std::map<deploy::HostId, SecretState> secretStatesOf(const deploy::Inventory& inventory,
                                                     const deploy::Credentials& credentials);
QString wordOf(SecretState state);

}  // namespace wizard
