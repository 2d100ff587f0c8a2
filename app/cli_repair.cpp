#include "cli_commands.h"
#include "cli_ready.h"
#include "plan/plan_text.h"
#include "project/repairs.h"

namespace deploy::cli {

namespace {

/// What is to be done: what the checks of the saved facts offer, or what stands and is taken back.
Result<Plan> planOf(const Ready& ready, bool undo) {
    const ProjectContent& content = ready.project.content();
    if (undo) {
        const auto runs = ready.project.runs();
        if (!runs)
            return tl::unexpected(runs.error());
        return makeRepairUndoPlan(content.id, content.mode, standingRepairs(*runs),
                                  ready.product.scripts);
    }
    const auto checks = checkProject(ready.product, ready.project, {}, nullptr);
    if (!checks)
        return tl::unexpected(checks.error());
    return makeRepairPlan(content.id, content.mode, offeredRepairs(*checks), ready.product.scripts);
}

}  // namespace

Result<Answer> repairCommand(const Cli& cli, const RepairArgs& args, const StopOnSignal& stop) {
    auto ready = prepare(cli, args.project);
    if (!ready)
        return tl::unexpected(ready.error());
    const auto plan = planOf(*ready, args.undo);
    if (!plan)
        return tl::unexpected(plan.error());
    if (plan->steps.empty()) {
        cli.say(cli.text(args.undo ? "cli.repair.nothing_stands" : "cli.repair.nothing"));
        return Answer{};
    }
    if (!args.yes) {
        cli.say(planText(*plan, PlanOrder::ByServer, cli.table));
        for (const Step& step : plan->steps)
            cli.say("### " + step.id.str() + "\n" + stepScriptText(step, ready->product.scripts));
    }
    if (!confirmed(cli, args.yes, cli.text(args.undo ? "cli.repair.ask_undo" : "cli.repair.ask")))
        return fail(ErrorCode::NotConfirmed, args.project);
    RunWork work = ready->work({}, args.breakLock);
    return runToEnd(cli, work, *plan, stop);
}

}  // namespace deploy::cli
