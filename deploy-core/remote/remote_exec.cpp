#include "remote/remote_exec.h"

#include <sodium.h>

#include <algorithm>
#include <vector>

namespace deploy {

InputSource inputOf(std::string_view text) {
    return [text, given = false]() mutable -> Result<InputPiece> {
        if (given || text.empty())
            return InputPiece{};
        given = true;
        return InputPiece{InputPiece::State::More, text};
    };
}

RemoteExec::RemoteExec(SshSession& session, Order order)
    : session_(session),
      order_(std::move(order)),
      channel_(session, order_.wire.request),
      dialogue_(order_.wire, order_.elevation, order_.keepBytes, order_.sink),
      started_(std::chrono::steady_clock::now()),
      lastProgress_(started_) {}

void RemoteExec::progressed() {
    lastProgress_ = std::chrono::steady_clock::now();
}

SteadyTime RemoteExec::dueTime() const {
    return std::min(lastProgress_ + order_.stall, order_.deadline);
}

Result<void> RemoteExec::advance() {
    const ExecChannel::State state = channel_.open();
    if (state == ExecChannel::State::Refused)
        return session_.alive() ? fail(ErrorCode::RemoteCommandFailed, {}, session_.problem())
                                : fail(ErrorCode::SshConnectionLost, {}, session_.problem());
    if (state == ExecChannel::State::Open) {
        if (!opened_) {
            opened_ = true;
            roundTrip_ = std::chrono::duration_cast<std::chrono::microseconds>(
                std::chrono::steady_clock::now() - started_);
            progressed();
        }
        const bool channelClosed = channel_.closed();
        const std::string out = channel_.takeOut();
        const std::string err = channel_.takeErr();
        if (!out.empty() || !err.empty())
            progressed();
        dialogue_.feed(Stream::Out, out);
        dialogue_.feed(Stream::Err, err);
        ended_ = channelClosed || dialogue_.passwordRefused();
        if (ended_)
            return {};
        if (auto sent = send(); !sent)
            return sent;
    }
    if (!session_.alive())
        return fail(ErrorCode::SshConnectionLost, {}, session_.problem());
    const auto now = std::chrono::steady_clock::now();
    if (now >= order_.deadline)
        return fail(ErrorCode::DeadlinePassed);
    if (now >= lastProgress_ + order_.stall)
        return fail(ErrorCode::SshStalled);
    return {};
}

bool RemoteExec::flush() {
    while (!pending_.empty()) {
        const size_t taken = channel_.write(pending_);
        if (taken == 0)
            return false;
        progressed();
        sodium_memzero(pending_.data(), taken);
        pending_.erase(0, taken);
    }
    return true;
}

Result<void> RemoteExec::send() {
    if (!flush() || inputEnded_)
        return {};
    if (scriptSent_ && !order_.input) {
        channel_.sendEof();
        inputEnded_ = true;
        return {};
    }
    const CommandDialogue::Send what = dialogue_.next();
    if (what == CommandDialogue::Send::Input)
        return sendInput();
    if (what == CommandDialogue::Send::Nothing)
        return {};
    if (what == CommandDialogue::Send::Password) {
        if (order_.sudoPassword.empty())
            return fail(ErrorCode::CredentialMissing);
        pending_ = std::string(order_.sudoPassword.reveal()) + "\n";
    } else {
        pending_ = order_.wire.script;
        scriptSent_ = true;
    }
    dialogue_.sent(what);
    return send();
}

Result<void> RemoteExec::sendInput() {
    for (;;) {
        if (piece_.empty()) {
            const auto next = order_.input();
            if (!next)
                return tl::unexpected(next.error());
            if (next->state == InputPiece::State::Later)
                return {};
            piece_ = next->bytes;
            if (next->state == InputPiece::State::End) {
                channel_.sendEof();
                inputEnded_ = true;
                return {};
            }
        }
        const size_t taken = channel_.write(piece_);
        if (taken == 0)
            return {};
        piece_.remove_prefix(taken);
        progressed();
    }
}

Result<CommandResult> RemoteExec::finish() {
    return dialogue_.finish(channel_.exitStatus());
}

Result<void> drive(std::span<RemoteExec* const> execs, const std::function<bool()>& done,
                   const std::stop_token& stop) {
    Waiter waiter(stop);
    std::vector<pollfd> ready(execs.size());
    for (;;) {
        SteadyTime due = SteadyTime::max();
        bool again = false;
        for (RemoteExec* exec : execs) {
            const uint64_t seen = exec->session().received();
            if (auto advanced = exec->advance(); !advanced)
                return advanced;
            if (!exec->ended())
                due = std::min(due, exec->dueTime());
            again = again || exec->session().received() != seen;
        }
        if (done())
            return {};
        if (again)
            due = std::chrono::steady_clock::now();
        for (size_t i = 0; i < execs.size(); ++i)
            ready[i] = execs[i]->session().wanted();
        if (!waiter.wait(ready, due))
            return fail(ErrorCode::Cancelled);
        for (size_t i = 0; i < execs.size(); ++i)
            if (ready[i].revents != 0)
                execs[i]->session().process();
    }
}

Result<CommandResult> runToEnd(RemoteExec& exec, const std::stop_token& stop) {
    RemoteExec* const all[] = {&exec};
    const auto driven = drive(
        all, [&] { return exec.ended(); }, stop);
    if (!driven)
        return tl::unexpected(driven.error());
    return exec.finish();
}

}  // namespace deploy
