#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "inventory/host.h"
#include "plan/role_scripts.h"
#include "remote/remote_host.h"

namespace deploy {

/// Who the links of a run work for.
struct LinkIdentity {
    std::string run;
    std::string lock;    ///< id of this run's locks; empty: nothing is locked, nothing changed
    std::string owner;   ///< "user@laptop"
    std::string broken;  ///< id of a lock that a person decided to break, or empty
};

/// Is it the server's (or its line's) trouble, not that of one step?
bool isServerTrouble(ErrorCode code);

/// One server of a run: its only connection, made anew when the line is cut, and its lock. What is
/// called is repeated after a cut, so it must bear being done twice. One thread at a time, but for
/// lastHeard(). References are not owned and outlive this.
class ServerLink {
public:
    enum class Patience {
        Once,   ///< one try to reach the server
        Steady  ///< tries with growing pauses; for ten minutes where it was reached before
    };
    ServerLink(Connector& connector, const Clock& clock, const RoleScripts& scripts, Host host,
               LinkIdentity identity, std::stop_token stop, Patience patience);

    const Host& host() const { return host_; }

    /// Reaches the server and takes its lock. ServerLocked (args owner, since, run, lock_id).
    Result<void> open();
    /// Whose lock open() broke (args as of ServerLocked); empty: nobody's.
    const Args& brokenOwner() const { return brokenOwner_; }

    /// Errors as RemoteHost::run; the sink gets the output of every try.
    Result<CommandResult> run(const Command& command, const OutputSink& sink);
    Result<UploadResult> put(const Upload& upload, const ByteProgress& progress);

    /// Runs an agent script with this run's id and lock in front of the arguments. ServerLockLost;
    /// RemoteCommandFailed where the agent says that it could not. `prepare` gives the arguments
    /// anew for every try.
    using Arguments = std::function<std::vector<std::string>()>;
    Result<CommandResult> agent(const std::string& name, const Arguments& prepare,
                                const std::string& input = {}, const OutputSink& sink = {});

    /// A command at the end: not repeated, not stopped by `stop`, ended after ten seconds.
    /// SshConnectionLost where there is no connection any more.
    Result<CommandResult> lastCall(Command command);

    Result<void> renewLock();
    /// Best effort: a lock that is not given back ends by itself. Not stopped by `stop`.
    enum class Leave { Files, Nothing };
    void releaseLock(Leave leave);

    /// Steady milliseconds when the server last sent something; -1 while nothing is expected.
    int64_t lastHeard() const { return heard_; }

private:
    template <class Call>
    auto repeated(const Call& call) -> decltype(call(std::declval<RemoteHost&>()));
    Result<void> reach();
    Result<void> reachOnce();
    Result<void> pause(int tries);
    Result<CommandResult> callAgent(RemoteHost& remote, const std::string& name,
                                    std::vector<std::string> args, const std::string& input,
                                    const OutputSink& sink, const std::stop_token& stop);
    void heard();
    int64_t now() const;

    Connector& connector_;
    const Clock& clock_;
    const RoleScripts& scripts_;
    Host host_;
    LinkIdentity identity_;
    std::stop_token stop_;
    Patience patience_;
    std::unique_ptr<RemoteHost> remote_;
    bool locked_ = false;
    Args brokenOwner_;
    std::optional<SteadyTime> silentSince_;
    std::atomic<int64_t> heard_ = -1;
    std::minstd_rand jitter_;
};

}  // namespace deploy
