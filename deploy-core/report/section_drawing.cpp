#include "report/sections.h"
#include "topology/svg.h"

namespace deploy {

namespace {

/// The drawing without what only a file of its own may have before its root element.
Html inlineSvg(const std::string& svg) {
    const size_t root = svg.find("<svg");
    return root == std::string::npos ? Html() : Html::trusted(svg.substr(root));
}

/// What the mode promises, in the vendor's figures.
Html promise(const ReportPage& page) {
    const Mode& mode = page.report.mode;
    const ReportWords& words = page.words;
    const Args figures = {{"minimum", words.grouped(mode.tpsMinimum)},
                          {"recommended", words.grouped(mode.tpsRecommended)}};
    const char* key = mode.tpsMinimum == mode.tpsRecommended ? "drawing.tps" : "drawing.tps_range";
    return definitions("facts",
                       {{words.text("drawing.failures"),
                         Html::text(words.table().text("mode." + mode.id.str() + ".survives"))},
                        {words.text("drawing.capacity"), Html::text(words.text(key, figures))}});
}

Html findingNote(const ReportPage& page, const Finding& finding) {
    const MessageTable& table = page.words.table();
    const std::string key = "finding." + finding.id;
    return note(markOf(finding.severity), table.text(key + ".what", finding.args),
                element("p", "remedy", table.text(key + ".remedy", finding.args)));
}

}  // namespace

Html drawingSection(const ReportPage& page) {
    Html section =
        element("figure", "drawing", inlineSvg(writeSvg(page.report.drawing, page.words.table())));
    section += promise(page);
    if (page.report.findings.empty())
        section += element("p", "", page.words.text("drawing.no_findings"));
    for (const Finding& finding : page.report.findings)
        section += findingNote(page, finding);
    return section;
}

}  // namespace deploy
