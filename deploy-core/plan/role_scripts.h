#pragma once

#include <map>
#include <string>

#include "base/result.h"

namespace deploy {

/// The texts of resources/roles: "lib" and each "<role>/<name>", with the parts that lie in a
/// folder of its name in front. A value, loaded once.
struct RoleScripts {
    std::map<std::string, std::string> texts;

    static Result<RoleScripts> load();
    /// The digest that a ScriptCall carries; PlanImpossible for an unknown script.
    Result<std::string> digest(const std::string& script) const;
};

}  // namespace deploy
