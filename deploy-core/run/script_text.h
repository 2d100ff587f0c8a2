#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "plan/role_scripts.h"
#include "plan/step.h"

namespace deploy {

enum class ScriptAction { Check, Apply, Verify, Remove };

/// The whole shell text that does one action of a role script, as resources/roles/README.md puts
/// it together. Holds no secret. PlanImpossible for an unknown script, ValueInvalid (where: the
/// variable) for a value that no shell can carry.
Result<std::string> scriptText(const RoleScripts& scripts, const ScriptCall& call,
                               ScriptAction action);

/// What scriptText puts together, in an order for reading: values (secrets masked) and the role
/// script first, then what every script is run with. The same errors.
Result<std::string> scriptForReading(const RoleScripts& scripts, const ScriptCall& call,
                                     ScriptAction action);

using SecretLookup = std::function<Result<Secret>(const std::string& name)>;

/// What scriptText's text reads from standard input: the call's secrets.
struct SecretInput {
    std::string text;
    size_t lines = 0;
};
Result<SecretInput> secretInput(const ScriptCall& call, const SecretLookup& secret);

/// The text of an agent script ("launch", "follow", "end", "lock", "file").
Result<std::string> agentText(const RoleScripts& scripts, const std::string& name);

}  // namespace deploy
