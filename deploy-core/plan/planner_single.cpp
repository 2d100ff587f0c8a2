#include "plan/planner_single.h"

#include "base/digest.h"
#include "plan/planner_app.h"
#include "plan/planner_base.h"

namespace deploy {

namespace {

using std::chrono::seconds;

void addApp(ServerSteps& steps, const PlanInput& input, const Host& host, const ServerBase& base) {
    const ComposeApp app = composeAppOf(input, host);
    const std::string& folder = input.settings.installDirectory;

    std::vector<StepId> configNeeds = {base.prepared};
    for (const ComposeApp::File& file : app.files)
        configNeeds.push_back(
            steps.put("app.file." + file.path, Stage::Business, file.source, {}, {base.prepared}));
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
    std::vector<StepId> startNeeds = base.containers();
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
    std::vector<std::string> lacking = lackingForBase(input);
    if (!input.bundle.file("app/compose/compose.yaml"))
        lacking.emplace_back("app/compose/compose.yaml");
    if (input.bundle.images.empty())
        lacking.emplace_back("images");
    return lacking;
}

Result<std::vector<Step>> singleServerSteps(const PlanInput& input, const Host& host) {
    StepList list(input.scripts);
    ServerSteps steps(list, host.name);
    const auto base = addServerBase(steps, input);
    if (!base)
        return tl::unexpected(base.error());
    addApp(steps, input, host, *base);
    return std::move(list).take();
}

}  // namespace deploy
