#include "cli_commands.h"
#include "cli_ready.h"
#include "project/recover.h"

namespace deploy::cli {

namespace {

const char* keyOf(PairState::Kind kind) {
    switch (kind) {
        case PairState::Kind::Primary:
            return "cli.switch_over.primary";
        case PairState::Kind::Replica:
            return "cli.switch_over.replica";
        case PairState::Kind::Broken:
            return "cli.switch_over.broken";
        case PairState::Kind::Waits:
            break;
    }
    return "cli.switch_over.waits";
}

void tellStates(const Cli& cli, const Plan& questions, const std::vector<StepAnswer>& answers) {
    for (size_t i = 0; i < answers.size(); ++i) {
        const HostId& host = questions.steps[i].host;
        const auto state = readPairState(host, answers[i].detail);
        if (answers[i].error)
            cli.say(cli.text("cli.recover.unknown", {{"server", host.str()}}));
        else if (state)
            cli.say(cli.text(keyOf(state->kind), {{"server", host.str()},
                                                  {"seconds", std::to_string(state->behind)},
                                                  {"why", state->why}}));
    }
}

struct Asked {
    Plan questions;
    std::vector<PairState> states;
};

Result<Asked> ask(const Cli& cli, ReadyInstalled& installed, RunWork& work, Promotion promotion,
                  const StopOnSignal& stop) {
    auto questions = pairQuestions(installed.plan, installed.ready.product.scripts);
    if (!questions)
        return tl::unexpected(questions.error());
    const auto answers = askRecovery(work, *questions, stop.first());
    if (!answers)
        return tl::unexpected(answers.error());
    tellStates(cli, *questions, *answers);
    auto states = statesIn(*questions, *answers, promotion);
    if (!states)
        return tl::unexpected(states.error());
    return Asked{*std::move(questions), *std::move(states)};
}

}  // namespace

Result<Answer> switchOverCommand(const Cli& cli, const SwitchOverArgs& args,
                                 const StopOnSignal& stop) {
    auto installed = prepareInstalled(cli, args.project);
    if (!installed)
        return tl::unexpected(installed.error());
    const Promotion promotion = args.primaryLost ? Promotion::PrimaryLost : Promotion::Guided;
    RunWork work = installed->ready.work({}, args.breakLock);
    const auto asked = ask(cli, *installed, work, promotion, stop);
    if (!asked)
        return tl::unexpected(asked.error());
    const auto plan =
        makeSwitchOverPlan(asked->questions, asked->states, HostId(args.to), promotion);
    if (!plan)
        return tl::unexpected(plan.error());
    if (plan->steps.empty()) {
        cli.say(cli.text("cli.switch_over.nothing", {{"server", args.to}}));
        return Answer{};
    }
    const HostId next = newPrimary(*plan);
    cli.say(cli.text(
        promotion == Promotion::Guided ? "cli.switch_over.guided" : "cli.switch_over.promote",
        {{"server", next.str()}}));
    if (!confirmed(cli, args.yes, cli.text("cli.recover.ask")))
        return fail(ErrorCode::NotConfirmed, args.project);
    auto answer = runToEnd(cli, work, *plan, stop);
    if (!answer || answer->exit != 0)
        return answer;
    ProjectContent content = work.project.content();
    content.topology = withPrimary(content.topology, next);
    if (auto saved = work.project.save(content); !saved)
        return tl::unexpected(saved.error());
    return answer;
}

Result<Answer> renewReplica(const Cli& cli, const RecoverArgs& args, ReadyInstalled& installed,
                            const StopOnSignal& stop) {
    RunWork work = installed.ready.work({}, args.breakLock);
    const auto asked = ask(cli, installed, work, Promotion::Guided, stop);
    if (!asked)
        return tl::unexpected(asked.error());
    const auto plan = makeRenewalPlan(asked->questions, asked->states);
    if (!plan)
        return tl::unexpected(plan.error());
    if (plan->steps.empty()) {
        cli.say(cli.text("cli.switch_over.whole"));
        return Answer{};
    }
    cli.say(cli.text("cli.switch_over.renew", {{"server", plan->steps.front().host.str()}}));
    if (!confirmed(cli, args.yes, cli.text("cli.recover.ask")))
        return fail(ErrorCode::NotConfirmed, args.project);
    return runToEnd(cli, work, *plan, stop);
}

}  // namespace deploy::cli
