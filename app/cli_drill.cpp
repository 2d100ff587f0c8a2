#include "project/drill.h"

#include "cli_commands.h"
#include "cli_ready.h"
#include "report/drill_words.h"

namespace deploy::cli {

namespace {

void tellWhatIsStopped(const Cli& cli, const DrillArgs& args, const Plan& plan) {
    cli.say(cli.text(args.power ? "cli.drill.power" : "cli.drill.services",
                     {{"server", args.server}, {"seconds", std::to_string(kDrillHold.count())}}));
    for (const DrillRow& row : drillRows(drillResult(plan, {}), cli.table))
        cli.say(cli.text("cli.drill.expects",
                         {{"function", row.function}, {"expected", row.expected}}));
}

/// The figures, and status 1 where they are not what was promised.
void tellResult(const Cli& cli, const DrillResult& drill, Answer& answer) {
    answer.result["functions"] = nlohmann::json::array();
    for (const DrillRow& row : drillRows(drill, cli.table))
        cli.say(cli.text("cli.drill.line", {{"function", row.function},
                                            {"measured", row.measured},
                                            {"expected", row.expected},
                                            {"writes", row.writes},
                                            {"verdict", row.verdict}}));
    for (const DrillLine& line : drill.lines) {
        answer.result["functions"].push_back(drillLineJson(line));
        if (!line.kept() && answer.exit == 0)
            answer.exit = static_cast<int>(ExitClass::Failure);
    }
    cli.say(cli.text("drill.promise", {{"seconds", drillSeconds(kDrillPromise)}}));
    if (answer.exit != 0 && answer.result["outcome"] != "succeeded")
        cli.say(cli.text("cli.drill.not_whole"));
}

}  // namespace

Result<std::optional<CutDrill>> tellCutDrill(const Cli& cli, RunWork& work, Answer& answer,
                                             const std::stop_token& stop) {
    auto drill = cutDrill(work.project);
    if (!drill || !*drill)
        return drill;
    const auto stand = askDrill(work, **drill, stop);
    if (!stand)
        return tl::unexpected(stand.error());
    if (*stand == DrillStand::Unbegun)
        return std::optional<CutDrill>();
    const bool back = *stand == DrillStand::Back;
    const std::string since = toIso8601((*drill)->since);
    answer.result["drill"] = {{"server", (*drill)->server.str()}, {"since", since}, {"back", back}};
    const std::string cut =
        (*drill)->kind == DrillKind::Power ? "cli.drill.cut_power" : "cli.drill.cut";
    cli.say(cli.text(cut + (back ? "_back" : "_stopped"),
                     {{"server", (*drill)->server.str()}, {"since", since}}));
    return drill;
}

Result<Answer> drillCommand(const Cli& cli, const DrillArgs& args, const StopOnSignal& stop) {
    auto ready = prepare(cli, args.project);
    if (!ready)
        return tl::unexpected(ready.error());
    const auto plan = drillPlan(ready->product, ready->project, HostId(args.server),
                                args.power ? DrillKind::Power : DrillKind::Services,
                                args.lastCopy ? LastCopy::GivenUp : LastCopy::Kept, *ready->clock);
    if (!plan)
        return tl::unexpected(plan.error());
    if (!args.yes)
        tellWhatIsStopped(cli, args, *plan);
    if (!confirmed(cli, args.yes, cli.text("cli.drill.ask")))
        return fail(ErrorCode::NotConfirmed, args.project);
    RunWork work = ready->work({}, args.breakLock);
    auto answer = runToEnd(cli, work, *plan, stop);
    if (!answer)
        return answer;
    const auto run = lastDrill(ready->project);
    if (!run)
        return tl::unexpected(run.error());
    if (*run)
        tellResult(cli, drillResultOf(**run), *answer);
    return answer;
}

}  // namespace deploy::cli
