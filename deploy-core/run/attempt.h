#pragma once

#include <functional>

#include "plan/step.h"
#include "run/script_text.h"
#include "run/server_link.h"
#include "run/step_log.h"

namespace deploy {

/// What became of an attempt of a step on its server.
struct Fate {
    enum class Kind {
        NeverStarted,
        Exited,    ///< with `status`
        Lost,      ///< its process is gone and left no status
        Rebooted,  ///< the server was started anew meanwhile
        Ended      ///< by us, at its hard deadline
    };
    Kind kind = Kind::NeverStarted;
    int status = 0;
    bool operator==(const Fate&) const = default;
};

/// Told while an attempt is followed.
struct FollowSink {
    /// It was found running, by a try that did not see it start.
    std::function<void()> attached;
    /// It has been running for so long.
    std::function<void(std::chrono::seconds)> runs;
    std::function<void(std::string_view)> log;
};

/// One attempt of a step, detached on its server. Used within one call of its owner.
class Attempt {
public:
    Attempt(ServerLink& link, const Step& step, int number);

    /// Starts the text, unless this attempt was started before.
    Result<void> launch(const std::string& text, const SecretInput& secrets);
    /// Follows it to its end, over cuts of the line; ends it at its hard deadline.
    Result<Fate> follow(StepLog& log, bool seenStarting, const FollowSink& sink);
    /// Ends what is left of its process group.
    Result<void> end();

private:
    Result<Fate> followToWord(StepLog& log, bool& seen, std::chrono::seconds hard,
                              const FollowSink& sink);

    ServerLink& link_;
    const Step& step_;
    std::string number_;
};

}  // namespace deploy
