#include "plan/planner_app.h"

#include "base/digest.h"
#include "plan/planner_secrets.h"

namespace deploy {

namespace {

constexpr std::string_view kComposeFolder = "app/compose/";

void appendLine(std::string& lines, const std::string& line) {
    lines += (lines.empty() ? "" : "\n") + line;
}

std::vector<ComposeApp::File> filesOf(const BundleManifest& bundle) {
    std::vector<ComposeApp::File> files;
    for (const BundleFile& file : bundle.ofKind(BundleFileKind::Compose))
        if (file.path.starts_with(kComposeFolder))
            files.push_back({file, file.path.substr(kComposeFolder.size())});
    for (const BundleFile& file : bundle.ofKind(BundleFileKind::Licence))
        files.push_back({file, "licence"});
    return files;
}

std::string environmentOf(const PlanInput& input, const Host& host, const ComposeApp& app) {
    const Settings& settings = input.settings;
    const bool licensed = !input.bundle.ofKind(BundleFileKind::Licence).empty();
    std::string lines;
    appendLine(lines, "ENTRY_PORT=" + std::to_string(settings.entryPort));
    appendLine(lines, "ENTRY_ADDRESS=" +
                          (settings.entryAddress.empty() ? host.address : settings.entryAddress));
    appendLine(lines, "DATA_DIR=" + app.dataFolder);
    appendLine(lines, "SECRETS_DIR=" + app.secretsFolder);
    appendLine(lines, "ADMIN_ACCOUNT=" + settings.adminAccount);
    appendLine(lines,
               "LICENCE_FILE=" + (licensed ? settings.installDirectory + "/licence" : "/dev/null"));
    return lines;
}

}  // namespace

ComposeApp composeAppOf(const PlanInput& input, const Host& host) {
    ComposeApp app;
    app.files = filesOf(input.bundle);
    app.dataFolder = input.settings.dataDirectory + "/app";
    app.secretsFolder = secretsFolder(input.settings);
    app.environmentLines = environmentOf(input, host, app);
    std::string mountedLines;
    for (const ComposeApp::File& file : app.files) {
        appendLine(app.fileLines, file.source.sha256 + " " + file.path);
        if (file.path != "compose.yaml")
            appendLine(mountedLines, file.source.sha256 + " " + file.path);
    }
    app.mounted = sha256Hex(mountedLines);
    SecretFiles secrets =
        secretFiles({"db_root_password", "db_password", "cache_password", "admin_password"});
    app.secretLines = std::move(secrets.lines);
    app.secrets = std::move(secrets.variables);
    return app;
}

}  // namespace deploy
