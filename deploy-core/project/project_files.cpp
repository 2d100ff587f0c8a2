#include "project/project_files.h"

#include <limits>

#include "base/yaml.h"

namespace deploy {

namespace {

constexpr int64_t kFormat = 1;

const std::vector<std::string> kKinds = {"deploy", "practice", "explore"};
const std::vector<std::string> kDistributions = {"k3s", "rke2"};
const std::vector<std::string> kExistingDocker = {"refuse", "reuse"};

Result<YamlMap> openFormat(std::string_view text, const std::string& name) {
    auto value = parseYaml(text, name);
    if (!value)
        return tl::unexpected(value.error());
    YamlMap map(*value);
    const int64_t format = map.requiredInteger("format", 1, std::numeric_limits<int32_t>::max());
    if (format > kFormat)
        return fail(ErrorCode::FormatTooNew, map.where("format"), {},
                    {{"format", std::to_string(format)}, {"known", std::to_string(kFormat)}});
    return map;
}

std::string line(const std::string& key, std::string_view value) {
    return key + ": " + yamlQuote(value) + "\n";
}

std::string listOf(const std::vector<HostId>& hosts) {
    std::string text = "[";
    for (size_t i = 0; i < hosts.size(); ++i)
        text += (i > 0 ? ", " : "") + yamlQuote(hosts.at(i).str());
    return text + "]";
}

Settings readSettings(YamlMap& map) {
    Settings settings;
    settings.entryAddress = map.optionalString("entry_address");
    settings.entryPort =
        static_cast<uint16_t>(map.optionalInteger("entry_port", 1, 65535, settings.entryPort));
    settings.dataDirectory = map.optionalString("data_directory", settings.dataDirectory);
    settings.installDirectory = map.optionalString("install_directory", settings.installDirectory);
    settings.adminAccount = map.optionalString("admin_account", settings.adminAccount);
    settings.existingDocker =
        map.optionalWord("existing_docker", kExistingDocker, settings.existingDocker);
    settings.virtualAddress = map.optionalString("virtual_address");
    settings.vrrpId = static_cast<uint8_t>(map.optionalInteger("vrrp_id", 1, 255, settings.vrrpId));
    settings.externalLoadBalancer = map.optionalString("external_load_balancer");
    settings.podCidr = map.optionalString("pod_cidr", settings.podCidr);
    settings.serviceCidr = map.optionalString("service_cidr", settings.serviceCidr);
    settings.distribution =
        map.optionalWord("kubernetes_distribution", kDistributions, settings.distribution);
    return settings;
}

}  // namespace

const char* kindWord(ProjectKind kind) {
    return kKinds.at(static_cast<size_t>(kind)).c_str();
}

std::string writeProjectYaml(const ProjectContent& content) {
    const Settings& settings = content.settings;
    std::string text = "format: " + std::to_string(kFormat) + "\n";
    text += line("id", content.id) + line("name", content.name);
    text += line("kind", kindWord(content.kind));
    text += line("scenario", content.scenario) + line("mode", content.mode.str());
    text += "bundle:\n  " + line("path", content.bundlePath) + "  " +
            line("digest", content.bundleDigest) + "  " + line("key", content.bundleKey);
    text += "settings:\n  " + line("entry_address", settings.entryAddress);
    text += "  entry_port: " + std::to_string(settings.entryPort) + "\n";
    text += "  " + line("data_directory", settings.dataDirectory);
    text += "  " + line("install_directory", settings.installDirectory);
    text += "  " + line("admin_account", settings.adminAccount);
    text += "  " + line("existing_docker",
                        kExistingDocker.at(static_cast<size_t>(settings.existingDocker)));
    text += "  " + line("virtual_address", settings.virtualAddress);
    text += "  vrrp_id: " + std::to_string(settings.vrrpId) + "\n";
    text += "  " + line("external_load_balancer", settings.externalLoadBalancer);
    text += "  " + line("pod_cidr", settings.podCidr);
    text += "  " + line("service_cidr", settings.serviceCidr);
    text += "  " + line("kubernetes_distribution", distributionName(settings.distribution));
    return text;
}

Result<ProjectContent> readProjectYaml(std::string_view text, const std::string& name) {
    auto map = openFormat(text, name);
    if (!map)
        return tl::unexpected(map.error());
    ProjectContent content;
    content.id = map->requiredString("id");
    content.name = map->requiredString("name");
    content.kind = map->requiredWord<ProjectKind>("kind", kKinds);
    content.scenario = map->optionalString("scenario");
    content.mode = ModeId(map->requiredString("mode"));
    if (const auto value = map->requiredValue("bundle")) {
        YamlMap bundle(*value);
        content.bundlePath = bundle.optionalString("path");
        content.bundleDigest = bundle.optionalString("digest");
        content.bundleKey = bundle.optionalString("key");
        if (auto end = bundle.finish(); !end)
            map->reject(end.error());
    }
    if (const auto value = map->requiredValue("settings")) {
        YamlMap settings(*value);
        content.settings = readSettings(settings);
        if (auto end = settings.finish(); !end)
            map->reject(end.error());
    }
    if (auto end = map->finish(); !end)
        return tl::unexpected(end.error());
    return content;
}

std::string writeTopologyYaml(const DrawingFile& drawing) {
    std::string text = "format: " + std::to_string(kFormat) + "\nroles:";
    if (drawing.topology.roles().empty())
        text += " {}";
    for (const auto& [role, hosts] : drawing.topology.roles())
        text += "\n  " + yamlQuote(role.str()) + ": " + listOf(hosts);
    if (!drawing.order.empty())
        text += "\norder: " + listOf(drawing.order);
    return text + "\n";
}

Result<DrawingFile> readTopologyYaml(std::string_view text, const std::string& name) {
    auto map = openFormat(text, name);
    if (!map)
        return tl::unexpected(map.error());
    DrawingFile drawing;
    if (const auto value = map->requiredValue("roles")) {
        const auto roles = value->asMapping();
        if (!roles)
            return tl::unexpected(roles.error());
        for (const auto& [role, list] : *roles) {
            const auto hosts = list.asStrings();
            if (!hosts)
                return tl::unexpected(hosts.error());
            for (const std::string& host : *hosts)
                drawing.topology = drawing.topology.assign(RoleId(role), HostId(host));
        }
    }
    for (const std::string& host : map->optionalStrings("order"))
        drawing.order.emplace_back(host);
    if (auto end = map->finish(); !end)
        return tl::unexpected(end.error());
    return drawing;
}

std::string writeWaiversYaml(const std::vector<Waiver>& waivers) {
    std::string text = "format: " + std::to_string(kFormat) + "\nwaivers:";
    if (waivers.empty())
        text += " []";
    for (const Waiver& waiver : waivers) {
        text += "\n  - {check: " + yamlQuote(waiver.check.str()) +
                ", server: " + yamlQuote(waiver.host.str()) + ", by: " + yamlQuote(waiver.by) +
                ", reason: " + yamlQuote(waiver.reason) +
                ", at_ms: " + std::to_string(waiver.at.time_since_epoch().count()) + "}";
    }
    return text + "\n";
}

Result<std::vector<Waiver>> readWaiversYaml(std::string_view text, const std::string& name) {
    auto map = openFormat(text, name);
    if (!map)
        return tl::unexpected(map.error());
    std::vector<Waiver> waivers;
    for (const YamlValue& value : map->requiredSequence("waivers")) {
        YamlMap entry(value);
        Waiver waiver;
        waiver.check = CheckId(entry.requiredString("check"));
        waiver.host = HostId(entry.requiredString("server"));
        waiver.by = entry.requiredString("by");
        waiver.reason = entry.requiredString("reason");
        constexpr int64_t kYear3000Ms = 32503680000000;
        waiver.at =
            WallTime(std::chrono::milliseconds(entry.requiredInteger("at_ms", 0, kYear3000Ms)));
        if (auto end = entry.finish(); !end)
            map->reject(end.error());
        waivers.push_back(std::move(waiver));
    }
    if (auto end = map->finish(); !end)
        return tl::unexpected(end.error());
    return waivers;
}

}  // namespace deploy
