#include "plan/drill.h"
#include "report/drill_words.h"
#include "report/sections.h"

namespace deploy {

namespace {

Html figuresTable(const ReportPage& page, const DrillResult& drill) {
    const MessageTable& table = page.words.table();
    HtmlTable rows{"drill",
                   {table.text("drill.column.function"), table.text("drill.column.expected"),
                    table.text("drill.column.measured"), table.text("drill.column.writes"),
                    table.text("drill.column.verdict")},
                   {}};
    for (const DrillRow& row : drillRows(drill, table))
        rows.rows.push_back(
            {Html::text(row.function), Html::text(row.expected), Html::text(row.measured),
             Html::text(row.writes),
             badge(markOf(row.kept ? StepStatus::Succeeded : StepStatus::Failed), row.verdict)});
    return toHtml(rows);
}

}  // namespace

Html drillsPart(const ReportPage& page) {
    const MessageTable& table = page.words.table();
    Html part;
    for (const ReportRun& run : page.report.runs) {
        if (drilledServer(run.plan).empty())
            continue;
        const DrillResult drill = drillResult(run.plan, run.words);
        const bool power = drill.kind == DrillKind::Power;
        const WallTime begun = beginOf(run);
        part += element("h3", "", table.text("drill.heading", {{"server", drill.server.str()}}));
        part += element(
            "p", "when",
            timeElement(page.words, begun, page.words.dateTime(begun)) +
                Html::text(" · " + page.words.text("run_outcome." + nameOf(run.state.outcome))));
        part += element("p", "", table.text(power ? "drill.kind.power" : "drill.kind.services"));
        part += figuresTable(page, drill);
    }
    if (!part.empty())
        part += element("p", "",
                        table.text("drill.promise", {{"seconds", drillSeconds(kDrillPromise)}}));
    return part;
}

}  // namespace deploy
