#include <algorithm>
#include <array>
#include <map>

#include "report/sections.h"

namespace deploy {

namespace {

/// What a reader must see in full, worst first.
constexpr std::array kAttention = {CheckStatus::Failed, CheckStatus::CouldNotCheck,
                                   CheckStatus::Warning, CheckStatus::Waived};

std::string statusWord(const ReportPage& page, CheckStatus status) {
    return page.words.text("check_status." + nameOf(status));
}

/// What was found, in words where the check has them, else as figures; and where the threshold
/// comes from.
Html meaning(const ReportPage& page, const CheckResult& result) {
    const ReportWords& words = page.words;
    if (result.status == CheckStatus::CouldNotCheck)
        return element("p", "", words.text("checks.unknown"));
    std::string text = words.checkText(result, "failed");
    if (text.empty())
        text = words.text("checks.figures", {{"measured", words.measured(result)},
                                             {"required", words.required(result)}});
    Html html = element("p", "", text);
    if (!result.source.empty())
        html += element("p", "source", words.text("checks.source", {{"source", result.source}}));
    return html;
}

const Waiver* waiverOf(const Report& report, const CheckResult& result) {
    const auto& waivers = report.project.waivers;
    const auto found = std::find_if(waivers.begin(), waivers.end(), [&](const Waiver& waiver) {
        return waiver.check == result.id && waiver.host == result.host;
    });
    return found == waivers.end() ? nullptr : &*found;
}

Html attentionNote(const ReportPage& page, const CheckResult& result) {
    const std::string heading =
        page.words.text("checks.heading", {{"server", result.host.str()},
                                           {"title", page.words.checkTitle(result)},
                                           {"status", statusWord(page, result.status)}});
    Html below = meaning(page, result);
    if (const Waiver* waiver = waiverOf(page.report, result);
        waiver != nullptr && result.status == CheckStatus::Waived)
        below +=
            element("p", "",
                    page.words.text("checks.waived_by", {{"by", waiver->by},
                                                         {"reason", waiver->reason},
                                                         {"at", page.words.dateTime(waiver->at)}}));
    else if (const std::string remedy = page.words.checkText(result, "remedy");
             !remedy.empty() && result.status != CheckStatus::CouldNotCheck)
        below += element("p", "remedy", remedy);
    return note(markOf(result.status), heading, below);
}

Html countsTable(const ReportPage& page) {
    static constexpr std::array kColumns = {CheckStatus::Pass,          CheckStatus::Warning,
                                            CheckStatus::Waived,        CheckStatus::Failed,
                                            CheckStatus::CouldNotCheck, CheckStatus::NotApplicable};
    std::map<CheckCategory, std::map<CheckStatus, size_t>> counts;
    for (const CheckResult& result : page.report.checks)
        ++counts[result.category][result.status];
    HtmlTable table{"counts", {page.words.text("checks.category")}, {}};
    for (const CheckStatus status : kColumns)
        table.head.push_back(statusWord(page, status));
    for (auto& [category, byStatus] : counts) {
        std::vector<Html> row = {Html::text(page.words.text("category." + nameOf(category)))};
        for (const CheckStatus status : kColumns) {
            const size_t count = byStatus[status];
            const Mark mark = markOf(status);
            row.push_back(count == 0
                              ? element("span", "quiet", "·")
                              : element("span", toneName(mark.tone),
                                        std::string(mark.shape) + " " + std::to_string(count)));
        }
        table.rows.push_back(std::move(row));
    }
    return toHtml(table);
}

Html waiversTable(const ReportPage& page) {
    const ReportWords& words = page.words;
    Html html = element("h3", "", words.text("waivers.title"));
    if (page.report.project.waivers.empty())
        return html + element("p", "", words.text("waivers.none"));
    HtmlTable table{
        "plain",
        {words.text("waivers.check"), words.text("word.server"), words.text("waivers.by"),
         words.text("waivers.reason"), words.text("waivers.at")},
        {}};
    for (const Waiver& waiver : page.report.project.waivers) {
        CheckResult named;
        named.id = waiver.check;
        named.host = waiver.host;
        table.rows.push_back({Html::text(words.checkTitle(named)), Html::text(waiver.host.str()),
                              Html::text(waiver.by), Html::text(waiver.reason),
                              timeElement(words, waiver.at, words.dateTime(waiver.at))});
    }
    return html + toHtml(table);
}

}  // namespace

Html checksSection(const ReportPage& page) {
    Html section;
    if (page.report.checks.empty())
        section += element("p", "", page.words.text("checks.none"));
    else
        section += element("p", "", page.words.text("checks.about")) + countsTable(page);
    Html attention;
    for (const CheckStatus status : kAttention)
        for (const CheckResult& result : page.report.checks)
            if (result.status == status)
                attention += attentionNote(page, result);
    section += attention.empty() && !page.report.checks.empty()
                   ? element("p", "", page.words.text("checks.all_well"))
                   : attention;
    return section + waiversTable(page);
}

Html allChecksSection(const ReportPage& page) {
    const ReportWords& words = page.words;
    HtmlTable table{
        "dense",
        {words.text("word.server"), words.text("checks.check"), words.text("checks.status"),
         words.text("checks.measured"), words.text("checks.required")},
        {}};
    for (const CheckResult& result : page.report.checks)
        table.rows.push_back({Html::text(result.host.str()), Html::text(words.checkTitle(result)),
                              badge(markOf(result.status), statusWord(page, result.status)),
                              Html::text(words.measured(result)),
                              Html::text(words.required(result))});
    return toHtml(table);
}

}  // namespace deploy
