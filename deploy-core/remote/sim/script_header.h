#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace deploy::sim {

/// NAME='value' lines at the start of `text`, as base/shell_quote writes them (one after another),
/// each value as a shell would read it. Stops at the first line that is none.
std::map<std::string, std::string> readAssignments(std::string_view text);

/// What a composed role script (run/script_text) says about itself.
struct RoleCall {
    std::string script;  ///< "docker/engine"
    std::string action;  ///< "check", "apply", "verify", "remove"
    std::map<std::string, std::string> values;
    bool operator==(const RoleCall&) const = default;
};

/// The value of the comment "#: <key> ..." in one of the first two lines.
std::optional<std::string> headerOf(std::string_view script, std::string_view key);
/// Nothing for a text that is not a role script.
std::optional<RoleCall> readRoleCall(std::string_view script);

}  // namespace deploy::sim
