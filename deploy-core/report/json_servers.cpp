#include "report/json_parts.h"

namespace deploy {

namespace {

using nlohmann::json;

template <class T>
json known(const std::optional<T>& fact) {
    return fact ? json(*fact) : json(nullptr);
}

json diskJson(const FileSystemFacts& disk) {
    return {{"type", disk.type},
            {"total_bytes", known(disk.totalBytes)},
            {"free_bytes", known(disk.freeBytes)},
            {"rotational", known(disk.rotational)}};
}

/// What a hand-over needs of the facts: not the probe's raw words, and no configuration file, which
/// may hold somebody's secret.
json factsJson(const Facts& facts, const ReportWords& words) {
    json existing = json::array();
    for (const ExistingSoftware& software : facts.existing)
        existing.push_back(
            {{"id", software.id}, {"version", software.version}, {"running", software.running}});
    return {
        {"probed_at", timeJson(facts.probedAt, words)},
        {"os_id", known(facts.osId)},
        {"os_version", known(facts.osVersion)},
        {"os_name", known(facts.osName)},
        {"kernel", known(facts.kernel)},
        {"architecture", known(facts.architecture)},
        {"hostname", known(facts.hostname)},
        {"machine_id", known(facts.machineId)},
        {"cores", known(facts.cores)},
        {"memory_bytes", known(facts.memoryBytes)},
        {"swap_bytes", known(facts.swapBytes)},
        {"data_directory", facts.dataDirectory ? diskJson(*facts.dataDirectory) : json(nullptr)},
        {"time_zone", known(facts.timeZone)},
        {"clock_offset_seconds", known(facts.clockOffsetSeconds)},
        {"time_service_runs", known(facts.timeServiceRuns)},
        {"selinux", known(facts.selinux)},
        {"firewalld_runs", known(facts.firewalldRuns)},
        {"existing", existing}};
}

}  // namespace

json serversJson(const Report& report, const ReportWords& words) {
    json rows = json::array();
    for (const Host& host : report.project.inventory.hosts) {
        json roles = json::array();
        for (const RoleId& role : report.project.topology.rolesOf(host.name))
            roles.push_back(role.str());
        const auto facts = report.facts.find(host.name);
        rows.push_back({{"name", host.name.str()},
                        {"address", host.address},
                        {"port", host.port},
                        {"user", host.user},
                        {"jump", host.jump.str()},
                        {"datacenter", host.datacenter},
                        {"notes", host.notes},
                        {"roles", roles},
                        {"facts", facts == report.facts.end() ? json(nullptr)
                                                              : factsJson(facts->second, words)}});
    }
    return rows;
}

}  // namespace deploy
