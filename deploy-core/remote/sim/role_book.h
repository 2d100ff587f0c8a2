#pragma once

#include <string>

#include "remote/sim/script_header.h"

namespace deploy::sim {

/// A value of the call, or "".
std::string valueOf(const RoleCall& call, const std::string& name);
/// The undo ledger's book that a role script writes: "docker.engine", "docker.image.<digest>".
std::string bookOf(const RoleCall& call);
/// Pairs of words of a value's lines ("net.core.somaxconn 32768").
std::map<std::string, std::string> linesOf(const std::string& text);

}  // namespace deploy::sim
