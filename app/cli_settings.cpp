#include <charconv>

#include "cli_commands.h"

namespace deploy::cli {

namespace {

using Texts = std::map<std::string, std::string Settings::*>;

const Texts& textFields() {
    static const Texts kFields = {{"entry_address", &Settings::entryAddress},
                                  {"data_directory", &Settings::dataDirectory},
                                  {"install_directory", &Settings::installDirectory},
                                  {"admin_account", &Settings::adminAccount},
                                  {"virtual_address", &Settings::virtualAddress},
                                  {"external_load_balancer", &Settings::externalLoadBalancer},
                                  {"pod_cidr", &Settings::podCidr},
                                  {"service_cidr", &Settings::serviceCidr}};
    return kFields;
}

std::map<std::string, std::string> asText(const Settings& settings) {
    std::map<std::string, std::string> texts = {
        {"entry_port", std::to_string(settings.entryPort)},
        {"vrrp_id", std::to_string(settings.vrrpId)},
        {"kubernetes_distribution", distributionName(settings.distribution)},
        {"existing_docker", settings.existingDocker == ExistingDocker::Reuse ? "reuse" : "refuse"}};
    for (const auto& [key, field] : textFields())
        texts.emplace(key, settings.*field);
    return texts;
}

template <class Number>
bool readNumber(const std::string& text, Number& number) {
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end;
}

/// The word's place among the two.
template <class Choice>
bool readWord(const std::string& text, const char* first, const char* second, Choice& choice) {
    choice = text == second ? Choice{1} : Choice{0};
    return text == first || text == second;
}

Result<void> set(Settings& settings, const std::string& assignment) {
    const size_t equals = assignment.find('=');
    const std::string key = assignment.substr(0, equals);
    if (equals == std::string::npos || !asText(settings).contains(key))
        return fail(ErrorCode::UsageInvalid, assignment, "KEY=VALUE");
    const std::string value = assignment.substr(equals + 1);
    bool read = true;
    if (key == "entry_port")
        read = readNumber(value, settings.entryPort);
    else if (key == "vrrp_id")
        read = readNumber(value, settings.vrrpId);
    else if (key == "existing_docker")
        read = readWord(value, "refuse", "reuse", settings.existingDocker);
    else if (key == "kubernetes_distribution")
        read = readWord(value, "k3s", "rke2", settings.distribution);
    else
        settings.*textFields().at(key) = value;
    if (!read)
        return fail(ErrorCode::ValueInvalid, key, value);
    return {};
}

}  // namespace

Result<Answer> settingsCommand(const Cli& cli, const SettingsArgs& args) {
    auto project = ProjectFolder::open(args.project, ProjectFolder::OpenMode::Write);
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
