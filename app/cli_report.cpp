#include <filesystem>

#include "cli_commands.h"
#include "cli_ready.h"
#include "report/report.h"

namespace deploy::cli {

namespace {

namespace fs = std::filesystem;

ReportFiles filesFor(const ReportArgs& args, const ProjectFolder& project, const Report& report,
                     const std::string& language) {
    if (args.output.empty())
        return reportFilesIn(project.reportFolder(), report, language);
    const fs::path html = args.output;
    return {html, fs::path(html).replace_extension(".json")};
}

}  // namespace

Result<Answer> reportCommand(const Cli& cli, const ReportArgs& args) {
    if (fs::path(args.output).extension() == ".json")
        return fail(ErrorCode::UsageInvalid, "--output", args.output);
    const auto ready = prepareToRead(args.project);
    if (!ready)
        return tl::unexpected(ready.error());
    const Product& product = ready->product;
    const ProjectFolder& project = ready->project;
    const auto bundle = openBundle(project, {}, {});
    const auto report = gatherReport(product, project, bundle, *clockFor(cli, project));
    if (!report)
        return tl::unexpected(report.error());
    const ReportFiles files = filesFor(args, project, *report, cli.table.language());
    if (auto written = writeReport(*report, cli.table, files); !written)
        return tl::unexpected(written.error());
    if (report->bundleError)
        cli.show(*report->bundleError);
    cli.say(cli.text("cli.report.done",
                     {{"html", files.html.string()}, {"json", files.json.string()}}));
    Answer answer;
    answer.result = {{"html", files.html.string()}, {"json", files.json.string()}};
    return answer;
}

}  // namespace deploy::cli
