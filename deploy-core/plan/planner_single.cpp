#include "plan/planner_single.h"

#include <set>

#include "base/digest.h"
#include "plan/planner_app.h"
#include "plan/planner_docker.h"
#include "plan/planner_steps.h"

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

Result<StepId> addEngine(StepList& steps, const PlanInput& input, const Host& host,
                         const StepId& prepared, const StepId& data) {
    const BundleFile archive = input.bundle.ofKind(BundleFileKind::DockerEngine).front();
    const BundleFile plugin = input.bundle.ofKind(BundleFileKind::DockerCompose).front();
    const std::string dataRoot = input.settings.dataDirectory + "/docker";
    const auto daemonJson =
        mergeDaemonJson(input.facts.at(host.name).dockerDaemonJson, dataRoot, host.name.str());
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
        steps.put("docker.engine.file", Stage::Bundle, archive, asked("engine"), {prepared});
    const StepId pluginSent =
        steps.put("docker.compose.file", Stage::Bundle, plugin, asked("compose"), {prepared});
    return steps.run("docker.engine", Stage::Docker, steps.call("docker/engine", values),
                     {prepared, data, archiveSent, pluginSent}, {seconds(20)});
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

/// Sent and loaded one after the other: only one archive lies on the server at a time.
StepId addImage(StepList& steps, const BundleImage& image, const BundleFile& file,
                const std::string& name, const StepId& engine) {
    const uint64_t size = file.size;
    const auto take = [size](uint64_t rate) {
        return seconds(static_cast<int64_t>(size / rate));  // [est] bytes a second
    };
    const ScriptCall content =
        steps.call("docker/image", {{"IMAGE_ID", image.id}, {"ASKED", "content"}});
    // Only a server that has its engine can say whether it has the image.
    const StepId sent =
        steps.put("image." + name + ".file", Stage::Images, file, content, {engine});
    const ScriptCall load = steps.call("docker/image", {{"IMAGE_ID", image.id},
                                                        {"IMAGE_REFERENCE", image.reference},
                                                        {"ARCHIVE", sentFile(file.sha256)}});
    const StepTime time{seconds(2) + take(60'000'000), seconds(120) + take(10'000'000),
                        seconds(900) + take(1'000'000)};
    return steps.run("image." + name, Stage::Images, load, {engine, sent}, time,
                     {{"image", image.reference}});
}

void addApp(StepList& steps, const PlanInput& input, const Host& host, const StepId& prepared,
            std::vector<StepId> startNeeds) {
    const ComposeApp app = composeAppOf(input, host);
    const std::string& folder = input.settings.installDirectory;

    std::vector<StepId> configNeeds = {prepared};
    for (const ComposeApp::File& file : app.files)
        configNeeds.push_back(
            steps.put("app.file." + file.path, Stage::Business, file.source, {}, {prepared}));
    const StepId config = steps.run(
        "app.config", Stage::Business,
        steps.call("app/config", {{"INSTALL_DIR", folder},
                                  {"FILES", app.fileLines},
                                  {"ENVIRONMENT", app.environmentLines},
                                  {"VERSION", input.bundle.product + " " + input.bundle.version}}),
        configNeeds, {});

    ScriptCall secretsCall = steps.call(
        "app/secrets", {{"SECRETS_DIR", app.secretsFolder}, {"SECRETS", app.secretLines}});
    secretsCall.secrets = app.secrets;
    // The secrets' folder lies in the application's.
    const StepId secrets =
        steps.run("app.secrets", Stage::Business, std::move(secretsCall), {config}, {});

    std::string made = app.fileLines + "\n" + app.environmentLines;
    for (const BundleImage& image : imagesFor(input, host.name))
        made += "\n" + image.id + " " + image.reference;
    startNeeds.insert(startNeeds.end(), {config, secrets});
    const StepId started = steps.run("app.start", Stage::Business,
                                     steps.call("app/start", {{"INSTALL_DIR", folder},
                                                              {"CONFIG", sha256Hex(made)},
                                                              {"MOUNTED", app.mounted}}),
                                     startNeeds, {seconds(45), seconds(300), seconds(1200)});

    steps.wait("app.verify", Stage::Verify,
               steps.call("app/verify", {{"ENTRY_PORT", std::to_string(input.settings.entryPort)}}),
               {started}, {seconds(20), seconds(120), seconds(300)});
}

}  // namespace

std::vector<std::string> lackingForSingle(const PlanInput& input) {
    std::vector<std::string> lacking;
    const BundleManifest& bundle = input.bundle;
    if (bundle.ofKind(BundleFileKind::DockerEngine).empty())
        lacking.emplace_back("kind: docker_engine");
    if (bundle.ofKind(BundleFileKind::DockerCompose).empty())
        lacking.emplace_back("kind: docker_compose");
    if (!bundle.file("app/compose/compose.yaml"))
        lacking.emplace_back("app/compose/compose.yaml");
    if (bundle.images.empty())
        lacking.emplace_back("images");
    for (const BundleImage& image : bundle.images)
        if (!bundle.file(image.file))
            lacking.push_back(image.file);
    return lacking;
}

Result<std::vector<Step>> singleServerSteps(const PlanInput& input, const Host& host) {
    StepList steps(input.scripts, host.name);
    const StepId prepared = steps.run("host.prepare", Stage::Prepare,
                                      steps.call("host/prepare", {{"SYSCTLS", kSysctls}}), {}, {});
    const StepId data =
        steps.run("app.data", Stage::Prepare,
                  steps.call("app/data", {{"DATA_DIR", input.settings.dataDirectory + "/app"},
                                          {"DATA_PARENT", input.settings.dataDirectory}}),
                  {prepared}, {});
    const auto engine = addEngine(steps, input, host, prepared, data);
    if (!engine)
        return tl::unexpected(engine.error());
    std::vector<StepId> startNeeds = {data, *engine};
    std::set<std::string> names;
    for (const BundleImage& image : imagesFor(input, host.name))
        startNeeds.push_back(addImage(steps, image, *input.bundle.file(image.file),
                                      imageName(image.reference, names), *engine));
    addApp(steps, input, host, prepared, std::move(startNeeds));
    return std::move(steps).take();
}

}  // namespace deploy
