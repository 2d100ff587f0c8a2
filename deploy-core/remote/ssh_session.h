#pragma once

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "remote/known_hosts.h"
#include "remote/wait.h"

namespace deploy {

struct SshSessionFree {
    void operator()(ssh_session session) const;
};
struct SshEventFree {
    void operator()(ssh_event event) const { ssh_event_free(event); }
};

/// One libssh session that never blocks: callers ask it to process what has arrived, and wait by
/// poll(2) themselves. It knows neither configuration files nor libssh's known hosts. One thread
/// at a time.
class SshSession {
public:
    /// Key exchange over a connected socket; the host key is not checked yet. `hostKeyTypes` are
    /// asked for first. SshHandshakeFailed, SshConnectionLost, SshStalled (deadline), Cancelled.
    static Result<std::unique_ptr<SshSession>> handshake(
        Descriptor socket, const std::string& user, const std::vector<std::string>& hostKeyTypes,
        SteadyTime deadline, const std::stop_token& stop);

    ssh_session raw() const { return session_.get(); }
    Result<HostKey> hostKey() const;
    bool alive() const { return ssh_is_connected(raw()) != 0; }
    /// libssh's words for the last failure.
    std::string problem() const;

    /// What to wait for before process() has something to do.
    pollfd wanted() const;
    /// Reads and writes what is possible now; callbacks of channels run within.
    void process();
    /// Bytes wait in libssh for the socket to take them.
    bool writing() const;
    /// Bytes read from the socket so far. Writing reads as well: who saw this number change must
    /// look at his channels again before he waits, for the socket will not tell once more.
    uint64_t received() const { return traffic_.in_bytes; }

    /// How long the server takes to answer, by opening a channel and closing it. As complete().
    Result<std::chrono::microseconds> roundTrip(SteadyTime deadline, const std::stop_token& stop);

    /// Repeats `attempt` until it answers something else than `again`.
    /// SshStalled at the deadline, SshConnectionLost, Cancelled.
    Result<int> complete(const std::function<int()>& attempt, int again, SteadyTime deadline,
                         const std::stop_token& stop);

private:
    SshSession() = default;

    ssh_counter_struct traffic_{};
    std::unique_ptr<ssh_session_struct, SshSessionFree> session_;
    std::unique_ptr<ssh_event_struct, SshEventFree> event_;
    bool tcp_ = false;
};

}  // namespace deploy
