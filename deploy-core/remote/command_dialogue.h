#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "remote/remote_host.h"
#include "remote/wire_command.h"

namespace deploy {

/// Reads what a command's two streams say and knows what may be sent next. It does no input or
/// output of its own, so that every order of events can be tested.
class CommandDialogue {
public:
    CommandDialogue(const WireCommand& wire, Elevation elevation, size_t keepBytes,
                    OutputSink sink);

    void feed(Stream stream, std::string_view bytes);

    enum class Send { Nothing, Password, Script, Input };
    Send next() const;
    /// The caller sent what next() named (Password or Script).
    void sent(Send what);

    bool begun() const { return begun_; }
    /// sudo asked again: nothing more may be sent.
    bool passwordRefused() const { return refused_; }

    /// What the command came to; `exitStatus` is none if the end came without one.
    Result<CommandResult> finish(std::optional<int> exitStatus);

private:
    void feedPrelude(std::string_view bytes);
    void feedErrors(std::string_view bytes);
    void deliver(Stream stream, std::string_view bytes);
    Error failure(ErrorCode code) const;

    WireCommand wire_;
    Elevation elevation_;
    size_t keepBytes_;
    OutputSink sink_;
    CommandResult result_;
    std::string outPrelude_;  ///< what came before the script's own output; bounded
    std::string errPrelude_;
    bool asked_ = false;
    bool passwordSent_ = false;
    bool refused_ = false;
    bool ready_ = false;
    bool notRoot_ = false;
    bool scriptSent_ = false;
    bool begun_ = false;
    bool errBegun_ = false;
};

}  // namespace deploy
