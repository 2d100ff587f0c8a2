#pragma once

#include <nlohmann/json.hpp>

#include "report/report.h"
#include "report/words.h"

namespace deploy {

/// The parts of the JSON report; texts of servers are raw here and escaped for display at the end.
nlohmann::json resultJson(const Report& report, const ReportWords& words);
nlohmann::json accessJson(const Report& report, const ReportWords& words);
nlohmann::json topologyJson(const Report& report, const ReportWords& words);
nlohmann::json failuresJson(const Report& report, const ReportWords& words);
nlohmann::json drillsJson(const Report& report, const ReportWords& words);
nlohmann::json serversJson(const Report& report, const ReportWords& words);
nlohmann::json checksJson(const Report& report, const ReportWords& words);
nlohmann::json waiversJson(const Report& report, const ReportWords& words);
nlohmann::json runsJson(const Report& report, const ReportWords& words);
nlohmann::json bundleJson(const Report& report);

nlohmann::json errorJson(const Error& error, const ReportWords& words);
/// The time, or null for one that is not known.
nlohmann::json timeJson(WallTime time, const ReportWords& words);

}  // namespace deploy
