#pragma once

#include <chrono>
#include <string>

#include "run/script_text.h"
#include "run/server_link.h"

namespace deploy {

/// What a check or a verification said.
struct Answer {
    bool yes = false;   ///< exit status 0
    std::string words;  ///< the last line
    std::string said;   ///< all of it, bounded
};

/// Calls check or verify on the server; changes nothing. Errors of ServerLink::run, of the secrets,
/// DeadlinePassed.
struct Questions {
    const RoleScripts& scripts;
    const SecretLookup& secret;
    ServerLink& link;

    static constexpr std::chrono::seconds kDeadline{300};

    Result<Answer> ask(const ScriptCall& call, ScriptAction action,
                       std::chrono::milliseconds deadline = kDeadline) const;
    /// Is the server as the step leaves it? For a removal: does its check hold no more?
    Result<Answer> isSo(const RunScript& script) const;
    /// Is the file in its place? It has its name only when it is whole.
    Result<Answer> isThere(const PutFile& file) const;
    /// The same for any step: `unless`, or the file; the check; the verification.
    Result<Answer> holds(const Step& step) const;
};

/// Text that JSON and screens can carry.
std::string carried(const std::string& text);

}  // namespace deploy
