#include "run/server_worker.h"

#include <algorithm>

#include "plan/leaving.h"
#include "plan/take_back.h"
#include "run/step_runner.h"

namespace deploy {

namespace {

Event serverEvent(EventKind kind, const HostId& host, std::optional<Error> error = {}) {
    Event event;
    event.kind = kind;
    event.host = host;
    event.error = std::move(error);
    return event;
}

}  // namespace

ServerWorker::ServerWorker(const RunParts& parts, Host host, LinkIdentity identity)
    : parts_(parts),
      link_(parts.context.connector, parts.context.clock, parts.context.scripts, std::move(host),
            std::move(identity), parts.now, ServerLink::Patience::Steady),
      delivery_(link_, parts.context.connector, parts.inventory, parts.distribution, parts.now) {}

void ServerWorker::work(const std::function<void(const Result<void>&)>& arrived) {
    auto result = begin();
    arrived(result);
    if (result && parts_.schedule.awaitOpen())
        result = settle().and_then([this] { return doSteps(); });
    if (!result)
        fail(result.error());
    delivery_.close();
    const bool gone = isLeft() && parts_.schedule.allDone(name());
    // The lock of a step that goes on without us must stay.
    if (present().empty())
        link_.releaseLock(gone ? ServerLink::Leave::Nothing : ServerLink::Leave::Files);
    parts_.schedule.left(name());
}

Result<void> ServerWorker::begin() {
    if (auto opened = link_.open(); !opened)
        return opened;
    delivery_.clean();
    Event ready = serverEvent(EventKind::ServerReady, name());
    for (const auto& [key, value] : link_.brokenOwner())
        ready.args["broken_" + key] = value;
    return parts_.funnel.record(std::move(ready));
}

Result<void> ServerWorker::settle() {
    StepRunner runner(parts_.context, parts_.funnel, link_, delivery_, parts_.now);
    for (const Step& step : parts_.plan.steps) {
        if (step.host != name() || parts_.funnel.step(step.id).status != StepStatus::Unknown)
            continue;
        setPresent(step.id);
        if (auto settled = runner.settle(step); !settled)
            return settled;
        setPresent({});
    }
    return {};
}

Result<void> ServerWorker::doSteps() {
    StepRunner runner(parts_.context, parts_.funnel, link_, delivery_, parts_.now);
    while (!parts_.afterStep.stop_requested() && !parts_.now.stop_requested()) {
        const auto next = parts_.schedule.next(name(), parts_.context.betweenSigns);
        if (const auto* none = std::get_if<Schedule::None>(&next)) {
            if (*none == Schedule::None::Ever)
                return {};
            if (auto renewed = link_.renewLock(); !renewed)
                return renewed;
            continue;
        }
        const Step& step = *std::get<const Step*>(next);
        setPresent(step.id);
        const auto end = runner.run(step);
        if (!end)
            return tl::unexpected(end.error());
        setPresent({});
        parts_.schedule.ended(step, end->error ? Schedule::End::Failed : Schedule::End::Done);
    }
    return {};
}

bool ServerWorker::isLeft() const {
    bool left = false;
    for (const Step& step : parts_.plan.steps) {
        if (step.host != name())
            continue;
        if (!takesBack(step))
            return false;
        // What it only does about another server that leaves takes nothing from it.
        left = left || std::get<RunScript>(step.action).call.script != kLeaveScript;
    }
    return left;
}

void ServerWorker::fail(const Error& error) {
    if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::JournalUnwritable)
        return;
    (void)parts_.funnel.record(serverEvent(EventKind::ServerFailed, name(), error));
}

StepId ServerWorker::present() const {
    const std::lock_guard lock(mutex_);
    return present_;
}

void ServerWorker::setPresent(const StepId& step) {
    const std::lock_guard lock(mutex_);
    present_ = step;
}

}  // namespace deploy
