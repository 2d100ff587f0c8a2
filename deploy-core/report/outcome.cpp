#include "report/outcome.h"

#include <algorithm>
#include <array>

#include "plan/actions.h"

namespace deploy {

namespace {

using Runs = std::vector<ReportRun>;

/// The last run that installed or removed, or the end.
Runs::const_iterator lastChange(const Runs& runs) {
    const auto found = std::find_if(runs.rbegin(), runs.rend(), [](const ReportRun& run) {
        return !leavesInstallation(run.state.purpose);
    });
    return found == runs.rend() ? runs.end() : std::prev(found.base());
}

bool onlyAsks(const Step& step) {
    return std::holds_alternative<WaitReady>(step.action);
}

bool isDone(StepStatus status) {
    return status == StepStatus::Succeeded || status == StepStatus::Skipped;
}

/// Whether every step that changes something has a good end.
bool changedAll(const ReportRun& run) {
    return std::all_of(run.plan.steps.begin(), run.plan.steps.end(), [&](const Step& step) {
        return onlyAsks(step) || isDone(run.state.step(step.id).status);
    });
}

/// Whether the runs left something on other servers than those that were removed.
bool isOnServers(const Report& report) {
    std::vector<RunRecord> runs;
    for (const ReportRun& run : report.runs)
        runs.push_back({run.id, {}, run.plan, run.state});
    return installedPlan(runs).has_value();
}

/// A run that was to ask and could not leaves the question open, whatever was answered before.
StepState answeredState(const ReportRun& run, const Step& step) {
    StepState state = run.state.step(step.id);
    if (state.status != StepStatus::Waiting || run.state.purpose != "verify")
        return state;
    state.status = StepStatus::Unknown;
    state.finishedAt = run.state.finishedAt;
    if (const auto server = run.state.servers.find(step.host); server != run.state.servers.end())
        state.error = server->second.error;
    return state;
}

Verification answerOf(const ReportRun& run, const Step& step) {
    const StepState state = answeredState(run, step);
    const auto words = run.words.find(step.id);
    return {step.id,
            step.host,
            step.title,
            step.args,
            state.status,
            state.finishedAt == WallTime{} ? state.startedAt : state.finishedAt,
            run.id,
            state.error,
            words == run.words.end() ? std::string() : words->second};
}

}  // namespace

const Plan* appliedPlan(const Report& report) {
    const auto found = std::find_if(report.runs.rbegin(), report.runs.rend(),
                                    [](const ReportRun& r) { return r.state.purpose == "apply"; });
    return found == report.runs.rend() ? nullptr : &found->plan;
}

std::vector<Verification> verificationsOf(const Report& report) {
    std::vector<Verification> answers;
    const auto begin = lastChange(report.runs);
    if (begin == report.runs.end() || begin->state.purpose != "apply")
        return answers;
    for (const Step& step : begin->plan.steps) {
        if (!onlyAsks(step))
            continue;
        Verification answer = answerOf(*begin, step);
        for (auto run = std::next(begin); run != report.runs.end(); ++run)
            if (run->plan.find(step.id) != nullptr)
                answer = answerOf(*run, step);
        answers.push_back(std::move(answer));
    }
    return answers;
}

HandOver handOverOf(const Report& report) {
    const auto change = lastChange(report.runs);
    if (change == report.runs.end())
        return HandOver::NothingDone;
    if (change->state.purpose == "remove") {
        if (change->state.outcome != RunOutcome::Succeeded)
            return HandOver::RemovalIncomplete;
        return isOnServers(report) ? HandOver::Incomplete : HandOver::Removed;
    }
    if (!changedAll(*change))
        return HandOver::Incomplete;
    const auto answers = verificationsOf(report);
    const auto count = [&](auto&& holds) {
        return std::count_if(answers.begin(), answers.end(), holds);
    };
    if (count([](const Verification& v) { return v.status == StepStatus::Failed; }) > 0)
        return HandOver::VerificationFailed;
    const auto good = count([](const Verification& v) { return isDone(v.status); });
    return !answers.empty() && good == static_cast<long>(answers.size()) ? HandOver::Verified
                                                                         : HandOver::NotVerified;
}

std::string handOverName(HandOver handOver) {
    static constexpr std::array kNames = {"nothing_done",        "incomplete", "not_verified",
                                          "verification_failed", "verified",   "removed",
                                          "removal_incomplete"};
    return kNames.at(static_cast<size_t>(handOver));
}

}  // namespace deploy
