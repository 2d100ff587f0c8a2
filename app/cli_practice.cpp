#include <filesystem>
#include <functional>

#include "cli_commands.h"
#include "remote/simulated.h"

namespace deploy::cli {

namespace {

/// A practice project as the scenario wants it, unless the folder has one already.
Result<void> provideProject(const PracticeArgs& args) {
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::path(args.project) / "project.yaml", error)) {
        const auto project = ProjectFolder::open(args.project, ProjectFolder::OpenMode::ReadOnly);
        if (!project)
            return tl::unexpected(project.error());
        if (project->content().kind != ProjectKind::Practice)
            return fail(ErrorCode::ProjectExists, args.project);
        return {};
    }
    auto content = practiceContent(args.scenario);
    if (!content)
        return tl::unexpected(content.error());
    content->name = std::filesystem::absolute(args.project).filename().string();
    const auto project = ProjectFolder::create(args.project, *content);
    return project ? Result<void>() : tl::unexpected(project.error());
}

}  // namespace

Result<Answer> practiceCommand(const Cli& cli, const PracticeArgs& args, const StopOnSignal& stop) {
    if (auto provided = provideProject(args); !provided)
        return tl::unexpected(provided.error());
    cli.say(cli.text(
        "cli.practice.begin",
        {{"title", cli.text("scenario." + Scenario::lessonOf(args.scenario) + ".title")}}));
    Answer all;
    // Each part is the command that an engineer would give; the first that ends badly ends the job.
    const auto part = [&](const std::string& name, Result<Answer> answer) -> Result<bool> {
        if (!answer)
            return tl::unexpected(answer.error());
        all.result[name] = std::move(answer->result);
        all.exit = answer->exit;
        return answer->exit == 0;
    };
    const auto token = stop.first();
    using Work = std::function<Result<Answer>()>;
    const std::vector<std::pair<std::string, Work>> parts = {
        {"trust",
         [&] {
             return trustCommand(cli, {args.project, true, {}}, token);
         }},
        {"probe",
         [&] {
             return probeCommand(cli, {args.project, {}}, token);
         }},
        {"check", [&] { return checkCommand(cli, args.project, token); }},
        {"assign",
         [&] {
             return assignCommand(cli, {args.project, true, {}});
         }},
        {"plan",
         [&] {
             return planCommand(cli, {args.project, false, false, {}, false}, token);
         }},
        {"apply",
         [&] {
             return applyCommand(cli, {args.project, true, {}}, stop);
         }},
        {"verify", [&] { return verifyCommand(cli, {args.project}, stop); }},
        {"report", [&] {
             return reportCommand(cli, {args.project, {}});
         }}};
    for (const auto& [name, work] : parts) {
        cli.say(cli.text("cli.practice.part", {{"name", name}}));
        const auto good = part(name, work());
        if (!good)
            return tl::unexpected(good.error());
        if (!*good)
            break;
    }
    return all;
}

}  // namespace deploy::cli
