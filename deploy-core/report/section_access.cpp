#include "report/access.h"
#include "report/sections.h"

namespace deploy {

namespace {

Html entries(const ReportPage& page) {
    const auto list = entriesOf(page.report);
    if (list.empty())
        return element("p", "", page.words.text("access.no_entry"));
    HtmlTable table{
        "plain", {page.words.text("access.address"), page.words.text("word.server")}, {}};
    for (const Entry& entry : list)
        table.rows.push_back(
            {element("a", {{"href", entry.url}}, Html::text(entry.url)),
             Html::text(entry.server.empty() ? page.words.text("access.given_address")
                                             : entry.server.str())});
    return toHtml(table);
}

Html credentials(const ReportPage& page) {
    const ReportWords& words = page.words;
    if (page.report.project.kind == ProjectKind::Practice)
        return element("p", "", words.text("access.credentials_practice"));
    Html html = element("p", "", words.text("access.credentials_about"));
    HtmlTable table{"plain", {words.text("access.secret"), words.text("access.place")}, {}};
    const Plan* plan = appliedPlan(page.report);
    if (plan != nullptr && handOverOf(page.report) != HandOver::Removed)
        for (const CredentialPlace& place : credentialsOf(*plan))
            table.rows.push_back({Html::text(words.textOr("secret." + place.name, place.name)),
                                  Html::text(place.server.str() + ": ") + code(place.path)});
    table.rows.push_back(
        {Html::text(words.text("access.vault")),
         Html::text(words.text("access.laptop") + ": ") + code(page.report.vaultFile)});
    html += toHtml(table);
    html +=
        element("p", "", words.text("access.admin", {{"account", adminAccountOf(page.report)}}));
    return html;
}

Html operations(const ReportPage& page) {
    const auto list = operationsOf(page.report);
    if (list.empty())
        return element("p", "", page.words.text("access.no_operations"));
    HtmlTable table{"plain",
                    {page.words.text("access.purpose"), page.words.text("access.where"),
                     page.words.text("access.command")},
                    {}};
    for (const Operation& operation : list)
        table.rows.push_back({Html::text(page.words.text("operation." + operation.id)),
                              Html::text(operation.server.empty() ? page.words.text("access.laptop")
                                                                  : operation.server.str()),
                              code(operation.command)});
    return toHtml(table);
}

Html licence(const ReportPage& page) {
    switch (licenceOf(page.report)) {
        case LicenceSlot::Present:
            return element("p", "", page.words.text("access.licence_present"));
        case LicenceSlot::Missing:
            return note(Mark{Tone::Warn, "▲"}, page.words.text("access.licence_missing"),
                        element("p", "remedy", page.words.text("access.licence_remedy")));
        default:
            return element("p", "", page.words.text("access.licence_not_known"));
    }
}

}  // namespace

Html accessSection(const ReportPage& page) {
    const auto part = [&](const char* title, const Html& content) {
        return element("h3", "", page.words.text(title)) + content;
    };
    return part("access.entries", entries(page)) + part("access.credentials", credentials(page)) +
           part("access.operations", operations(page)) + part("access.licence", licence(page));
}

}  // namespace deploy
