#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bundle/bundle.h"
#include "project/project.h"
#include "project/work.h"
#include "run/event.h"
#include "text/message_table.h"
#include "topology/failure_matrix.h"
#include "topology/layout.h"
#include "topology/rules.h"

namespace deploy {

/// One run with its events in order: the state alone forgets interruptions and decisions.
struct ReportRun {
    RunId id;
    Plan plan;
    RunState state;
    std::vector<Event> events;
    /// The last answer in the log of each step that asks whether the installation works, and what
    /// each client of a drill counted; the server's raw words, at most a few kB.
    std::map<StepId, std::string> words;
    bool operator==(const ReportRun&) const = default;
};

/// The bundle that lay at hand when the report was made.
struct ReportBundle {
    BundleManifest manifest;
    std::string digest;    ///< names this exact bundle
    std::string signedBy;  ///< key id, or empty if no signature was asked for
    bool operator==(const ReportBundle&) const = default;
};

/// All that a hand-over report says, as values: no secret, no text for people but that of servers
/// and of the project. A further part of the report is a further member here, a section in
/// html_report.cpp and a key in json_report.cpp.
struct Report {
    WallTime madeAt{};
    std::chrono::minutes utcOffset{0};  ///< of the laptop: times are shown with it
    std::string programVersion;
    std::string projectFolder;  ///< absolute, on the laptop
    std::string vaultFile;      ///< absolute, on the laptop
    ProjectContent project;
    Mode mode;
    Layout drawing;
    std::map<HostId, Facts> facts;
    std::vector<CheckResult> checks;
    std::vector<Finding> findings;
    FailureMatrix failures;
    std::optional<ReportBundle> bundle;
    std::optional<Error> bundleError;  ///< why there is none, where the project names one
    std::vector<ReportRun> runs;       ///< oldest first; those in which nothing happened left out
    bool operator==(const Report&) const = default;
};

/// Collects what the project folder holds; reads only. `bundle` is what openBundle() answered: a
/// bundle that is not at hand any more is said in the report and is no error. Errors: as the
/// project's files; ValueInvalid for a mode that the catalogue does not have.
Result<Report> gatherReport(const Product& product, const ProjectFolder& project,
                            const Result<Bundle>& bundle, const Clock& clock);

/// One HTML file that needs nothing else: style and drawing are inside. Well-formed XML, too. Pure.
/// `style` is the text of resources/style/report.css.
std::string reportToHtml(const Report& report, const MessageTable& table, const std::string& style);

/// The same content with stable keys (deploy-core/README.md, "Report"). Pure.
std::string reportToJson(const Report& report, const MessageTable& table);

struct ReportFiles {
    std::filesystem::path html;
    std::filesystem::path json;
    bool operator==(const ReportFiles&) const = default;
};

/// <report folder>/<date>-<time>-<language>.html and .json, in the report's own time zone.
ReportFiles reportFilesIn(const std::filesystem::path& folder, const Report& report,
                          const std::string& language);

/// Writes both files, each as one act, readable by their owner only; makes their folder where it is
/// missing. FileUnwritable.
Result<void> writeReport(const Report& report, const MessageTable& table, const ReportFiles& files);

}  // namespace deploy
