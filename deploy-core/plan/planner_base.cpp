#include "plan/planner_base.h"

#include <algorithm>
#include <array>
#include <set>

#include "plan/planner_docker.h"
#include "topology/role_ids.h"

namespace deploy {

namespace {

using std::chrono::seconds;

/// Least values; domain.md, sysctl. What is higher already stays.
constexpr const char* kSysctls =
    "net.ipv4.ip_forward 1\n"
    "net.core.somaxconn 32768\n"
    "fs.inotify.max_user_instances 1024\n"
    "fs.inotify.max_user_watches 65536\n"
    "vm.max_map_count 262144";

Result<StepId> addEngine(ServerSteps& steps, const PlanInput& input, const ServerBase& base) {
    const BundleFile archive = input.bundle.ofKind(BundleFileKind::DockerEngine).front();
    const BundleFile plugin = input.bundle.ofKind(BundleFileKind::DockerCompose).front();
    const std::string dataRoot = input.settings.dataDirectory + "/docker";
    const auto daemonJson = mergeDaemonJson(input.facts.at(steps.host()).dockerDaemonJson, dataRoot,
                                            steps.host().str());
    if (!daemonJson)
        return tl::unexpected(daemonJson.error());
    const bool reuse = input.settings.existingDocker == ExistingDocker::Reuse;
    const StepList::Values values = {
        {"EXISTING", reuse ? "reuse" : "refuse"},    {"ARCHIVE", sentFile(archive.sha256)},
        {"COMPOSE_PLUGIN", sentFile(plugin.sha256)}, {"DATA_ROOT", dataRoot},
        {"DAEMON_JSON", daemonJson->text},           {"DAEMON_JSON_WAS", daemonJson->was}};
    const auto asked = [&](const std::string& what) {
        return steps.call("docker/engine", {{"EXISTING", values.at("EXISTING")},
                                            {"ARCHIVE", values.at("ARCHIVE")},
                                            {"COMPOSE_PLUGIN", values.at("COMPOSE_PLUGIN")},
                                            {"ASKED", what}});
    };
    const StepId archiveSent =
        steps.put("docker.engine.file", Stage::Bundle, archive, asked("engine"), {base.prepared});
    const StepId pluginSent =
        steps.put("docker.compose.file", Stage::Bundle, plugin, asked("compose"), {base.prepared});
    return steps.run("docker.engine", Stage::Docker, steps.call("docker/engine", values),
                     {base.prepared, base.data, archiveSent, pluginSent}, {seconds(20)});
}

/// "finclip/database:10.11" -> "database"; a second one of that name gets a number.
std::string imageName(const std::string& reference, std::set<std::string>& taken) {
    std::string name = reference.substr(reference.rfind('/') + 1);
    name = name.substr(0, name.find_first_of(":@"));
    const std::string first = name;
    for (int number = 2; !taken.insert(name).second; ++number)
        name = first + "-" + std::to_string(number);
    return name;
}

/// Sent when the one before is loaded: only one archive lies on the server at a time.
StepId addImage(ServerSteps& steps, const BundleImage& image, const BundleFile& file,
                const std::string& name, const StepId& engine, const std::vector<StepId>& before) {
    const uint64_t size = file.size;
    const auto take = [size](uint64_t rate) {
        return seconds(static_cast<int64_t>(size / rate));  // [est] bytes a second
    };
    const ScriptCall content =
        steps.call("docker/image", {{"IMAGE_ID", image.id}, {"ASKED", "content"}});
    // Only a server that has its engine can say whether it has the image.
    std::vector<StepId> needs = {engine};
    if (!before.empty())
        needs.push_back(before.back());
    const StepId sent =
        steps.put("image." + name + ".file", Stage::Images, file, content, std::move(needs));
    const ScriptCall load = steps.call("docker/image", {{"IMAGE_ID", image.id},
                                                        {"IMAGE_REFERENCE", image.reference},
                                                        {"ARCHIVE", sentFile(file.sha256)}});
    const StepTime time{seconds(2) + take(60'000'000), seconds(120) + take(10'000'000),
                        seconds(900) + take(1'000'000)};
    return steps.run("image." + name, Stage::Images, load, {engine, sent}, time,
                     {{"image", image.reference}});
}

bool needsEngine(const PlanInput& input, const HostId& host) {
    const auto roles = input.topology.rolesOf(host);
    return std::any_of(roles.begin(), roles.end(),
                       [&](const RoleId& role) { return runsInDocker(input.mode, role); });
}

}  // namespace

std::vector<StepId> ServerBase::containers() const {
    std::vector<StepId> needs = {data, engine};
    needs.insert(needs.end(), images.begin(), images.end());
    return needs;
}

bool runsInDocker(const Mode& mode, const RoleId& role) {
    static const std::array kOnTheHosts = {roles::kDatabase, roles::kCache, roles::kLoadBalancer,
                                           roles::kRegistry, roles::kOps,   roles::kGrafana};
    return !mode.kubernetes ||
           std::find(kOnTheHosts.begin(), kOnTheHosts.end(), role) != kOnTheHosts.end();
}

std::vector<BundleImage> imagesFor(const PlanInput& input, const HostId& host) {
    std::vector<BundleImage> images;
    for (const BundleImage& image : input.bundle.images)
        if (image.isFor(input.mode.id) && runsInDocker(input.mode, image.role) &&
            input.topology.has(image.role == roles::kGrafana ? roles::kOps : image.role, host))
            images.push_back(image);
    return images;
}

Result<ServerBase> addServerBase(ServerSteps& steps, const PlanInput& input) {
    ServerBase base;
    base.prepared = steps.run("host.prepare", Stage::Prepare,
                              steps.call("host/prepare", {{"SYSCTLS", kSysctls}}), {}, {});
    base.data =
        steps.run("app.data", Stage::Prepare,
                  steps.call("app/data", {{"DATA_DIR", input.settings.dataDirectory + "/app"},
                                          {"DATA_PARENT", input.settings.dataDirectory}}),
                  {base.prepared}, {});
    if (!needsEngine(input, steps.host()))
        return base;
    auto engine = addEngine(steps, input, base);
    if (!engine)
        return tl::unexpected(engine.error());
    base.engine = *std::move(engine);
    std::set<std::string> names;
    for (const BundleImage& image : imagesFor(input, steps.host()))
        base.images.push_back(addImage(steps, image, *input.bundle.file(image.file),
                                       imageName(image.reference, names), base.engine,
                                       base.images));
    return base;
}

std::vector<std::string> lackingForBase(const PlanInput& input) {
    std::vector<std::string> lacking;
    const std::vector<HostId> hosts = input.topology.hosts();
    const bool engine = std::any_of(hosts.begin(), hosts.end(),
                                    [&](const HostId& host) { return needsEngine(input, host); });
    if (engine && input.bundle.ofKind(BundleFileKind::DockerEngine).empty())
        lacking.emplace_back("kind: docker_engine");
    if (engine && input.bundle.ofKind(BundleFileKind::DockerCompose).empty())
        lacking.emplace_back("kind: docker_compose");
    for (const BundleImage& image : input.bundle.images)
        if (!input.bundle.file(image.file))
            lacking.push_back(image.file);
    return lacking;
}

}  // namespace deploy
