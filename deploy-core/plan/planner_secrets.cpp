#include "plan/planner_secrets.h"

namespace deploy {

namespace {

std::string inCapitals(std::string text) {
    for (char& letter : text)
        if (letter >= 'a' && letter <= 'z')
            letter = static_cast<char>(letter - 'a' + 'A');
    return text;
}

}  // namespace

SecretFiles secretFiles(const std::vector<std::string>& names) {
    SecretFiles files;
    for (const std::string& name : names) {
        files.lines += (files.lines.empty() ? "" : "\n") + name + " " + inCapitals(name);
        files.variables.emplace(inCapitals(name), name);
    }
    return files;
}

std::string secretsFolder(const Settings& settings) {
    return settings.installDirectory + "/secrets";
}

}  // namespace deploy
