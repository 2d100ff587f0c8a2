#include "runners/run_runner.h"

#include <chrono>
#include <mutex>

namespace wizard {

namespace {
/// What the screen may be behind; the rest of a flood is in the run's log files.
constexpr qsizetype kPendingLimitBytes = 4 << 20;
}  // namespace

/// Carries the engine's words to the GUI thread; output is joined per step, so that a server that
/// writes gigabytes cannot fill the event queue.
class RunRunner::Relay : public deploy::RunObserver,
                         public std::enable_shared_from_this<RunRunner::Relay> {
public:
    explicit Relay(RunRunner& runner) : runner_(runner) {}

    void onEvent(const deploy::Event& event) override {
        runner_.post([runner = &runner_, event] { Q_EMIT runner->recorded(event); });
    }

    void onProgress(const deploy::StepProgress& progress) override {
        runner_.post([runner = &runner_, progress] { Q_EMIT runner->progress(progress); });
    }

    void onLog(const deploy::StepId& step, std::string_view bytes) override {
        const std::lock_guard lock(mutex_);
        QByteArray& pending = pending_[step];
        if (pending.size() > kPendingLimitBytes) {
            if (!pending.endsWith("\n[...]\n"))
                pending.append("\n[...]\n");
        } else {
            pending.append(bytes.data(), qsizetype(bytes.size()));
        }
        if (posted_)
            return;
        posted_ = true;
        runner_.post([relay = shared_from_this()] { relay->drain(); });
    }

private:
    void drain() {
        std::map<deploy::StepId, QByteArray> taken;
        {
            const std::lock_guard lock(mutex_);
            taken.swap(pending_);
            posted_ = false;
        }
        for (const auto& [step, bytes] : taken)
            Q_EMIT runner_.log(step, bytes);
    }

    RunRunner& runner_;
    std::mutex mutex_;
    std::map<deploy::StepId, QByteArray> pending_;
    bool posted_ = false;
};

void RunRunner::run(const RunJob& job) {
    if (running())
        return;
    afterStep_ = std::stop_source();
    start([this, job, relay = std::make_shared<Relay>(*this),
           afterStep = afterStep_.get_token()](const std::stop_token& now) {
        deploy::RunWork work{job.product,
                             job.project,
                             *job.connector,
                             job.clock,
                             job.vault.get(),
                             job.bundleFolder,
                             deploy::ownerOfThisComputer(),
                             job.brokenLock,
                             job.only};
        const deploy::StopTokens stop{afterStep, now};
        auto state = job.plan ? deploy::startRun(work, *job.plan, *relay, stop)
                              : deploy::resumeRun(work, *relay, stop);
        post([this, state = std::move(state)] { Q_EMIT ended(state); });
    });
}

}  // namespace wizard
