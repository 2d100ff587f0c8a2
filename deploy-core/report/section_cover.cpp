#include <algorithm>
#include <map>

#include "report/access.h"
#include "report/sections.h"

namespace deploy {

namespace {

std::string countText(size_t count) {
    return std::to_string(count);
}

Html tile(const std::string& name, const std::string& figure, const std::string& more, Tone tone) {
    return element(
        "div", std::string("tile ") + toneName(tone),
        element("p", "name", name) + element("p", "figure", figure) + element("p", "more", more));
}

Html checksTile(const ReportPage& page) {
    std::map<CheckStatus, size_t> counts;
    for (const CheckResult& result : page.report.checks)
        ++counts[result.status];
    const size_t failed = counts[CheckStatus::Failed];
    const size_t open = counts[CheckStatus::CouldNotCheck];
    const size_t warnings = counts[CheckStatus::Warning];
    const size_t waived = counts[CheckStatus::Waived];
    Tone tone = Tone::Good;
    if (page.report.checks.empty())
        tone = Tone::Quiet;
    else if (failed > 0)
        tone = Tone::Bad;
    else if (open + warnings + waived > 0)
        tone = Tone::Warn;
    return tile(
        page.words.text("cover.checks"),
        page.words.text("cover.checks_passed", {{"count", countText(counts[CheckStatus::Pass])}}),
        page.words.text("cover.checks_rest", {{"failed", countText(failed)},
                                              {"open", countText(open)},
                                              {"warning", countText(warnings)},
                                              {"waived", countText(waived)}}),
        tone);
}

Html stepsTile(const ReportPage& page) {
    size_t done = 0, all = 0;
    for (const ReportRun& run : page.report.runs) {
        if (run.state.purpose == "verify")
            continue;
        const auto lines = stepLinesOf(run);
        all = lines.size();
        done = static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [](const auto& line) {
            return line.status == StepStatus::Succeeded || line.status == StepStatus::Skipped;
        }));
    }
    const Tone tone = all == 0 ? Tone::Quiet : done == all ? Tone::Good : Tone::Bad;
    return tile(page.words.text("cover.steps"), countText(done) + " / " + countText(all),
                page.words.text("cover.runs", {{"count", countText(page.report.runs.size())}}),
                tone);
}

Html entryTile(const ReportPage& page) {
    const auto entries = entriesOf(page.report);
    return tile(page.words.text("cover.entry"),
                entries.empty() ? page.words.text("word.none") : entries.front().url,
                page.words.text("cover.servers",
                                {{"count", countText(page.report.project.inventory.hosts.size())}}),
                Tone::Quiet);
}

std::string bundleText(const ReportPage& page) {
    const auto& bundle = page.report.bundle;
    return bundle ? bundle->manifest.product + " " + bundle->manifest.version
                  : page.words.text("bundle.not_at_hand");
}

std::string modeText(const ReportPage& page) {
    return page.words.table().text("mode." + page.report.mode.id.str() + ".name");
}

}  // namespace

Html coverPart(const ReportPage& page) {
    const Report& report = page.report;
    const ReportWords& words = page.words;
    const HandOver state = handOverOf(report);
    const Mark mark = markOf(state);
    const std::string key = "hand_over." + handOverName(state);
    const Plan* plan = appliedPlan(report);

    Html cover = element("p", "eyebrow", words.text("title"));
    cover += element("h1", "", report.project.name);
    cover += element(
        "p", std::string("verdict ") + toneName(mark.tone),
        element("span", "shape", mark.shape) + element("span", "", words.text(key + ".word")));
    cover += element("p", "lead", words.text(key + ".means"));
    cover += element("div", "tiles", checksTile(page) + stepsTile(page) + entryTile(page));
    cover += definitions(
        "facts",
        {{words.text("cover.mode"), Html::text(modeText(page))},
         {words.text("cover.made"),
          timeElement(words, report.madeAt, words.longTime(report.madeAt)) + Html::text(" ") +
              element("span", "iso", words.iso(report.madeAt))},
         {words.text("cover.plan"),
          plan == nullptr ? Html::text(words.text("word.none")) : code(plan->digest())},
         {words.text("cover.bundle"), Html::text(bundleText(page))},
         {words.text("cover.bundle_digest"), report.bundle ? code(report.bundle->digest) : Html()},
         {words.text("cover.folder"), code(report.projectFolder)},
         {words.text("cover.made_with"), Html::text("FinClip Deploy " + report.programVersion)}});
    return cover;
}

}  // namespace deploy
