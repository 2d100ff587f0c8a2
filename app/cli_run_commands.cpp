#include <algorithm>
#include <array>

#include "base/file.h"
#include "cli_commands.h"
#include "cli_console.h"
#include "cli_ready.h"
#include "cli_secrets.h"
#include "plan/plan_text.h"

namespace deploy::cli {

Result<Answer> planCommand(const Cli& cli, const PlanArgs& args, const std::stop_token& stop) {
    if (args.firewall)
        return firewallSheet(cli, args);
    const auto ready = prepareToRead(args.project);
    if (!ready)
        return tl::unexpected(ready.error());
    const Product& product = ready->product;
    const ProjectFolder& project = ready->project;
    const auto bundle = openBundle(project, bundleProgress(cli), stop);
    if (!bundle)
        return tl::unexpected(bundle.error());
    const auto plan = planProject(product, project, *bundle);
    if (!plan)
        return tl::unexpected(plan.error());
    const auto runs = project.runs();
    if (!runs)
        return tl::unexpected(runs.error());
    const PlanOrder order = args.byServer ? PlanOrder::ByServer : PlanOrder::ByStage;
    std::string text = planText(*plan, order, cli.table);
    if (args.scripts)
        for (const Step& step : plan->steps)
            text += "\n### " + step.id.str() + "\n" + stepScriptText(step, product.scripts);
    if (!args.output.empty()) {
        if (auto written = writeFileAtomically(args.output, text); !written)
            return tl::unexpected(written.error());
    } else {
        cli.say(text);
    }
    Answer answer;
    answer.result = {{"digest", plan->digest()},
                     {"upload_bytes", plan->uploadBytes()},
                     {"steps", nlohmann::json::array()}};
    static constexpr std::array kChangeWords = {"new", "changed", "same", "gone"};
    size_t same = 0;
    for (const StepChange& change : compare(doneSteps(*runs), *plan)) {
        same += change.change == Change::Same ? 1U : 0U;
        answer.result["steps"].push_back(
            {{"step", change.step.str()},
             {"change", kChangeWords.at(static_cast<size_t>(change.change))}});
        if (same > 0 || !runs->empty())
            cli.say(cli.text(
                "cli.change." + std::string(kChangeWords.at(static_cast<size_t>(change.change))),
                {{"step", change.step.str()}}));
    }
    return answer;
}

Result<Answer> applyCommand(const Cli& cli, const ApplyArgs& args, const StopOnSignal& stop) {
    auto ready = prepare(cli, args.project);
    if (!ready)
        return tl::unexpected(ready.error());
    const auto bundle = openBundle(ready->project, bundleProgress(cli), stop.first());
    if (!bundle)
        return tl::unexpected(bundle.error());
    const auto plan = planProject(ready->product, ready->project, *bundle);
    if (!plan)
        return tl::unexpected(plan.error());
    if (!args.digest.empty() && args.digest != plan->digest())
        return fail(ErrorCode::PlanStale, args.project, {},
                    {{"given", args.digest}, {"now", plan->digest()}});
    if (args.digest.empty() && !args.yes)
        cli.say(planText(*plan, PlanOrder::ByStage, cli.table));
    if (!confirmed(cli, args.yes || !args.digest.empty(), cli.text("cli.apply.ask")))
        return fail(ErrorCode::NotConfirmed, args.project);
    RunWork work = ready->work(bundle->folder, args.breakLock);
    return runToEnd(cli, work, *plan, stop);
}

Result<Answer> resumeCommand(const Cli& cli, const RunArgs& args, const StopOnSignal& stop) {
    auto ready = prepare(cli, args.project);
    if (!ready)
        return tl::unexpected(ready.error());
    RunWork drilling = ready->work({}, args.breakLock);
    Answer told;
    const auto drill = tellCutDrill(cli, drilling, told, stop.first());
    if (!drill)
        return tl::unexpected(drill.error());
    if (*drill) {
        ConsoleObserver console(cli, (*drill)->run.plan);
        auto answer = finish(cli, (*drill)->run.plan,
                             resumeRun(drilling, (*drill)->run, console, stop.tokens()));
        if (answer)
            answer->result["drill"] = told.result["drill"];
        return answer;
    }
    const auto bundle = openBundle(ready->project, bundleProgress(cli), stop.first());
    if (!bundle)
        return tl::unexpected(bundle.error());
    RunWork work = ready->work(bundle->folder, args.breakLock);
    for (const std::string& server : args.servers)
        work.only.insert(HostId(server));
    const auto run = runToResume(ready->project);
    if (!run)
        return tl::unexpected(run.error());
    if (purposeOf(run->plan) == "apply" && run->plan.bundleDigest != bundle->digest)
        return fail(ErrorCode::PlanStale, args.project, {},
                    {{"given", run->plan.bundleDigest}, {"now", bundle->digest}});
    ConsoleObserver console(cli, run->plan);
    return finish(cli, run->plan, resumeRun(work, console, stop.tokens()));
}

Result<Answer> verifyCommand(const Cli& cli, const RunArgs& args, const StopOnSignal& stop) {
    auto installed = prepareInstalled(cli, args.project);
    if (!installed)
        return tl::unexpected(installed.error());
    const auto plan = verificationPlan(installed->plan);
    if (!plan)
        return tl::unexpected(plan.error());
    RunWork work = installed->ready.work({}, args.breakLock);
    return runToEnd(cli, work, *plan, stop);
}

Result<Answer> removeCommand(const Cli& cli, const RemoveArgs& args, const StopOnSignal& stop) {
    auto ready = prepare(cli, args.project);
    if (!ready)
        return tl::unexpected(ready.error());
    const auto plan = removalPlan(ready->product, ready->project,
                                  {args.data ? Keep::Nothing : Keep::Data, HostId(args.server),
                                   args.lastCopy ? LastCopy::GivenUp : LastCopy::Kept});
    if (!plan)
        return tl::unexpected(plan.error());
    if (!args.yes)
        cli.say(planText(*plan, PlanOrder::ByStage, cli.table));
    const std::string question = args.data ? "cli.remove.ask_data" : "cli.remove.ask";
    if (!confirmed(cli, args.yes, cli.text(question, {{"server", args.server}})))
        return fail(ErrorCode::NotConfirmed, args.project);
    RunWork work = ready->work({}, args.breakLock);
    return runToEnd(cli, work, *plan, stop);
}

Result<Answer> statusCommand(const Cli& cli, const std::string& path, const StopOnSignal& stop) {
    auto ready = prepare(cli, path);
    if (!ready)
        return tl::unexpected(ready.error());
    RunWork work = ready->work({});
    const auto answers = statusOf(work, stop.first());
    if (!answers)
        return tl::unexpected(answers.error());
    Answer answer;
    // A server that cannot be asked is among the answers below.
    (void)tellCutDrill(cli, work, answer, stop.first());
    answer.result["steps"] = nlohmann::json::array();
    for (const StepAnswer& step : *answers) {
        nlohmann::json row = {{"step", step.step.str()}, {"holds", step.holds}};
        if (step.error) {
            row["error"] = toJson(*step.error, cli.table);
            cli.show(*step.error);
        }
        answer.result["steps"].push_back(row);
        answer.exit = step.holds ? answer.exit : 1;
        cli.say(cli.text(step.holds ? "cli.status.holds" : "cli.status.differs",
                         {{"step", step.step.str()}, {"detail", step.detail}}));
    }
    return answer;
}

}  // namespace deploy::cli
