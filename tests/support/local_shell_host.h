#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "remote/remote_host.h"

namespace deploy {

/// Where a call on a LocalShellHost is cut.
struct Cut {
    enum class When {
        BeforeSend,   ///< nothing reached the server
        DuringInput,  ///< half of the standard input reached it
        AfterBytes,   ///< `bytes` of the answer came back; what runs goes on
        AfterAnswer   ///< all was done, no answer came back
    };
    When when = When::BeforeSend;
    size_t bytes = 0;
};

/// "Servers" on this machine, one state folder each, whose scripts are run by a real shell: the
/// double at the RemoteHost seam for everything but SSH. Thread-safe.
class LocalShellConnector final : public Connector {
public:
    /// Servers' folders are `root`/<name>; `shell` is a program that reads a script file.
    LocalShellConnector(std::filesystem::path root, std::vector<std::string> shell = {"/bin/sh"});

    Result<std::unique_ptr<RemoteHost>> connect(const Host& host,
                                                const std::stop_token& stop) override;

    /// The state folder that the agents of a server use.
    std::filesystem::path stateOf(const HostId& host) const;
    /// A file's place on the "server": its absolute path below the server's folder.
    std::filesystem::path pathOf(const HostId& host, const std::string& path) const;

    /// Asked with the number of each call (from 1, over all servers; a connect is one too).
    std::function<std::optional<Cut>(int call)> cut;
    /// What connect answers instead of a connection.
    std::function<std::optional<Error>(const HostId& host)> refuse;
    /// Further environment of the scripts ("NAME=value").
    std::vector<std::string> environment;

    int calls() const { return calls_; }
    /// First lines of all scripts that were sent, in order: "s1 #: agent launch".
    std::vector<std::string> sent() const;

    /// For the hosts.
    std::optional<Cut> countCall(const std::string& what);

private:
    friend class LocalShellHost;
    std::filesystem::path root_;
    std::vector<std::string> shell_;
    std::atomic<int> calls_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> sent_;
};

}  // namespace deploy
