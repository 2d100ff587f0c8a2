#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace deploy {

/// The engine's daemon.json, merged from what the server has, and the digest of that: the server
/// refuses a text that was made from anything else.
struct DaemonJson {
    std::string text;  ///< without a last line end
    std::string was;   ///< sha256 without last line ends, or "none" where nothing would be lost
    bool operator==(const DaemonJson&) const = default;
};

/// Our keys are set (data-root, live-restore), log rotation where nobody chose another; all others
/// stay as they are. PlanImpossible for a text that is no JSON object.
Result<DaemonJson> mergeDaemonJson(const std::optional<std::string>& existing,
                                   const std::string& dataRoot, const std::string& where);

}  // namespace deploy
