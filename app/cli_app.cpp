#include "cli_app.h"

#include <algorithm>
#include <cstdio>
#include <mutex>

#include "base/byte_count.h"
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

std::unique_ptr<Clock> clockFor(const Cli& cli, const ProjectFolder& project) {
    if (project.content().kind != ProjectKind::Practice)
        return makeScaledClock(systemClock(), 1);
    const auto runs = project.runs();
    return makeScaledClock(systemClock(), cli.speed, runs ? lastWord(*runs) : WallTime{});
}

bool Tenths::passed(uint64_t done, uint64_t total) {
    const uint64_t tenths = total == 0 ? 0 : done * 10 / total;
    const bool more = tenths > told_;
    told_ = std::max(told_, tenths);
    return more;
}

VerifyProgress bundleProgress(const Cli& cli) {
    return [&cli, tenths = Tenths()](uint64_t done, uint64_t total) mutable {
        if (tenths.passed(done, total))
            cli.say(cli.text("cli.bundle.progress",
                             {{"done", bytesText(done)}, {"total", bytesText(total)}}));
    };
}

}  // namespace deploy::cli
