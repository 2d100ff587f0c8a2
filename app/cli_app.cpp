#include "cli_app.h"

#include <array>
#include <cstdio>
#include <mutex>

#include "remote/simulated.h"

namespace deploy::cli {

namespace {

void writeLine(std::FILE* file, const std::string& line) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    std::fputs((line + "\n").c_str(), file);
    std::fflush(file);
}

}  // namespace

void Cli::say(const std::string& line) const {
    if (!json)
        writeLine(stdout, line);
}

void Cli::warn(const std::string& line) const {
    writeLine(stderr, line);
}

std::string Cli::text(const std::string& key, const Args& args) const {
    return table.text(key, args);
}

void Cli::show(const Error& error) const {
    const ErrorText words = describe(error, table);
    warn(text("cli.error", {{"what", words.what}}));
    if (!words.remedy.empty())
        warn("  " + words.remedy);
}

nlohmann::json toJson(const Error& error, const MessageTable& table) {
    const ErrorText words = describe(error, table);
    return {{"code", std::string(codeName(error.code))},
            {"where", error.where},
            {"detail", error.detail},
            {"args", error.args},
            {"what", words.what},
            {"remedy", words.remedy}};
}

Result<ProjectFolder> openProject(const std::string& path, ProjectFolder::OpenMode mode) {
    return ProjectFolder::open(path, mode);
}

std::unique_ptr<Clock> clockFor(const Cli& cli, const ProjectFolder& project) {
    const bool practice = project.content().kind == ProjectKind::Practice;
    return makeScaledClock(systemClock(), practice ? cli.speed : 1);
}

std::string humanBytes(uint64_t bytes) {
    static constexpr std::array kUnits = {"B", "KiB", "MiB", "GiB", "TiB"};
    auto value = static_cast<double>(bytes);
    size_t unit = 0;
    while (value >= 1024 && unit + 1 < kUnits.size()) {
        value /= 1024;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", value,
                  kUnits.at(unit));
    return text.data();
}

}  // namespace deploy::cli
