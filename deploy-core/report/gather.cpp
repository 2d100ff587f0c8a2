#include <ctime>
#include <fstream>

#include "base/resources.h"
#include "plan/drill.h"
#include "report/report.h"
#include "run/journal.h"
#include "topology/order.h"

namespace deploy {

namespace fs = std::filesystem;

namespace {

constexpr std::streamoff kWordsBytes = 4096;

std::chrono::minutes localOffset(WallTime time) {
    const std::time_t unixTime =
        std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
    std::tm parts{};
    tzset();
    localtime_r(&unixTime, &parts);
    return std::chrono::minutes(parts.tm_gmtoff / 60);
}

/// The last answer in the log of a step that asks (answers are told apart by an empty line), from
/// the beginning of a line; empty where there is none.
std::string lastAnswer(const fs::path& file) {
    std::ifstream log(file, std::ios::binary | std::ios::ate);
    if (!log)
        return {};
    const std::streamoff size = log.tellg();
    const std::streamoff from = std::max<std::streamoff>(0, size - kWordsBytes);
    log.seekg(from);
    std::string words(static_cast<size_t>(size - from), '\0');
    log.read(words.data(), static_cast<std::streamsize>(words.size()));
    words.resize(static_cast<size_t>(log.gcount()));
    while (words.ends_with('\n'))
        words.pop_back();
    if (const size_t gap = words.rfind("\n\n"); gap != std::string::npos)
        words.erase(0, gap + 2);
    else if (const size_t line = words.find('\n'); from > 0 && line != std::string::npos)
        words.erase(0, line + 1);
    return words;
}

Result<std::vector<ReportRun>> runsOf(const ProjectFolder& project) {
    auto records = project.runs();
    if (!records)
        return tl::unexpected(records.error());
    std::vector<ReportRun> runs;
    for (RunRecord& record : *records) {
        const auto journal = readJournal(record.folder / "journal");
        if (!journal && journal.error().code != ErrorCode::FileNotFound)
            return tl::unexpected(journal.error());
        if (!journal || journal->events.empty())
            continue;
        ReportRun run{
            record.id, std::move(record.plan), std::move(record.state), journal->events, {}};
        for (const Step& step : run.plan.steps)
            if (std::holds_alternative<WaitReady>(step.action) || endsDrillClient(step))
                run.words[step.id] = lastAnswer(record.folder / "logs" / (step.id.str() + ".log"));
        runs.push_back(std::move(run));
    }
    return runs;
}

void addBundle(Report& report, const Result<Bundle>& bundle) {
    if (bundle)
        report.bundle = ReportBundle{bundle->manifest, bundle->digest, bundle->signedBy};
    else if (!report.project.bundlePath.empty())
        report.bundleError = bundle.error();
}

}  // namespace

Result<Report> gatherReport(const Product& product, const ProjectFolder& project,
                            const Result<Bundle>& bundle, const Clock& clock) {
    Report report;
    report.project = project.content();
    const Mode* mode = product.catalog.mode(report.project.mode);
    if (mode == nullptr)
        return fail(ErrorCode::ValueInvalid, "mode", report.project.mode.str());
    report.mode = *mode;
    report.madeAt = clock.wall();
    report.utcOffset = localOffset(report.madeAt);
    report.programVersion = programVersion();
    report.projectFolder = fs::absolute(project.folder()).lexically_normal().string();
    report.vaultFile = fs::absolute(project.vaultFile()).lexically_normal().string();
    addBundle(report, bundle);
    report.drawing =
        layoutOf(product.catalog, *mode, inOrder(report.project.inventory, report.project.order),
                 report.project.topology, report.project.settings.entryPort);
    auto facts = project.loadFacts();
    if (!facts)
        return tl::unexpected(facts.error());
    report.facts = std::move(*facts);
    auto checks =
        checkProject(product, project, {}, report.bundle ? &report.bundle->manifest : nullptr);
    if (!checks)
        return tl::unexpected(checks.error());
    report.checks = std::move(*checks);
    auto findings = findingsOf(product, report.project);
    if (!findings)
        return tl::unexpected(findings.error());
    report.findings = std::move(*findings);
    report.failures = failureMatrix(*mode, report.project.inventory, report.project.topology);
    auto runs = runsOf(project);
    if (!runs)
        return tl::unexpected(runs.error());
    report.runs = std::move(*runs);
    return report;
}

}  // namespace deploy
