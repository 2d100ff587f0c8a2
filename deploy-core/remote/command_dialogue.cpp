#include "remote/command_dialogue.h"

namespace deploy {

namespace {

/// Noise that is kept to explain a failure, in bytes.
constexpr size_t kPreludeBytes = 16U << 10U;

/// Appends, and forgets the oldest bytes; markers are far shorter than what is kept.
void append(std::string& prelude, std::string_view bytes) {
    prelude += bytes;
    if (prelude.size() > 2 * kPreludeBytes)
        prelude.erase(0, prelude.size() - kPreludeBytes);
}

std::string trimmed(const std::string& text) {
    const size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

CommandDialogue::CommandDialogue(const WireCommand& wire, Elevation elevation, size_t keepBytes,
                                 OutputSink sink)
    : wire_(wire), elevation_(elevation), keepBytes_(keepBytes), sink_(std::move(sink)) {
    wire_.script.clear();
}

void CommandDialogue::feed(Stream stream, std::string_view bytes) {
    // A packet of the other stream may be long; pieces keep the markers within what is kept.
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, kPreludeBytes);
        bytes.remove_prefix(piece.size());
        if (stream == Stream::Out)
            begun_ ? deliver(stream, piece) : feedPrelude(piece);
        else
            errBegun_ ? deliver(stream, piece) : feedErrors(piece);
    }
}

void CommandDialogue::feedPrelude(std::string_view bytes) {
    append(outPrelude_, bytes);
    ready_ = ready_ || outPrelude_.find(wire_.ready) != std::string::npos;
    notRoot_ = notRoot_ || outPrelude_.find(wire_.notRoot) != std::string::npos;
    const size_t at = outPrelude_.find(wire_.begin);
    if (at == std::string::npos)
        return;
    begun_ = true;
    deliver(Stream::Out, std::string_view(outPrelude_).substr(at + wire_.begin.size()));
    outPrelude_.clear();
}

void CommandDialogue::feedErrors(std::string_view bytes) {
    append(errPrelude_, bytes);
    if (!wire_.prompt.empty()) {
        const size_t at = errPrelude_.find(wire_.prompt);
        if (at != std::string::npos) {
            errPrelude_.erase(at, wire_.prompt.size());
            refused_ = passwordSent_;
            asked_ = true;
        }
    }
    const size_t at = errPrelude_.find(wire_.begin);
    if (at == std::string::npos)
        return;
    errBegun_ = true;
    deliver(Stream::Err, std::string_view(errPrelude_).substr(at + wire_.begin.size()));
    errPrelude_.clear();
}

void CommandDialogue::deliver(Stream stream, std::string_view bytes) {
    if (bytes.empty())
        return;
    std::string& kept = stream == Stream::Out ? result_.out : result_.err;
    const std::string_view fits = bytes.substr(0, keepBytes_ - std::min(keepBytes_, kept.size()));
    kept += fits;
    result_.truncated = result_.truncated || fits.size() < bytes.size();
    if (sink_)
        sink_(stream, bytes);
}

CommandDialogue::Send CommandDialogue::next() const {
    if (refused_)
        return Send::Nothing;
    if (begun_)
        return Send::Input;
    const bool mayAsk = elevation_ == Elevation::SudoPassword;
    if (!scriptSent_ && (ready_ || !mayAsk))
        return Send::Script;
    return asked_ && !passwordSent_ && !ready_ ? Send::Password : Send::Nothing;
}

void CommandDialogue::sent(Send what) {
    passwordSent_ = passwordSent_ || what == Send::Password;
    scriptSent_ = scriptSent_ || what == Send::Script;
}

Error CommandDialogue::failure(ErrorCode code) const {
    std::string words = trimmed(errPrelude_);
    if (words.empty())
        words = trimmed(outPrelude_);
    return {code, {}, words, {}};
}

Result<CommandResult> CommandDialogue::finish(std::optional<int> exitStatus) {
    if (refused_)
        return tl::unexpected(failure(ErrorCode::SudoPasswordWrong));
    if (!exitStatus)
        return fail(ErrorCode::SshConnectionLost);
    result_.exitStatus = *exitStatus;
    if (begun_)
        return std::move(result_);
    // sudo with passwd_tries=1 does not ask again; its words are in English by LC_ALL=C.
    if (passwordSent_ && errPrelude_.find("incorrect password") != std::string::npos)
        return tl::unexpected(failure(ErrorCode::SudoPasswordWrong));
    const bool bySudo =
        elevation_ == Elevation::SudoSilent || elevation_ == Elevation::SudoPassword;
    if (notRoot_ || (bySudo && !ready_))
        return tl::unexpected(failure(ErrorCode::SudoRefused));
    // The login shell itself refused, as nologin or a forced command does.
    Error error = failure(ErrorCode::RemoteCommandFailed);
    error.args["exit_status"] = std::to_string(*exitStatus);
    return tl::unexpected(std::move(error));
}

}  // namespace deploy
