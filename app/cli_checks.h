#pragma once

#include <vector>

#include "cli_app.h"
#include "probe/checks.h"

namespace deploy::cli {

/// Prints what needs attention, worst first, and a count of the rest.
void showChecks(const Cli& cli, const std::vector<CheckResult>& results);
nlohmann::json checksJson(const Cli& cli, const std::vector<CheckResult>& results);

/// "pass", "warning"...: text key "cli.check_status.<word>".
std::string statusWord(CheckStatus status);

}  // namespace deploy::cli
