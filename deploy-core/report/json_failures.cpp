#include "report/json_parts.h"

namespace deploy {

namespace {

using nlohmann::json;

json casesJson(const std::vector<FailureCase>& cases, const ReportWords& words) {
    json rows = json::array();
    for (const FailureCase& one : cases) {
        json down = json::array();
        for (const HostId& host : one.down)
            down.push_back(host.str());
        json services = json::array();
        for (const ServiceImpact& impact : one.outcome.services)
            services.push_back(
                {{"service", impact.service},
                 {"health", healthWord(impact.health)},
                 {"reason", impact.reason},
                 {"args", impact.args},
                 {"what", words.table().text("failure." + impact.service + "." + impact.reason,
                                             impact.args)}});
        rows.push_back({{"down", down},
                        {"platform", healthWord(one.outcome.platform)},
                        {"tps", one.outcome.tps},
                        {"services", services}});
    }
    return rows;
}

}  // namespace

json failuresJson(const Report& report, const ReportWords& words) {
    return {{"singles", casesJson(report.failures.singles, words)},
            {"pairs", casesJson(report.failures.pairs, words)},
            {"datacenters", casesJson(report.failures.datacenters, words)}};
}

}  // namespace deploy
