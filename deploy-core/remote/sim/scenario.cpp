#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/resources.h"
#include "base/yaml.h"
#include "remote/simulated.h"

namespace deploy {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t kGiB = uint64_t{1} << 30U;

/// A server's own: name, address, ids; what two servers of one system must not share.
void individualise(Facts& facts, const Host& host) {
    const std::string digest = sha256Hex(host.name.str() + " " + host.address);
    facts.host = host.name;
    facts.hostname = host.name.str();
    facts.machineId = digest.substr(0, 32);
    facts.bootId = digest.substr(32, 8) + "-1111-4222-8333-" + digest.substr(40, 12);
    const std::string mac =
        "52:54:00:" + digest.substr(0, 2) + ":" + digest.substr(2, 2) + ":" + digest.substr(4, 2);
    facts.interfaces = {{"lo", "00:00:00:00:00:00", {"127.0.0.1/8", "::1/128"}, 65536},
                        {"eth0", mac, {host.address + "/24"}, 1500}};
    const std::string network = host.address.substr(0, host.address.rfind('.')) + ".0/24";
    facts.routes = {network};
    facts.defaultRoute = true;
}

Result<Facts> systemFacts(const std::string& system, const std::string& where) {
    const fs::path file = fs::path("scenarios/facts") / (system + ".json");
    const bool plain = !system.starts_with('.') && system.find('/') == std::string::npos;
    const auto text = plain ? readResource(file) : fail(ErrorCode::FileNotFound);
    if (!text)
        return fail(ErrorCode::ScenarioInvalid, where, system);
    return factsFromJson(*text, file.string());
}

/// Facts that a scenario sets itself, over those of the system.
void readOwnFacts(YamlMap& map, Facts& facts) {
    constexpr int64_t kMost = 1 << 20;
    if (map.optionalValue("cores"))
        facts.cores = static_cast<int>(map.requiredInteger("cores", 1, 4096));
    if (map.optionalValue("memory_gib"))
        facts.memoryBytes =
            static_cast<uint64_t>(map.requiredInteger("memory_gib", 1, kMost)) * kGiB;
    FileSystemFacts& disk = *facts.dataDirectory;
    if (map.optionalValue("disk_gib"))
        disk.totalBytes = static_cast<uint64_t>(map.requiredInteger("disk_gib", 1, kMost)) * kGiB;
    const uint64_t totalGiB = disk.totalBytes.value_or(0) / kGiB;
    disk.freeBytes = static_cast<uint64_t>(
                         map.optionalInteger("disk_free_gib", 0, static_cast<int64_t>(totalGiB),
                                             static_cast<int64_t>(totalGiB - totalGiB / 20))) *
                     kGiB;
    facts.clockOffsetSeconds =
        static_cast<double>(map.optionalInteger("clock_ahead_seconds", -kMost, kMost, 0));
    const std::string taken = map.optionalString("entry_port_taken_by");
    if (!taken.empty())
        facts.listening->push_back({"tcp", 8000, taken});
    if (map.optionalValue("swap_gib"))
        facts.swapBytes = static_cast<uint64_t>(map.requiredInteger("swap_gib", 0, kMost)) * kGiB;
    facts.transparentHugePages =
        map.optionalString("huge_pages", facts.transparentHugePages.value_or(""));
    const std::string docker = map.optionalString("docker");
    if (!docker.empty())
        facts.existing.push_back({"docker", docker, true, "/usr/bin/dockerd, docker.service"});
}

Host readHost(YamlMap& map) {
    Host host;
    host.name = HostId(map.requiredString("name"));
    host.address = map.requiredString("address");
    host.user = map.optionalString("user", "root");
    host.sudo =
        map.optionalWord<SudoMode>("sudo", {"none", "nopasswd", "password"}, SudoMode::None);
    host.datacenter = map.optionalString("datacenter");
    return host;
}

Result<void> readServer(const YamlValue& value, Scenario& scenario) {
    YamlMap map(value);
    const Host host = readHost(map);
    Scenario::Server server;
    const std::string system = map.requiredString("system");
    server.megabytesPerSecond =
        static_cast<int>(map.optionalInteger("megabytes_per_second", 1, 10000, 100));
    server.roundTripMs = static_cast<int>(map.optionalInteger("round_trip_ms", 0, 10000, 1));
    auto facts = systemFacts(system, map.where("system"));
    if (!facts) {
        map.reject(facts.error());
        return map.finish();
    }
    if (!facts->dataDirectory || !facts->listening)
        map.reject("system", ErrorCode::ScenarioInvalid, system);
    else
        readOwnFacts(map, *facts);
    individualise(*facts, host);
    server.facts = *std::move(facts);
    if (!scenario.servers.emplace(host.name, std::move(server)).second)
        map.reject("name", ErrorCode::ScenarioInvalid, host.name.str());
    scenario.inventory.hosts.push_back(host);
    return map.finish();
}

Result<void> readFault(const YamlValue& value, Scenario& scenario) {
    YamlMap map(value);
    Scenario::Fault fault;
    fault.kind = map.requiredWord<Scenario::Fault::Kind>(
        "kind", {"step_fails", "connection_lost", "disk_full", "host_key_changed", "unreachable",
                 "wrong_password", "slow", "reboots", "power_cut", "another_run"});
    fault.host = HostId(map.requiredString("server"));
    fault.at = map.requiredString("at");
    if (!scenario.servers.contains(fault.host))
        map.reject("server", ErrorCode::ScenarioInvalid, fault.host.str());
    static const std::set<std::string> kPlaces = {"put", "connect", "lock", "probe"};
    using enum Scenario::Fault::Kind;
    const bool isScript = fault.at.find('/') != std::string::npos;
    const bool happensThere = fault.kind == StepFails    ? isScript
                              : fault.kind == DiskFull   ? isScript || fault.at == "put"
                              : fault.kind == Slow       ? isScript || fault.at == "put"
                              : fault.kind == AnotherRun ? fault.at == "lock"
                                                         : isScript || kPlaces.contains(fault.at);
    if (!happensThere)
        map.reject("at", ErrorCode::ScenarioInvalid, fault.at);
    scenario.faults.push_back(std::move(fault));
    return map.finish();
}

}  // namespace

Result<Scenario> readScenario(std::string_view yaml, const std::string& name) {
    const auto value = parseYaml(yaml, name + ".yaml");
    if (!value)
        return tl::unexpected(value.error());
    YamlMap map(*value);
    Scenario scenario;
    scenario.name = name;
    map.requiredInteger("format", 1, 1);
    scenario.mode = ModeId(map.requiredString("mode"));
    scenario.virtualAddress = map.optionalString("virtual_address");
    for (const YamlValue& server : map.requiredSequence("servers"))
        if (auto read = readServer(server, scenario); !read)
            return tl::unexpected(read.error());
    for (const YamlValue& fault : map.optionalSequence("faults"))
        if (auto read = readFault(fault, scenario); !read)
            return tl::unexpected(read.error());
    if (scenario.inventory.hosts.empty())
        map.reject("servers", ErrorCode::ScenarioInvalid, {});
    if (auto finished = map.finish(); !finished)
        return tl::unexpected(finished.error());
    return scenario;
}

std::string Scenario::lessonOf(const std::string& name) {
    return name.substr(name.find('-') + 1);
}

Result<Scenario> Scenario::load(const std::string& name) {
    const auto known = names();
    if (!known)
        return tl::unexpected(known.error());
    if (std::find(known->begin(), known->end(), name) == known->end())
        return fail(ErrorCode::ScenarioInvalid, name);
    const auto text = readResource(fs::path("scenarios") / (name + ".yaml"));
    if (!text)
        return tl::unexpected(text.error());
    return readScenario(*text, name);
}

Result<std::vector<std::string>> Scenario::names() {
    const fs::path folder = resourceFolder() / "scenarios";
    std::error_code error;
    std::vector<std::string> found;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".yaml")
            found.push_back(entry->path().stem().string());
    if (error)
        return fail(ErrorCode::FileUnreadable, folder.string(), error.message());
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace deploy
