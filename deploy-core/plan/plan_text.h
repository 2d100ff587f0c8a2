#pragma once

#include <map>
#include <string>

#include "plan/plan.h"
#include "plan/role_scripts.h"
#include "text/message_table.h"

namespace deploy {

enum class PlanOrder { ByStage, ByServer };

/// The plan for people, complete: every step with its server, values (secrets as their names),
/// files, bytes and estimated time; then the digest.
std::string planText(const Plan& plan, PlanOrder order, const MessageTable& table);

/// The shell text that a step will run, for reading: its values, secrets masked, and its own part
/// first, then what all scripts share. Empty for a step without a script.
std::string stepScriptText(const Step& step, const RoleScripts& scripts);

}  // namespace deploy
