#include <charconv>
#include <map>

#include "catalog/catalog_parts.h"
#include "catalog/quantity.h"
#include "catalog/read_catalog.h"

namespace deploy {

namespace {

enum class Band { Shown, Hidden };

/// "22" or "7000-7001".
void readPortRange(YamlMap& map, Port& port) {
    const std::string text = map.requiredString("port");
    const char* end = text.data() + text.size();
    auto parsed = std::from_chars(text.data(), end, port.first);
    port.last = port.first;
    if (parsed.ec == std::errc() && parsed.ptr != end && *parsed.ptr == '-')
        parsed = std::from_chars(parsed.ptr + 1, end, port.last);
    if (parsed.ec != std::errc() || parsed.ptr != end || port.first == 0 || port.last < port.first)
        rejectValue(map, "port", text, "1-65535");
}

void checkEnd(YamlMap& map, const std::string& key, const std::string& end,
              const Catalog& catalog) {
    const bool isFrom = key == "from";
    if (catalog.role(RoleId(end)) == nullptr && end != "server" &&
        !(isFrom && (end == "client" || end == "laptop")))
        rejectValue(map, key, end, isFrom ? "client, laptop, server" : "server");
}

/// The unit that the code of each check takes its limit in: 10 s instead of 10 ms must not pass.
const std::map<std::string, std::string>& thresholdUnits() {
    static const std::map<std::string, std::string> kUnits = {
        {"access.sessions", "count"},
        {"access.login_shell", "ms"},
        {"resources.memory", "MiB"},
        {"resources.disk", "percent"},
        {"disk.free", "times"},
        {"disk.used", "percent"},
        {"disk.inodes", "percent"},
        {"disk.latency", "ms"},
        {"clock.offset", "s"},
        {"clock.offset_warning", "s"},
        {"network.rtt", "ms"},
        {"network.loss", "percent"},
        {"sysctl.ip_forward", "count"},
        {"sysctl.bridge_nf_call_iptables", "count"},
        {"sysctl.somaxconn", "count"},
        {"sysctl.inotify_instances", "count"},
        {"sysctl.inotify_watches", "count"},
        {"sysctl.max_map_count", "count"},
    };
    return kUnits;
}

}  // namespace

Result<void> readRoles(std::string_view text, const std::string& name, Catalog& catalog) {
    std::set<std::string> seen;
    return readText(text, name, [&](YamlMap& map) {
        readEntries(map, "roles", [&](YamlMap& entry) {
            Role role;
            role.id = RoleId(readNewId(entry, "id", seen));
            role.visible = entry.requiredWord<Band>("band", {"shown", "hidden"}) == Band::Shown;
            role.color = entry.requiredString("color");
            catalog.roles.push_back(std::move(role));
        });
        catalog.services = readWords(map, "services");
        const std::set<std::string> distinct(catalog.services.begin(), catalog.services.end());
        if (distinct.size() != catalog.services.size())
            rejectValue(map, "services", {}, {});
    });
}

Result<void> readPorts(std::string_view text, const std::string& name, Catalog& catalog) {
    return readText(text, name, [&](YamlMap& map) {
        readEntries(map, "ports", [&](YamlMap& entry) {
            Port port;
            port.to = entry.requiredString("to");
            checkEnd(entry, "to", port.to, catalog);
            port.protocol = entry.requiredWord<Protocol>("protocol", {"tcp", "udp", "vrrp"});
            if (port.protocol != Protocol::Vrrp)
                readPortRange(entry, port);
            port.why = entry.requiredString("why");
            port.modes = readModeList(entry, catalog);
            port.distribution = entry.optionalString("distribution");
            port.least = static_cast<int>(entry.optionalInteger("least", 1, 1000, 0));
            port.source = readSource(entry);
            for (const std::string& from : readWords(entry, "from")) {
                port.from = from;
                checkEnd(entry, "from", from, catalog);
                catalog.ports.push_back(port);
            }
        });
    });
}

Result<void> readConstraints(std::string_view text, const std::string& name, Catalog& catalog) {
    std::set<std::string> seen;
    return readText(text, name, [&](YamlMap& map) {
        readEntries(map, "constraints", [&](YamlMap& entry) {
            Constraint rule;
            rule.id = readNewId(entry, "id", seen);
            rule.kind = entry.requiredWord<Constraint::Kind>(
                "kind", {"one_per_server", "apart", "odd_count", "majority_survives",
                         "same_datacenter", "only_with"});
            const bool between =
                rule.kind == Constraint::Kind::Apart || rule.kind == Constraint::Kind::OnlyWith;
            rule.roles = readRoleList(entry, "roles", catalog);
            if (between)
                rule.others = readRoleList(entry, "others", catalog);
            rule.modes = readModeList(entry, catalog);
            rule.grade = entry.requiredWord<Constraint::Grade>("grade", {"error", "warning"});
            rule.source = readSource(entry);
            catalog.constraints.push_back(std::move(rule));
        });
    });
}

Result<void> readSystems(std::string_view text, const std::string& name, Catalog& catalog) {
    std::set<std::string> seen;
    return readText(text, name, [&](YamlMap& map) {
        readEntries(map, "systems", [&](YamlMap& entry) {
            const std::string id = readNewId(entry, "id", seen);
            catalog.systems.push_back({id, readWords(entry, "versions")});
            readSource(entry);
        });
    });
}

Result<void> readThresholds(std::string_view text, const std::string& name, Catalog& catalog) {
    std::set<std::string> seen;
    return readText(text, name, [&](YamlMap& map) {
        readEntries(map, "thresholds", [&](YamlMap& entry) {
            Threshold threshold;
            threshold.check = readNewId(entry, "check", seen);
            const auto unit = thresholdUnits().find(threshold.check);
            if (unit == thresholdUnits().end())
                return rejectValue(entry, "check", threshold.check, {});
            threshold.unit = unit->second;
            threshold.value = readQuantity(entry, "limit", threshold.unit);
            threshold.source = readSource(entry);
            catalog.thresholds.push_back(std::move(threshold));
        });
    });
}

}  // namespace deploy
