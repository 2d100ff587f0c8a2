#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "project/work.h"
#include "text/message_table.h"

namespace deploy::cli {

/// What a command answers: its exit status and, for --json, its result.
struct Answer {
    int exit = 0;
    nlohmann::json result = nlohmann::json::object();
};

/// What every command of the command line has at hand. One thread, but for say() and warn().
struct Cli {
    const MessageTable& table;
    bool json = false;
    int secretFd = -1;  ///< -1: secrets are asked for on the terminal
    double speed = 0;   ///< of practice: how many times as fast as real; 0: sleeping takes no time

    /// A line for people on standard output; silent with --json.
    void say(const std::string& line) const;
    /// A line on standard error.
    void warn(const std::string& line) const;
    std::string text(const std::string& key, const Args& args = {}) const;
    /// What, where and what to do, on standard error.
    void show(const Error& error) const;
};

nlohmann::json toJson(const Error& error, const MessageTable& table);

/// The clock that a project's work goes by: the machine's, or practice time at the chosen speed,
/// which goes on where the project's last run left it.
std::unique_ptr<Clock> clockFor(const Cli& cli, const ProjectFolder& project);

/// Progress that is told once for each tenth of the whole.
class Tenths {
public:
    /// Was another tenth passed?
    bool passed(uint64_t done, uint64_t total);

private:
    uint64_t told_ = 0;
};

/// Tells how much of a bundle is verified, a line for each tenth.
VerifyProgress bundleProgress(const Cli& cli);

}  // namespace deploy::cli
