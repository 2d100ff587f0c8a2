#include "cli_console.h"

#include <array>

#include "base/byte_count.h"
#include "base/utf8.h"
#include "plan/drill.h"

namespace deploy::cli {

namespace {

constexpr size_t kLogTailBytes = 2000;
constexpr std::array kStatusWords = {"waiting",   "running", "unknown",
                                     "succeeded", "skipped", "failed"};
constexpr std::array kOutcomeWords = {"running", "succeeded", "failed", "stopped"};

std::string statusWord(StepStatus status) {
    return kStatusWords.at(static_cast<size_t>(status));
}

std::string outcomeWord(RunOutcome outcome) {
    return kOutcomeWords.at(static_cast<size_t>(outcome));
}

}  // namespace

std::string ConsoleObserver::title(const StepId& id) const {
    const Step* step = plan_.find(id);
    return step == nullptr ? id.str() : cli_.text("step." + step->title, step->args);
}

void ConsoleObserver::onEvent(const Event& event) {
    Args args = event.args;
    args["server"] = event.host.str();
    if (!event.step.empty()) {
        args["title"] = title(event.step);
        args["step"] = event.step.str();
    }
    cli_.say(cli_.text("cli.event." + eventName(event.kind), args));
    if (event.error)
        cli_.show(*event.error);
    if (event.kind != EventKind::StepFailed)
        return;
    const auto tail = lastLog_.find(event.step);
    if (tail != lastLog_.end())
        cli_.warn(escapeForDisplay(tail->second));
}

void ConsoleObserver::tellSilence(const StepProgress& progress) {
    const bool known = silent_.contains(progress.step);
    if (progress.stalled == known)
        return;
    const Step* step = plan_.find(progress.step);
    const std::string server = step == nullptr ? progress.step.str() : step->host.str();
    cli_.say(cli_.text(progress.stalled ? "cli.silent" : "cli.heard_again",
                       {{"server", server}, {"title", title(progress.step)}}));
    if (progress.stalled)
        silent_.insert(progress.step);
    else
        silent_.erase(progress.step);
}

void ConsoleObserver::onProgress(const StepProgress& progress) {
    tellSilence(progress);
    if (!tenths_[progress.step].passed(progress.doneBytes, progress.totalBytes))
        return;
    cli_.say(cli_.text("cli.progress", {{"title", title(progress.step)},
                                        {"done", bytesText(progress.doneBytes)},
                                        {"total", bytesText(progress.totalBytes)}}));
}

/// The one step in which a person takes part.
void ConsoleObserver::tellPower(const StepId& step, std::string_view bytes) {
    const auto wish = powerWish(plan_, step, bytes);
    if (!wish || *wish == PowerWish::Nothing)
        return;
    cli_.say(cli_.text(*wish == PowerWish::Off ? "cli.drill.power_off" : "cli.drill.power_on",
                       {{"server", drilledServer(plan_).str()}}));
}

void ConsoleObserver::onLog(const StepId& step, std::string_view bytes) {
    tellPower(step, bytes);
    std::string& tail = lastLog_[step];
    tail.append(bytes);
    if (tail.size() > kLogTailBytes)
        tail.erase(0, tail.size() - kLogTailBytes);
}

void showOutcome(const Cli& cli, const Plan& plan, const RunState& state) {
    std::map<StepStatus, size_t> counts;
    bool changed = false;
    for (const auto& [id, step] : state.steps) {
        ++counts[step.status];
        const Step* planned = plan.find(id);
        const bool asks = planned != nullptr && std::holds_alternative<WaitReady>(planned->action);
        changed = changed || (step.status == StepStatus::Succeeded && !asks);
    }
    const bool unchanged =
        state.outcome == RunOutcome::Succeeded && !changed && state.purpose == "apply";
    cli.say(cli.text("cli.outcome." + (unchanged ? "unchanged" : outcomeWord(state.outcome)),
                     {{"succeeded", std::to_string(counts[StepStatus::Succeeded])},
                      {"skipped", std::to_string(counts[StepStatus::Skipped])},
                      {"failed", std::to_string(counts[StepStatus::Failed])},
                      {"unknown", std::to_string(counts[StepStatus::Unknown])}}));
}

nlohmann::json runJson(const Cli& cli, const RunState& state) {
    nlohmann::json steps = nlohmann::json::array();
    for (const auto& [id, step] : state.steps) {
        nlohmann::json row = {{"step", id.str()},
                              {"status", statusWord(step.status)},
                              {"attempt", step.attempt},
                              {"digest", step.digest}};
        if (step.error)
            row["error"] = toJson(*step.error, cli.table);
        steps.push_back(row);
    }
    nlohmann::json servers = nlohmann::json::array();
    for (const auto& [host, server] : state.servers) {
        nlohmann::json row = {{"server", host.str()}, {"ready", server.ready}};
        if (server.error)
            row["error"] = toJson(*server.error, cli.table);
        servers.push_back(row);
    }
    return {{"outcome", outcomeWord(state.outcome)},
            {"purpose", state.purpose},
            {"plan_digest", state.planDigest},
            {"steps", steps},
            {"servers", servers}};
}

int exitOf(const RunState& state) {
    if (state.outcome == RunOutcome::Succeeded)
        return 0;
    if (state.outcome == RunOutcome::Stopped)
        return static_cast<int>(ExitClass::Stopped);
    // A server that refused us (host key, lock) says more than the steps that waited for it.
    int worst = static_cast<int>(ExitClass::Failure);
    for (const auto& [host, server] : state.servers)
        if (server.error && exitClass(server.error->code) == ExitClass::Refused)
            worst = static_cast<int>(ExitClass::Refused);
    return worst;
}

}  // namespace deploy::cli
