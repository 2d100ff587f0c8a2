#pragma once

#include <functional>
#include <span>

#include "base/secret.h"
#include "remote/command_dialogue.h"
#include "remote/exec_channel.h"

namespace deploy {

/// The next bytes of a command's standard input, valid until the next call.
struct InputPiece {
    enum class State { More, Later, End } state = State::End;
    std::string_view bytes;
};
using InputSource = std::function<Result<InputPiece>()>;
/// Gives the whole text, then the end. The text must outlive the source.
InputSource inputOf(std::string_view text);

/// One command under way on one session: channel, dialogue and input together.
class RemoteExec {
public:
    struct Order {
        WireCommand wire;
        Elevation elevation = Elevation::None;
        Secret sudoPassword;
        InputSource input;  ///< none: the end of file follows the script at once
        OutputSink sink;
        size_t keepBytes = 0;
        std::chrono::milliseconds stall{};
        SteadyTime deadline = SteadyTime::max();
    };

    RemoteExec(SshSession& session, Order order);

    /// Does all that is possible without waiting. SshStalled, DeadlinePassed, SshConnectionLost,
    /// CredentialMissing, errors of the input.
    Result<void> advance();
    bool ended() const { return ended_; }
    /// When advance() is due at the latest.
    SteadyTime dueTime() const;
    bool begun() const { return dialogue_.begun(); }
    SshSession& session() { return session_; }
    /// How long the server took to open the channel: about one round trip.
    std::chrono::microseconds roundTrip() const { return roundTrip_; }

    Result<CommandResult> finish();

private:
    Result<void> send();
    Result<void> sendInput();
    /// True when nothing of `pending_` is left.
    bool flush();
    void progressed();

    SshSession& session_;
    Order order_;
    ExecChannel channel_;
    CommandDialogue dialogue_;
    std::string pending_;  ///< own copy of what must be sent before anything else
    std::string_view piece_;
    SteadyTime started_;
    SteadyTime lastProgress_;
    std::chrono::microseconds roundTrip_{};
    bool opened_ = false;
    bool scriptSent_ = false;
    bool inputEnded_ = false;
    bool ended_ = false;
};

/// Drives the commands, each on a session of its own, until `done`, which is asked after each
/// round, or until one of them fails. Cancelled.
Result<void> drive(std::span<RemoteExec* const> execs, const std::function<bool()>& done,
                   const std::stop_token& stop);

/// Runs one command to its end.
Result<CommandResult> runToEnd(RemoteExec& exec, const std::stop_token& stop);

}  // namespace deploy
