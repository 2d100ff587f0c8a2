#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/report.h"

namespace deploy {

/// Where the installation stands, by the runs of the project.
enum class HandOver {
    NothingDone,
    Incomplete,          ///< the last installing run left steps undone
    NotVerified,         ///< all is done, but nothing has asked yet whether it works
    VerificationFailed,  ///< all is done, and it was asked and did not work
    Verified,
    Removed,
    RemovalIncomplete
};
HandOver handOverOf(const Report& report);
std::string handOverName(HandOver handOver);  ///< "verified": in JSON and in text keys

/// The last answer to one question whether the installation works.
struct Verification {
    StepId step;
    HostId host;
    std::string title;  ///< as Step::title
    Args args;
    StepStatus status = StepStatus::Waiting;
    WallTime at{};
    RunId run;
    std::optional<Error> error;
    std::string words;  ///< the server's, raw
    bool operator==(const Verification&) const = default;
};

/// Of the present installation: from the last installing run on, the latest answer to each
/// question. Empty after a removal.
std::vector<Verification> verificationsOf(const Report& report);

/// The plan of the last run that installed; null before one.
const Plan* appliedPlan(const Report& report);

}  // namespace deploy
