#pragma once

#include <libssh/callbacks.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "remote/ssh_session.h"

namespace deploy {

/// One `exec` request on a session: raw streams and the way it ended. Never blocks; what arrives is
/// collected while SshSession::process() runs. Belongs to the session's thread, and ends before it.
class ExecChannel {
public:
    ExecChannel(SshSession& session, std::string request);
    ~ExecChannel();
    ExecChannel(const ExecChannel&) = delete;
    ExecChannel& operator=(const ExecChannel&) = delete;

    /// Goes on with opening; to be called after each process() until it is Open or Refused.
    enum class State { Opening, Open, Refused };
    State open();

    /// Bytes that were taken, maybe none; call again after process().
    size_t write(std::string_view bytes);
    void sendEof();

    /// Output since the last call.
    std::string takeOut() { return std::exchange(out_, {}); }
    std::string takeErr() { return std::exchange(err_, {}); }
    bool closed() const { return closed_; }
    /// 128 + n for an end by signal n.
    std::optional<int> exitStatus() const { return exitStatus_; }

private:
    static int onData(ssh_session, ssh_channel, void* data, uint32_t length, int isErr, void* self);
    static void onClose(ssh_session, ssh_channel, void* self);
    static void onExitStatus(ssh_session, ssh_channel, int status, void* self);
    static void onExitSignal(ssh_session, ssh_channel, const char* signal, int core,
                             const char* message, const char* language, void* self);

    SshSession& session_;
    std::string request_;
    ssh_channel channel_ = nullptr;
    ssh_channel_callbacks_struct callbacks_{};
    std::string out_;
    std::string err_;
    std::optional<int> exitStatus_;
    enum class Step { Channel, Request, Accepted } step_ = Step::Channel;
    bool closed_ = false;
};

}  // namespace deploy
