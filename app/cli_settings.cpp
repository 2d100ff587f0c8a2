#include <charconv>

#include "cli_commands.h"

namespace deploy::cli {

namespace {

std::map<std::string, std::string> asText(const Settings& settings) {
    return {
        {"entry_address", settings.entryAddress},
        {"entry_port", std::to_string(settings.entryPort)},
        {"data_directory", settings.dataDirectory},
        {"install_directory", settings.installDirectory},
        {"admin_account", settings.adminAccount},
        {"existing_docker", settings.existingDocker == ExistingDocker::Reuse ? "reuse" : "refuse"}};
}

Result<void> set(Settings& settings, const std::string& assignment) {
    const size_t equals = assignment.find('=');
    const std::string key = assignment.substr(0, equals);
    if (equals == std::string::npos || !asText(settings).contains(key))
        return fail(ErrorCode::UsageInvalid, assignment, "KEY=VALUE");
    const std::string value = assignment.substr(equals + 1);
    const auto invalid = [&] { return fail(ErrorCode::ValueInvalid, key, value); };
    if (key == "entry_port") {
        const char* end = value.data() + value.size();
        const auto read = std::from_chars(value.data(), end, settings.entryPort);
        if (read.ec != std::errc() || read.ptr != end)
            return invalid();
    } else if (key == "existing_docker") {
        if (value != "reuse" && value != "refuse")
            return invalid();
        settings.existingDocker = value == "reuse" ? ExistingDocker::Reuse : ExistingDocker::Refuse;
    } else {
        std::string& field = key == "entry_address"       ? settings.entryAddress
                             : key == "data_directory"    ? settings.dataDirectory
                             : key == "install_directory" ? settings.installDirectory
                                                          : settings.adminAccount;
        field = value;
    }
    return {};
}

}  // namespace

Result<Answer> settingsCommand(const Cli& cli, const SettingsArgs& args) {
    auto project = openProject(args.project);
    if (!project)
        return tl::unexpected(project.error());
    ProjectContent content = project->content();
    for (const std::string& assignment : args.values)
        if (auto done = set(content.settings, assignment); !done)
            return tl::unexpected(done.error());
    if (auto valid = validateSettings(content.settings); !valid)
        return tl::unexpected(valid.error());
    if (auto saved = project->save(content); !saved)
        return tl::unexpected(saved.error());
    Answer answer;
    for (const auto& [key, value] : asText(content.settings)) {
        std::string line = key;
        line.append("=").append(value);
        cli.say(line);
        answer.result[key] = value;
    }
    return answer;
}

}  // namespace deploy::cli
