#include "run/engine.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <random>
#include <thread>

#include "base/resources.h"
#include "run/server_worker.h"

namespace deploy {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// How long the first steps wait for the answers of all servers, so that a lock of somebody else is
/// found before anything is done anywhere; a server that is slower than this holds nobody up.
constexpr seconds kGatherTime{5};
constexpr milliseconds kTick{200};
constexpr seconds kStalled{15};

std::string newLockId() {
    std::random_device random;
    std::string id;
    for (int i = 0; i < 16; ++i)
        id += "0123456789abcdef"[random() % 16];
    return id;
}

const ScriptCall* callOf(const Step& step) {
    if (const auto* run = std::get_if<RunScript>(&step.action))
        return &run->call;
    if (const auto* wait = std::get_if<WaitReady>(&step.action))
        return &wait->call;
    const auto& unless = std::get<PutFile>(step.action).unless;
    return unless ? &*unless : nullptr;
}

/// Is the plan still about these scripts and servers?
Result<void> checkFresh(const Plan& plan, const Inventory& inventory, const RoleScripts& scripts) {
    for (const Step& step : plan.steps) {
        if (inventory.find(step.host) == nullptr)
            return fail(ErrorCode::PlanStale, step.host.str());
        const ScriptCall* call = callOf(step);
        if (call != nullptr && scripts.digest(call->script).value_or("") != call->sha256)
            return fail(ErrorCode::PlanStale, step.id.str(), call->script);
    }
    return {};
}

Event runEvent(EventKind kind, Args args) {
    Event event;
    event.kind = kind;
    event.args = std::move(args);
    return event;
}

class Run {
public:
    Run(const Plan& plan, const Inventory& inventory, RunContext& context, Journal& journal,
        const std::vector<Event>& before, RunObserver& observer, const StopTokens& stop)
        : plan_(plan),
          inventory_(inventory),
          context_(context),
          stop_(stop),
          funnel_(context.clock, journal, observer, fold(before), halt_),
          schedule_(plan) {
        // The vault is one thing, and servers ask for its secrets at once.
        context_.secret = [this, ask = std::move(context_.secret)](const std::string& name) {
            const std::lock_guard lock(secretMutex_);
            return ask(name);
        };
        for (const HostId& host : schedule_.hosts())
            if (!context_.only.empty() && !context_.only.contains(host))
                schedule_.leaveOut(host, [this](const StepId& step) {
                    const StepStatus status = funnel_.step(step).status;
                    return status == StepStatus::Succeeded || status == StepStatus::Skipped;
                });
    }

    Result<RunState> run(bool resumed) {
        Args args = {{"owner", context_.owner}};
        if (!resumed)
            args.insert({{"plan_digest", plan_.digest()},
                         {"purpose", context_.purpose},
                         {"wizard_version", programVersion()}});
        const auto kind = resumed ? EventKind::RunResumed : EventKind::RunStarted;
        if (auto begun = funnel_.record(runEvent(kind, args)); !begun)
            return tl::unexpected(begun.error());
        {
            const std::stop_callback forward(stop_.now, [this] { halt_.request_stop(); });
            startWorkers();
            watch();
            threads_.clear();
        }
        const std::string outcome = outcomeName();
        (void)funnel_.record(runEvent(EventKind::RunFinished, {{"outcome", outcome}}));
        if (const auto broken = funnel_.error())
            return tl::unexpected(*broken);
        if (lockedBy_)
            return tl::unexpected(*lockedBy_);
        return funnel_.state();
    }

private:
    struct Watched {
        std::unique_ptr<ServerWorker> worker;
        bool arrived = false;
        StepId stalled = {};  ///< the step that is held up while the server is silent
    };

    void startWorkers() {
        const std::string lock = newLockId();
        const bool pass =
            context_.delivery == Delivery::BetweenServers && schedule_.hosts().size() > 1;
        const RunParts parts{plan_,
                             inventory_,
                             context_,
                             funnel_,
                             schedule_,
                             pass ? &distribution_ : nullptr,
                             halt_.get_token(),
                             stop_.afterStep};
        for (const HostId& host : schedule_.hosts()) {
            const LinkIdentity identity{context_.run.str(), lock, context_.owner,
                                        context_.brokenLock};
            servers_.push_back(
                {std::make_unique<ServerWorker>(parts, *inventory_.find(host), identity)});
        }
        unfinished_ = servers_.size();
        for (Watched& server : servers_)
            threads_.emplace_back([this, &server] {
                server.worker->work([&](const Result<void>& result) { onArrival(server, result); });
                const std::lock_guard lockThis(mutex_);
                --unfinished_;
                changed_.notify_all();
            });
    }

    void onArrival(Watched& server, const Result<void>& result) {
        const std::lock_guard lock(mutex_);
        server.arrived = true;
        if (!result && result.error().code == ErrorCode::ServerLocked && !opened_) {
            lockedBy_ = lockedBy_.value_or(result.error());
            schedule_.close();
        }
        changed_.notify_all();
    }

    /// The calling thread: opens the way, notices stops, and tells which servers are silent.
    void watch() {
        const auto begin = std::chrono::steady_clock::now();
        std::unique_lock lock(mutex_);
        while (unfinished_ > 0) {
            changed_.wait_for(lock, kTick);
            const bool all = std::all_of(servers_.begin(), servers_.end(),
                                         [](const Watched& server) { return server.arrived; });
            if (!opened_ && !lockedBy_ &&
                (all || std::chrono::steady_clock::now() - begin >= kGatherTime)) {
                opened_ = true;
                schedule_.open();
            }
            lock.unlock();
            noticeStops();
            noticeSilence();
            lock.lock();
        }
    }

    void noticeStops() {
        noticeStop(stop_.afterStep, afterStepSeen_, "after_step");
        noticeStop(stop_.now, nowSeen_, "now");
        if (halt_.stop_requested())
            schedule_.close();
    }

    void noticeStop(const std::stop_token& token, bool& seen, const std::string& strength) {
        if (seen || !token.stop_requested())
            return;
        seen = true;
        schedule_.close();
        (void)funnel_.record(runEvent(EventKind::StopRequested, {{"strength", strength}}));
    }

    void noticeSilence() {
        const int64_t now =
            std::chrono::duration_cast<milliseconds>(context_.clock.steady().time_since_epoch())
                .count();
        for (Watched& server : servers_) {
            const int64_t heard = server.worker->lastHeard();
            const bool silent = heard >= 0 && now - heard >= milliseconds(kStalled).count();
            if (silent == !server.stalled.empty())
                continue;
            const StepId heldUp = silent ? presentOrNext(*server.worker) : server.stalled;
            if (heldUp.empty())
                continue;
            server.stalled = silent ? heldUp : StepId();
            StepProgress progress;
            progress.step = heldUp;
            progress.stalled = silent;
            funnel_.progress(progress);
        }
    }

    /// A server that waits for others may be lost as well: then its next step is held up.
    StepId presentOrNext(const ServerWorker& worker) const {
        if (StepId present = worker.present(); !present.empty())
            return present;
        for (const Step& step : plan_.steps) {
            const StepStatus status = funnel_.step(step.id).status;
            if (step.host == worker.name() && status != StepStatus::Succeeded &&
                status != StepStatus::Skipped && status != StepStatus::Failed)
                return step.id;
        }
        return {};
    }

    std::string outcomeName() {
        if (schedule_.allDone())
            return "succeeded";
        const bool stopped = stop_.now.stop_requested() || stop_.afterStep.stop_requested();
        return stopped ? "stopped" : "failed";
    }

    const Plan& plan_;
    const Inventory& inventory_;
    RunContext context_;
    StopTokens stop_;
    std::stop_source halt_;
    Funnel funnel_;
    Schedule schedule_;
    Distribution distribution_;
    std::mutex secretMutex_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Watched> servers_;
    std::vector<std::jthread> threads_;
    size_t unfinished_ = 0;
    bool opened_ = false;
    bool afterStepSeen_ = false;
    bool nowSeen_ = false;
    std::optional<Error> lockedBy_;
};

}  // namespace

Result<RunState> runPlan(const Plan& plan, const Inventory& inventory, RunContext& context,
                         Journal& journal, const std::vector<Event>& before, RunObserver& observer,
                         const StopTokens& stop) {
    if (auto valid = validatePlan(plan); !valid)
        return tl::unexpected(valid.error());
    if (auto fresh = checkFresh(plan, inventory, context.scripts); !fresh)
        return tl::unexpected(fresh.error());
    if (!before.empty() && fold(before).planDigest != plan.digest())
        return fail(ErrorCode::PlanStale, context.run.str());
    Run run(plan, inventory, context, journal, before, observer, stop);
    return run.run(!before.empty());
}

}  // namespace deploy
