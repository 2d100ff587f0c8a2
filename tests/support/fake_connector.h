#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "remote/remote_host.h"
#include "support/fake_clock.h"
#include "support/local_shell_host.h"

namespace deploy {

/// How a script behaves on the fake servers.
struct FakeScript {
    int applyStatus = 0;              ///< of apply or remove
    bool lies = false;                ///< says that it did, and did not
    std::chrono::seconds runsFor{0};  ///< by the fake clock
    int verifiesAfter = 0;            ///< times that verify says no
    std::string output = "output\n";
    std::string fate = {};  ///< "lost" or "rebooted": once, instead of an end
};

/// Servers in memory that speak the agents' protocol (resources/roles/README.md), in fake time:
/// for comparing what the engine does, event by event. Thread-safe.
class FakeConnector final : public Connector {
public:
    explicit FakeConnector(const FakeClock& clock) : clock_(clock) {}

    Result<std::unique_ptr<RemoteHost>> connect(const Host& host,
                                                const std::stop_token& stop) override;

    /// By script name, and by "<server> <script>" where one server differs.
    std::map<std::string, FakeScript> scripts;
    /// Asked with the number of each call over all servers, connects too.
    std::function<std::optional<Cut>(int call)> cut;
    std::function<std::optional<Error>(const HostId& host)> refuse;
    /// Told before a call is answered: "s1 agent launch s1/a 1", "s1 check t/a", "s1 put /x".
    std::function<void(const std::string& what)> before;

    struct Attempt {
        std::string script, action;
        int64_t endsAtMs = 0;
        std::string word;  ///< the end, in the words of follow
        std::string log;
        bool effected = false;
    };
    struct Server {
        std::set<std::string> applied;
        std::map<std::string, int> applies;  ///< how often each script's apply did something
        std::map<std::string, std::string> files;
        std::map<std::string, int> verified;
        std::map<std::string, Attempt> attempts;
        std::string lockRun, lockId;
        std::string lastInput;
        int connects = 0;
    };
    std::map<HostId, Server> servers;
    std::vector<std::string> sent() const;

    Result<CommandResult> answer(const HostId& host, const Command& command,
                                 const OutputSink& sink);
    Result<UploadResult> receive(const HostId& host, const Upload& upload);
    std::optional<Cut> count(const std::string& what);

private:
    CommandResult direct(Server& server, const HostId& host, const std::string& script,
                         const std::string& action);
    CommandResult agent(Server& server, const HostId& host, const std::string& name,
                        const Command& command);
    FakeScript behaviour(const HostId& host, const std::string& script) const;
    void pass(Server& server, const HostId& host, Attempt& attempt);
    int64_t now() const { return clock_.passed().count(); }

    const FakeClock& clock_;
    std::atomic<int> calls_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> sent_;
};

}  // namespace deploy
