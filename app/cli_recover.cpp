#include <algorithm>

#include "cli_commands.h"
#include "cli_ready.h"
#include "project/recover.h"

namespace deploy::cli {

namespace {

void tellPositions(const Cli& cli, const Plan& questions, const std::vector<StepAnswer>& answers) {
    for (size_t i = 0; i < answers.size(); ++i) {
        const HostId& host = questions.steps[i].host;
        const auto member = readPosition(host, answers[i].detail);
        if (answers[i].error)
            cli.say(cli.text("cli.recover.unknown", {{"server", host.str()}}));
        else if (member)
            cli.say(
                cli.text(member->together ? "cli.recover.together" : "cli.recover.position",
                         {{"server", host.str()}, {"position", std::to_string(member->position)}}));
    }
}

}  // namespace

Result<Answer> recoverCommand(const Cli& cli, const RecoverArgs& args, const StopOnSignal& stop) {
    auto installed = prepareInstalled(cli, args.project);
    if (!installed)
        return tl::unexpected(installed.error());
    if (hasDatabasePair(installed->plan))
        return renewReplica(cli, args, *installed, stop);
    const auto questions = recoveryQuestions(installed->plan, installed->ready.product.scripts);
    if (!questions)
        return tl::unexpected(questions.error());
    RunWork work = installed->ready.work({}, args.breakLock);
    const auto answers = askRecovery(work, *questions, stop.first());
    if (!answers)
        return tl::unexpected(answers.error());
    tellPositions(cli, *questions, *answers);
    const auto positions = positionsIn(*questions, *answers);
    if (!positions)
        return tl::unexpected(positions.error());
    const auto plan = makeRecoveryPlan(*questions, *positions);
    if (!plan)
        return tl::unexpected(plan.error());
    if (plan->steps.empty()) {
        cli.say(cli.text("cli.recover.nothing"));
        return Answer{};
    }
    const auto how = [](const Step& step) -> const std::string& {
        return std::get<RunScript>(step.action).call.values.at("HOW");
    };
    const auto first = std::find_if(plan->steps.begin(), plan->steps.end(),
                                    [&](const Step& step) { return how(step) != "stop"; });
    cli.say(cli.text(how(*first) == "first" ? "cli.recover.first" : "cli.recover.join",
                     {{"server", first->host.str()}}));
    if (!confirmed(cli, args.yes, cli.text("cli.recover.ask")))
        return fail(ErrorCode::NotConfirmed, args.project);
    return runToEnd(cli, work, *plan, stop);
}

Result<Answer> rebalanceCommand(const Cli& cli, const RunArgs& args, const StopOnSignal& stop) {
    auto installed = prepareInstalled(cli, args.project);
    if (!installed)
        return tl::unexpected(installed.error());
    const auto plan = makeRebalancePlan(installed->plan, installed->ready.product.scripts);
    if (!plan)
        return tl::unexpected(plan.error());
    RunWork work = installed->ready.work({}, args.breakLock);
    return runToEnd(cli, work, *plan, stop);
}

}  // namespace deploy::cli
