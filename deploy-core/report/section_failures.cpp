#include <algorithm>

#include "report/sections.h"

namespace deploy {

namespace {

/// More rows than this are read by nobody: beyond it only those in which something is lost.
constexpr size_t kMostRows = 50;
/// More servers than this are shown by the table alone.
constexpr size_t kMostDescribed = 12;

std::string namesOf(const std::vector<HostId>& hosts) {
    std::string names;
    for (const HostId& host : hosts)
        names += (names.empty() ? "" : ", ") + host.str();
    return names;
}

Html healthBadge(const ReportPage& page, Health health) {
    return badge(markOf(health),
                 page.words.table().text(std::string("health.") + healthWord(health)));
}

bool losesSomething(const FailureCase& one) {
    return std::any_of(one.outcome.services.begin(), one.outcome.services.end(),
                       [](const ServiceImpact& impact) { return impact.health == Health::Lost; });
}

Html tableOf(const ReportPage& page, std::vector<FailureCase> cases) {
    const MessageTable& table = page.words.table();
    if (cases.size() > kMostRows)
        std::erase_if(cases, [](const FailureCase& one) { return !losesSomething(one); });
    if (cases.empty())
        return {};
    HtmlTable rows{"failures", {table.text("what_if.column_down")}, {}};
    for (const ServiceImpact& impact : cases.front().outcome.services)
        rows.head.push_back(table.text("failure_service." + impact.service));
    rows.head.push_back(table.text("what_if.column_platform"));
    rows.head.push_back(table.text("what_if.column_tps"));
    for (const FailureCase& one : cases) {
        std::vector<Html> row{Html::text(namesOf(one.down))};
        for (const ServiceImpact& impact : one.outcome.services)
            row.push_back(healthBadge(page, impact.health));
        row.push_back(healthBadge(page, one.outcome.platform));
        row.push_back(Html::text(page.words.grouped(one.outcome.tps)));
        rows.rows.push_back(std::move(row));
    }
    return toHtml(rows);
}

Html part(const ReportPage& page, const char* key, const std::vector<FailureCase>& cases) {
    const Html table = tableOf(page, cases);
    return table.empty() ? Html() : element("h3", "", page.words.table().text(key)) + table;
}

/// What takes over and what is lost, service by service.
Html descriptionOf(const ReportPage& page, const FailureCase& one) {
    const MessageTable& table = page.words.table();
    std::vector<std::pair<std::string, Html>> lines;
    for (const ServiceImpact& impact : one.outcome.services)
        if (impact.health != Health::Up)
            lines.emplace_back(
                table.text("failure_service." + impact.service),
                Html::text(
                    table.text("failure." + impact.service + "." + impact.reason, impact.args)));
    const std::string heading =
        page.words.text("failures.single", {{"server", namesOf(one.down)}}) + ": " +
        table.text(std::string("what_if.platform.") + healthWord(one.outcome.platform));
    return note(markOf(one.outcome.platform), heading, definitions("facts", lines));
}

}  // namespace

Html failuresSection(const ReportPage& page) {
    const FailureMatrix& failures = page.report.failures;
    if (failures.singles.empty())
        return element("p", "", page.words.text("failures.nothing_placed"));
    Html section = element("p", "", page.words.text("failures.about"));
    section += part(page, "what_if.singles", failures.singles);
    if (failures.singles.size() <= kMostDescribed)
        for (const FailureCase& one : failures.singles)
            section += descriptionOf(page, one);
    section += part(page, "what_if.datacenters", failures.datacenters);
    section += part(page, "what_if.pairs", failures.pairs);
    if (failures.singles.size() > kMostForPairs)
        section += element("p", "",
                           page.words.table().text("what_if.pairs_left_out",
                                                   {{"limit", std::to_string(kMostForPairs)}}));
    section += drillsPart(page);
    return section;
}

}  // namespace deploy
