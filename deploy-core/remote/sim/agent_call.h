#pragma once

#include "remote/sim/agents.h"

namespace deploy::sim {

constexpr int kLockOfAnother = 10;  ///< exit statuses of the agents
constexpr int kCouldNot = 1;

/// One call of an agent: its arguments behind RUN and LOCK, and the server as it is now.
struct AgentCall {
    const std::string& run;
    const std::string& lock;
    const std::vector<std::string>& args;
    const Practice::Change& change;
    Reply& reply;

    std::string arg(size_t index) const { return index < args.size() ? args[index] : ""; }
    /// The attempt that the first two arguments (step and number) name.
    std::string attempt() const { return run + "/" + arg(0) + "/" + arg(1); }
    /// Shows that the run lives; false, and the owner told, where the lock is another's.
    bool own() const;
};

/// The lines of lock.owner.
std::string ownerLines(const std::optional<RunLock>& lock);
/// Ends what is left of an attempt; nothing of it takes effect any more.
void endByForce(Attempt& attempt, Millis now);

int lockAgent(const AgentCall& call, const Clock& clock);

/// What launch reads from its input.
struct Launch {
    RoleCall role;
    std::map<std::string, std::string> secrets;
};
/// Nothing for an input that was cut; Internal for a script that is not known.
Result<std::optional<Launch>> readLaunch(const Command& command);
int launchAgent(const AgentCall& call, const Launch& launch, const Facts& facts);

/// Tells the log and the end of an attempt; takes the attempt's time.
Result<int> followAgent(Practice& practice, const HostId& host, const Command& command,
                        Reply& reply, const std::stop_token& stop);

}  // namespace deploy::sim
