#include "report/sections.h"

namespace deploy {

namespace {

std::string valueOf(const Args& args, const std::string& name) {
    const auto found = args.find(name);
    return found == args.end() ? std::string() : found->second;
}

std::string ownerOf(const ReportRun& run) {
    for (const Event& event : run.events)
        if (event.kind == EventKind::RunStarted)
            return valueOf(event.args, "owner");
    return {};
}

std::string titleOf(const ReportPage& page, const ReportRun& run, const StepId& id) {
    const Step* step = run.plan.find(id);
    return step == nullptr ? id.str() : page.words.stepTitle(step->title, step->args);
}

Html runFacts(const ReportPage& page, const ReportRun& run) {
    const ReportWords& words = page.words;
    const WallTime begin = beginOf(run);
    const WallTime end = endOf(run);
    return definitions(
        "facts",
        {{words.text("work.outcome"),
          badge(markOf(run.state.outcome), words.text("run_outcome." + nameOf(run.state.outcome)))},
         {words.text("work.begun"), timeElement(words, begin, words.dateTime(begin))},
         {words.text("work.ended"),
          timeElement(words, end, words.dateTime(end)) +
              (end >= begin ? Html::text(" (" + words.duration(end - begin) + ")") : Html())},
         {words.text("work.owner"), Html::text(ownerOf(run))},
         {words.text("work.plan"), code(run.plan.digest())},
         {words.text("work.run"), code(run.id.str())}});
}

std::string resultText(const ReportPage& page, const StepLine& line) {
    std::string text = page.words.table().text("step_status." + nameOf(line.status));
    if (line.status == StepStatus::Waiting)
        text = page.words.text("work.not_done");
    if (!line.reason.empty())
        text = page.words.table().text("reason." + line.reason);
    if (line.attempt > 1)
        text += page.words.text("work.attempt", {{"number", std::to_string(line.attempt)}});
    return text;
}

/// Without the day where it is the run's first.
std::string shortTime(const ReportWords& words, WallTime time, WallTime begin) {
    const bool sameDay = words.iso(time).substr(0, 10) == words.iso(begin).substr(0, 10);
    return sameDay ? words.timeOfDay(time) : words.dateTime(time);
}

Html stepsTable(const ReportPage& page, const ReportRun& run) {
    const ReportWords& words = page.words;
    HtmlTable table{"dense steps",
                    {words.text("work.step"), words.text("word.server"), words.text("work.start"),
                     words.text("work.duration"), words.text("work.result")},
                    {}};
    for (const StepLine& line : stepLinesOf(run)) {
        const auto start = line.startedAt ? line.startedAt : line.finishedAt;
        table.rows.push_back(
            {Html::text(words.stepTitle(line.title, line.args)), Html::text(line.host.str()),
             start ? timeElement(words, *start, shortTime(words, *start, beginOf(run))) : Html(),
             Html::text(line.duration ? words.duration(*line.duration) : ""),
             badge(markOf(line.status), resultText(page, line))});
    }
    return toHtml(table);
}

Html incidentLine(const ReportPage& page, const ReportRun& run, const Incident& incident) {
    const ReportWords& words = page.words;
    const std::string text =
        words.text("incident." + incidentName(incident.kind),
                   {{"server", incident.host.str()},
                    {"title", incident.step.empty() ? "" : titleOf(page, run, incident.step)},
                    {"owner", valueOf(incident.args, "owner")},
                    {"decision", valueOf(incident.args, "decision")},
                    {"strength", valueOf(incident.args, "strength")}});
    return element("li", "",
                   timeElement(words, incident.at, words.dateTime(incident.at)) +
                       element("span", "", text) + errorNote(page, incident.error));
}

Html incidentsList(const ReportPage& page, const ReportRun& run) {
    const auto incidents = incidentsOf(run);
    if (incidents.empty())
        return element("p", "quiet", page.words.text("work.no_incidents"));
    Html list;
    for (const Incident& incident : incidents)
        list += incidentLine(page, run, incident);
    return element("h4", "", page.words.text("work.incidents")) + element("ul", "incidents", list);
}

}  // namespace

Html workSection(const ReportPage& page) {
    const ReportWords& words = page.words;
    if (page.report.runs.empty())
        return element("p", "", words.text("work.nothing"));
    Html section = element("p", "", words.text("work.about"));
    size_t number = 0;
    for (const ReportRun& run : page.report.runs) {
        const std::string heading =
            words.text("work.heading", {{"number", std::to_string(++number)},
                                        {"purpose", words.text("purpose." + run.state.purpose)}});
        section += element("h3", "", heading) + runFacts(page, run) + stepsTable(page, run) +
                   incidentsList(page, run);
    }
    return section;
}

}  // namespace deploy
