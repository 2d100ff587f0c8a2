#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "remote/ssh_session.h"

namespace deploy {

class JumpServer;

/// A checked and authenticated session, with the jump server that carries it, if any.
struct SshConnection {
    std::shared_ptr<JumpServer> jump;  ///< outlives the session
    std::unique_ptr<SshSession> session;
};

/// A server through which others are reached: one session that carries many direct-tcpip channels,
/// driven by a thread of its own. Thread-safe. Its end closes every tunnel.
class JumpServer {
public:
    explicit JumpServer(SshConnection connection);
    ~JumpServer();
    JumpServer(const JumpServer&) = delete;
    JumpServer& operator=(const JumpServer&) = delete;

    /// False once the connection is lost; then open() fails.
    bool alive() const { return alive_; }
    /// A socket whose other end is the address, as the jump server reaches it. SshUnreachable with
    /// the jump server's words, SshConnectionLost, Cancelled.
    Result<Descriptor> open(const std::string& address, uint16_t port, SteadyTime deadline,
                            const std::stop_token& stop);

private:
    struct Request;
    class Tunnel;
    void run(const std::stop_token& stop);
    void wake() const;

    std::mutex mutex_;
    std::condition_variable_any answered_;
    std::deque<std::shared_ptr<Request>> requests_;
    Descriptor wake_;
    std::atomic<bool> alive_ = true;
    SshConnection connection_;  ///< the thread's alone
    std::jthread thread_;
};

}  // namespace deploy
