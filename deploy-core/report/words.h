#pragma once

#include <chrono>
#include <string>

#include "report/outcome.h"
#include "report/report.h"
#include "report/timeline.h"
#include "text/message_table.h"

namespace deploy {

/// Stable names, in JSON and in text keys.
std::string nameOf(CheckStatus status);      ///< "could_not_check"
std::string nameOf(CheckCategory category);  ///< "compute"
std::string nameOf(StepStatus status);       ///< "succeeded"
std::string nameOf(RunOutcome outcome);      ///< "stopped"
std::string nameOf(Severity severity);       ///< "warning"
std::string nameOf(BundleFileKind kind);     ///< "docker_engine"

/// "2026-01-31T18:15:00.123+08:00"
std::string toIso8601(WallTime time, std::chrono::minutes utcOffset);

/// The report's words in one language: times, sizes, statuses.
class ReportWords {
public:
    ReportWords(const Report& report, const MessageTable& table)
        : table_(table), utcOffset_(report.utcOffset) {}

    const MessageTable& table() const { return table_; }
    /// The text "report.<key>".
    std::string text(const std::string& key, const Args& args = {}) const;
    /// The text "report.<key>", or the name itself where there is none: for names from outside.
    std::string textOr(const std::string& key, const std::string& name) const;

    std::string iso(WallTime time) const;
    std::string longTime(WallTime time) const;   ///< "31 January 2026, 18:15 (UTC+08:00)"
    std::string dateTime(WallTime time) const;   ///< "2026-01-31 18:15:07"
    std::string timeOfDay(WallTime time) const;  ///< "18:15:07"
    std::string zone() const;                    ///< "UTC+08:00"
    std::string duration(std::chrono::milliseconds duration) const;
    std::string grouped(int number) const;  ///< "30,000"

    std::string stepTitle(const std::string& title, const Args& args) const;
    std::string checkTitle(const CheckResult& result) const;
    /// "check.<id>.<part>" with the result's arguments; empty where there is no such text.
    std::string checkText(const CheckResult& result, const std::string& part) const;
    std::string measured(const CheckResult& result) const;
    std::string required(const CheckResult& result) const;

private:
    const MessageTable& table_;
    std::chrono::minutes utcOffset_;
};

}  // namespace deploy
