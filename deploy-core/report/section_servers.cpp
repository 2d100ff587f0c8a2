#include <cmath>

#include "base/byte_count.h"
#include "report/sections.h"

namespace deploy {

namespace {

std::string joined(const std::vector<std::string>& words, const std::string& separator) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() || word.empty() ? "" : separator) + word;
    return text;
}

std::string rolesText(const ReportPage& page, const HostId& host) {
    std::vector<std::string> names;
    for (const RoleId& role : page.report.project.topology.rolesOf(host))
        names.push_back(page.words.table().text("role." + role.str()));
    return joined(names, page.words.text("word.comma"));
}

std::string diskText(const ReportPage& page, const Facts& facts) {
    if (!facts.dataDirectory)
        return {};
    const FileSystemFacts& disk = *facts.dataDirectory;
    const auto size = [&](const std::optional<uint64_t>& bytes) {
        return bytes ? bytesText(*bytes) : std::string();
    };
    const std::string kind =
        !disk.rotational ? "" : page.words.text(*disk.rotational ? "server.hdd" : "server.ssd");
    return page.words.text("server.disk_text", {{"total", size(disk.totalBytes)},
                                                {"free", size(disk.freeBytes)},
                                                {"type", disk.type},
                                                {"kind", kind}});
}

std::string offsetText(const ReportPage& page, double seconds) {
    constexpr double kSameSeconds = 0.05;  // less is not shown by the words for durations
    if (std::abs(seconds) < kSameSeconds)
        return page.words.text("server.same_time");
    const std::chrono::milliseconds offset(static_cast<int64_t>(std::abs(seconds) * 1000));
    return page.words.text("server.offset", {{"offset", page.words.duration(offset)},
                                             {"side", seconds < 0 ? "behind" : "ahead"}});
}

std::string clockText(const ReportPage& page, const Facts& facts) {
    std::vector<std::string> parts;
    if (facts.timeZone)
        parts.push_back(*facts.timeZone);
    if (facts.clockOffsetSeconds)
        parts.push_back(offsetText(page, *facts.clockOffsetSeconds));
    if (facts.timeServiceRuns)
        parts.push_back(page.words.text(*facts.timeServiceRuns ? "server.time_service"
                                                               : "server.no_time_service"));
    return joined(parts, page.words.text("word.comma"));
}

std::string existingText(const ReportPage& page, const Facts& facts) {
    std::vector<std::string> parts;
    for (const ExistingSoftware& software : facts.existing)
        parts.push_back(software.id + (software.version.empty() ? "" : " ") + software.version);
    return joined(parts, page.words.text("word.comma"));
}

using Pairs = std::vector<std::pair<std::string, Html>>;

void addFacts(const ReportPage& page, const Facts& facts, Pairs& pairs) {
    const ReportWords& words = page.words;
    const auto add = [&](const char* key, const std::string& value) {
        pairs.emplace_back(words.text(std::string("server.") + key), Html::text(value));
    };
    add("system", facts.osName.value_or(""));
    add("kernel", joined({facts.kernel.value_or(""), facts.architecture.value_or("")}, " · "));
    add("cpu",
        facts.cores ? words.text("server.cores", {{"count", std::to_string(*facts.cores)}}) : "");
    add("memory", facts.memoryBytes ? bytesText(*facts.memoryBytes) : "");
    add("disk", diskText(page, facts));
    add("hostname", facts.hostname.value_or(""));
    add("clock", clockText(page, facts));
    add("selinux", facts.selinux.value_or(""));
    add("firewalld", facts.firewalldRuns
                         ? words.text(*facts.firewalldRuns ? "server.runs" : "server.runs_not")
                         : "");
    add("existing", existingText(page, facts));
    pairs.emplace_back(words.text("server.machine_id"), code(facts.machineId.value_or("")));
    pairs.emplace_back(words.text("server.probed"),
                       timeElement(words, facts.probedAt, words.dateTime(facts.probedAt)));
}

Html serverCard(const ReportPage& page, const Host& host) {
    const ReportWords& words = page.words;
    Pairs pairs = {{words.text("server.roles"), Html::text(rolesText(page, host.name))},
                   {words.text("server.datacenter"), Html::text(host.datacenter)},
                   {words.text("server.jump"), Html::text(host.jump.str())},
                   {words.text("server.notes"), Html::text(host.notes)}};
    Html below;
    if (const auto facts = page.report.facts.find(host.name); facts != page.report.facts.end())
        addFacts(page, facts->second, pairs);
    else
        below = element("p", "quiet", words.text("server.not_probed"));
    return element("div", "card",
                   element("h3", "",
                           Html::text(host.name.str()) +
                               element("span", "address",
                                       host.address + ":" + std::to_string(host.port) + " · " +
                                           host.user)) +
                       definitions("facts two", pairs) + below) +
           Html::trusted("\n");
}

/// All servers at a glance.
Html overview(const ReportPage& page) {
    const ReportWords& words = page.words;
    HtmlTable table{
        "servers",
        {words.text("word.server"), words.text("server.roles"), words.text("server.system"),
         words.text("server.cpu"), words.text("server.memory"), words.text("server.disk")},
        {}};
    for (const Host& host : page.report.project.inventory.hosts) {
        const auto found = page.report.facts.find(host.name);
        const Facts facts = found == page.report.facts.end() ? Facts{} : found->second;
        table.rows.push_back({element("strong", "", host.name.str()),
                              Html::text(rolesText(page, host.name)),
                              Html::text(facts.osName.value_or("")),
                              Html::text(facts.cores ? std::to_string(*facts.cores) : ""),
                              Html::text(facts.memoryBytes ? bytesText(*facts.memoryBytes) : ""),
                              Html::text(facts.dataDirectory && facts.dataDirectory->totalBytes
                                             ? bytesText(*facts.dataDirectory->totalBytes)
                                             : "")});
    }
    return toHtml(table);
}

}  // namespace

Html serversSection(const ReportPage& page) {
    Html section = element("p", "", page.words.text("server.about"));
    if (page.report.project.inventory.hosts.size() > 1)
        section += overview(page);
    for (const Host& host : page.report.project.inventory.hosts)
        section += serverCard(page, host);
    return section;
}

}  // namespace deploy
