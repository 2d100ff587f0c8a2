#include "report/json_parts.h"

namespace deploy {

namespace {

using nlohmann::json;

json stepJson(const StepLine& line, const ReportWords& words) {
    const auto time = [&](const std::optional<WallTime>& at) {
        return timeJson(at.value_or(WallTime{}), words);
    };
    json row = {{"step", line.step.str()},
                {"server", line.host.str()},
                {"stage", stageName(line.stage)},
                {"title", words.stepTitle(line.title, line.args)},
                {"status", nameOf(line.status)},
                {"reason", line.reason},
                {"attempt", line.attempt},
                {"started_at", time(line.startedAt)},
                {"finished_at", time(line.finishedAt)},
                {"duration_ms", line.duration ? json(line.duration->count()) : json(nullptr)}};
    if (line.error)
        row["error"] = errorJson(*line.error, words);
    return row;
}

json incidentJson(const Incident& incident, const ReportWords& words) {
    json row = {{"kind", incidentName(incident.kind)},
                {"at", timeJson(incident.at, words)},
                {"server", incident.host.str()},
                {"step", incident.step.str()},
                {"args", incident.args}};
    if (incident.error)
        row["error"] = errorJson(*incident.error, words);
    return row;
}

std::string argumentOf(const ReportRun& run, const std::string& name) {
    for (const Event& event : run.events)
        if (event.kind == EventKind::RunStarted)
            if (const auto found = event.args.find(name); found != event.args.end())
                return found->second;
    return {};
}

}  // namespace

json runsJson(const Report& report, const ReportWords& words) {
    json rows = json::array();
    for (const ReportRun& run : report.runs) {
        json steps = json::array();
        for (const StepLine& line : stepLinesOf(run))
            steps.push_back(stepJson(line, words));
        json incidents = json::array();
        for (const Incident& incident : incidentsOf(run))
            incidents.push_back(incidentJson(incident, words));
        rows.push_back({{"run", run.id.str()},
                        {"purpose", run.state.purpose},
                        {"outcome", nameOf(run.state.outcome)},
                        {"plan_digest", run.plan.digest()},
                        {"owner", argumentOf(run, "owner")},
                        {"wizard_version", argumentOf(run, "wizard_version")},
                        {"begun_at", timeJson(beginOf(run), words)},
                        {"ended_at", timeJson(endOf(run), words)},
                        {"steps", steps},
                        {"incidents", incidents}});
    }
    return rows;
}

}  // namespace deploy
