#include "plan/drill.h"
#include "report/drill_words.h"
#include "report/json_parts.h"

namespace deploy {

using nlohmann::json;

json drillsJson(const Report& report, const ReportWords& words) {
    json rows = json::array();
    for (const ReportRun& run : report.runs) {
        if (drilledServer(run.plan).empty())
            continue;
        const DrillResult drill = drillResult(run.plan, run.words);
        json functions = json::array();
        for (const DrillLine& line : drill.lines)
            functions.push_back(drillLineJson(line));
        rows.push_back({{"run", run.id.str()},
                        {"begun_at", timeJson(beginOf(run), words)},
                        {"outcome", nameOf(run.state.outcome)},
                        {"server", drill.server.str()},
                        {"kind", drill.kind == DrillKind::Power ? "power" : "services"},
                        {"promised_outage_ms", kDrillPromise.count()},
                        {"functions", functions}});
    }
    return rows;
}

json drillLineJson(const DrillLine& line) {
    json row = {{"function", line.function},
                {"kept", line.kept()},
                {"expected", healthWord(line.expected)},
                {"expected_from_s", line.expectedFrom},
                {"expected_to_s", line.expectedTo}};
    for (const char* key : {"outage_ms", "calls", "failed", "acknowledged", "lost", "repeated"})
        row[key] = nullptr;
    if (line.figures)
        row.update({{"outage_ms", line.figures->outage.count()},
                    {"calls", line.figures->calls},
                    {"failed", line.figures->failed},
                    {"acknowledged", line.figures->acknowledged},
                    {"lost", line.figures->lost},
                    {"repeated", line.figures->repeated}});
    return row;
}

}  // namespace deploy
