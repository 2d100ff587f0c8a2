#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "report/report.h"

namespace deploy {

/// What became of one step in one run.
struct StepLine {
    StepId step;
    HostId host;
    Stage stage = Stage::Prepare;
    std::string title;  ///< as Step::title
    Args args;
    StepStatus status = StepStatus::Waiting;
    int attempt = 0;
    std::optional<WallTime> startedAt;
    std::optional<WallTime> finishedAt;
    /// By the monotonic clock where one program saw both ends, else by the wall clock; none where
    /// nobody saw the end.
    std::optional<std::chrono::milliseconds> duration;
    std::string reason;  ///< of a skipped one: "already_done" or "already_there"
    std::optional<Error> error;
    bool operator==(const StepLine&) const = default;
};

/// Every step of the run's plan, in the plan's order. Pure.
std::vector<StepLine> stepLinesOf(const ReportRun& run);

/// What a straight run does not have.
struct Incident {
    enum class Kind {
        Interrupted,  ///< the run has no end, or was cut before it was resumed
        Resumed,
        StopRequested,
        ServerFailed,
        StepFailed,
        StepAttached,
        StepDecided
    };
    Kind kind = Kind::Interrupted;
    WallTime at{};  ///< of an interruption: the last sign of life before it
    HostId host;
    StepId step;
    Args args;  ///< the event's
    std::optional<Error> error;
    bool operator==(const Incident&) const = default;
};

/// In the order in which they happened. Pure.
std::vector<Incident> incidentsOf(const ReportRun& run);
std::string incidentName(Incident::Kind kind);  ///< "interrupted": in JSON and in text keys

/// The run's first and last sign of life.
WallTime beginOf(const ReportRun& run);
WallTime endOf(const ReportRun& run);

}  // namespace deploy
