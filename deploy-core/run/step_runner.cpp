#include "run/step_runner.h"

namespace deploy {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kAlreadyThere = 100;  // exit statuses of roles/main.sh
constexpr int kNotVerified = 101;
constexpr int kReboots = 3;  // of the server within one step
constexpr seconds kBetweenAsks{2};
constexpr milliseconds kBetweenProgress{200};

}  // namespace

StepRunner::StepRunner(const RunContext& context, Funnel& funnel, ServerLink& link,
                       FileDelivery& delivery, std::stop_token stop)
    : context_(context),
      funnel_(funnel),
      link_(link),
      delivery_(delivery),
      stop_(std::move(stop)),
      questions_{context.scripts, context.secret, link} {}

Result<StepEnd> StepRunner::run(const Step& step) {
    attempt_ = funnel_.step(step.id).attempt;
    if (const auto* file = std::get_if<PutFile>(&step.action))
        return put(step, *file);
    if (const auto* script = std::get_if<RunScript>(&step.action))
        return runScript(step, *script);
    return waitReady(step, std::get<WaitReady>(step.action));
}

Result<StepEnd> StepRunner::put(const Step& step, const PutFile& file) {
    const std::string found = countsAsDone(step) ? "already_done" : "already_there";
    if (file.unless) {
        const auto there = questions_.ask(*file.unless, ScriptAction::Check);
        if (!there)
            return failed(step, there.error());
        if (there->yes)
            return skipped(step, found);
    }
    if (countsAsDone(step)) {
        const auto there = questions_.isThere(file);
        if (!there)
            return failed(step, there.error());
        if (there->yes)
            return skipped(step, found);
    }
    if (auto began = begun(step); !began)
        return began;
    if (auto renewed = link_.renewLock(); !renewed)
        return failed(step, renewed.error());
    Upload upload;
    upload.source = context_.bundleFolder / file.source;
    upload.destination = file.destination;
    upload.sha256 = file.sha256;
    upload.size = file.size;
    const SteadyTime begin = context_.clock.steady();
    std::optional<SteadyTime> shown;
    const auto result = delivery_.deliver(upload, [&](uint64_t done, uint64_t total) {
        const SteadyTime now = context_.clock.steady();
        if (shown && done < total && now - *shown < kBetweenProgress)
            return;
        shown = now;
        show(step, std::chrono::duration_cast<seconds>(now - begin), done, total);
    });
    if (!result)
        return failed(step, result.error());
    return result->alreadyThere ? skipped(step, found) : succeeded(step);
}

Result<StepEnd> StepRunner::runScript(const Step& step, const RunScript& script) {
    if (countsAsDone(step)) {
        const auto so = questions_.isSo(script);
        if (!so)
            return failed(step, so.error());
        if (so->yes)
            return skipped(step, "already_done");
    }
    for (int reboots = 0;; ++reboots) {
        StepLog log(context_.runFolder, step.id.str(), StepLog::Begin::Anew);
        if (auto began = begun(step); !began)
            return began;
        const auto fate = attemptOnce(step, script, log);
        if (!fate)
            return failed(step, fate.error());
        if (fate->kind == Fate::Kind::Rebooted && reboots < kReboots) {
            if (auto decided = record(EventKind::StepDecided, step, {{"decision", "lost"}});
                !decided)
                return tl::unexpected(decided.error());
            continue;
        }
        if (auto error = errorOf(step, *fate, log))
            return failed(step, *std::move(error));
        return fate->status == kAlreadyThere ? skipped(step, "already_there") : succeeded(step);
    }
}

Result<Fate> StepRunner::attemptOnce(const Step& step, const RunScript& script, StepLog& log) {
    const auto action =
        script.action == RunScript::Action::Apply ? ScriptAction::Apply : ScriptAction::Remove;
    const auto text = scriptText(context_.scripts, script.call, action);
    if (!text)
        return tl::unexpected(text.error());
    const auto secrets = secretInput(script.call, context_.secret);
    if (!secrets)
        return tl::unexpected(secrets.error());
    Attempt attempt(link_, step, attempt_);
    if (auto launched = attempt.launch(*text, *secrets); !launched)
        return tl::unexpected(launched.error());
    const auto attached = [&] { (void)record(EventKind::StepAttached, step); };
    auto fate = attempt.follow(log, true, sinkOf(step, attached));
    if (fate && fate->kind == Fate::Kind::Lost)
        // What it started may outlive the one that was to say how it ended.
        if (auto ended = attempt.end(); !ended)
            return tl::unexpected(ended.error());
    return fate;
}

FollowSink StepRunner::sinkOf(const Step& step, const std::function<void()>& attached) {
    FollowSink sink;
    sink.attached = attached;
    sink.runs = [this, &step](seconds ran) { show(step, ran); };
    sink.log = [this, &step](std::string_view bytes) { funnel_.log(step.id, bytes); };
    return sink;
}

std::optional<Error> StepRunner::errorOf(const Step& step, const Fate& fate,
                                         const StepLog& log) const {
    Error error{ErrorCode::StepFailed, step.id.str(), carried(log.lastLines(3)), {}};
    switch (fate.kind) {
        case Fate::Kind::Exited:
            if (fate.status == 0 || fate.status == kAlreadyThere)
                return std::nullopt;
            if (fate.status == kNotVerified) {
                error.code = ErrorCode::StepNotVerified;
                error.detail = carried(log.lastLines(1));
            }
            error.args["status"] = std::to_string(fate.status);
            return error;
        case Fate::Kind::Ended:
            error.code = ErrorCode::DeadlinePassed;
            error.args["seconds"] = std::to_string(step.hardDeadline.count());
            return error;
        case Fate::Kind::NeverStarted:
        case Fate::Kind::Lost:
        case Fate::Kind::Rebooted:
            error.code = ErrorCode::StepLost;
            return error;
    }
    return error;
}

Result<StepEnd> StepRunner::waitReady(const Step& step, const WaitReady& wait) {
    StepLog log(context_.runFolder, step.id.str(), StepLog::Begin::Anew);
    if (auto began = begun(step); !began)
        return began;
    const SteadyTime begin = context_.clock.steady();
    Answer last;
    for (;;) {
        const auto left = wait.deadline - (context_.clock.steady() - begin);
        const auto answer = questions_.ask(
            wait.call, ScriptAction::Verify,
            std::max<milliseconds>(std::chrono::duration_cast<milliseconds>(left), seconds(10)));
        if (!answer && answer.error().code != ErrorCode::DeadlinePassed)
            return failed(step, answer.error());
        if (answer && answer->said != last.said) {
            // An empty line stands between answers, so that a report can quote the last one.
            std::string lines = (last.said.empty() ? "" : "\n") + answer->said;
            if (!lines.ends_with('\n'))
                lines += '\n';
            log.add(lines);
            funnel_.log(step.id, lines);
            last = *answer;
        }
        if (answer && answer->yes)
            return succeeded(step);
        const auto ran = context_.clock.steady() - begin;
        if (ran >= wait.deadline)
            return failed(step, Error{ErrorCode::StepNotVerified, step.id.str(), last.words, {}});
        show(step, std::chrono::duration_cast<seconds>(ran));
        context_.clock.sleep(kBetweenAsks, stop_);
        if (stop_.stop_requested())
            return fail(ErrorCode::Cancelled, step.id.str());
        if (auto renewed = link_.renewLock(); !renewed)
            return failed(step, renewed.error());
    }
}

Result<void> StepRunner::settle(const Step& step) {
    attempt_ = funnel_.step(step.id).attempt;
    return std::holds_alternative<RunScript>(step.action) ? settleScript(step)
                                                          : settleByAsking(step);
}

Result<void> StepRunner::settleScript(const Step& step) {
    StepLog log(context_.runFolder, step.id.str(), StepLog::Begin::Continue);
    bool foundRunning = false;
    const auto attached = [&] {
        if (!foundRunning)
            (void)record(EventKind::StepDecided, step, {{"decision", "running"}});
        foundRunning = true;
        (void)record(EventKind::StepAttached, step);
    };
    Attempt attempt(link_, step, attempt_);
    const auto fate = attempt.follow(log, false, sinkOf(step, attached));
    if (!fate)
        return tl::unexpected(fate.error());
    if (fate->kind == Fate::Kind::Lost)
        if (auto ended = attempt.end(); !ended)
            return ended;
    const bool gone = fate->kind == Fate::Kind::Lost || fate->kind == Fate::Kind::Rebooted;
    if (fate->kind == Fate::Kind::NeverStarted || gone)
        return record(EventKind::StepDecided, step,
                      {{"decision", gone ? "lost" : "never_started"}});
    auto error = errorOf(step, *fate, log);
    if (foundRunning)
        return (error ? failed(step, *error) : succeeded(step)).map([](const StepEnd&) {});
    return record(EventKind::StepDecided, step, {{"decision", error ? "failed" : "succeeded"}},
                  error);
}

/// A file has its name only when it is whole, and waiting changes nothing.
Result<void> StepRunner::settleByAsking(const Step& step) {
    const auto* file = std::get_if<PutFile>(&step.action);
    const auto there = file != nullptr ? questions_.isThere(*file) : questions_.holds(step);
    if (!there)
        return tl::unexpected(there.error());
    return record(EventKind::StepDecided, step, {{"decision", there->yes ? "succeeded" : "lost"}});
}

bool StepRunner::countsAsDone(const Step& step) const {
    const StepState known = funnel_.step(step.id);
    const std::string digest = digestOf(step);
    if (known.status == StepStatus::Succeeded || known.status == StepStatus::Skipped)
        return known.digest == digest;
    const auto earlier = context_.done.find(step.id);
    return known.attempt == 0 && earlier != context_.done.end() && earlier->second == digest;
}

Result<void> StepRunner::record(EventKind kind, const Step& step, Args args,
                                std::optional<Error> error) {
    Event event;
    event.kind = kind;
    event.host = step.host;
    event.step = step.id;
    event.digest = digestOf(step);
    event.attempt = attempt_;
    event.args = std::move(args);
    event.error = std::move(error);
    return funnel_.record(std::move(event));
}

Result<StepEnd> StepRunner::begun(const Step& step) {
    ++attempt_;
    return record(EventKind::StepStarted, step).map([] { return StepEnd(); });
}

Result<StepEnd> StepRunner::succeeded(const Step& step) {
    return record(EventKind::StepSucceeded, step).map([] { return StepEnd(); });
}

Result<StepEnd> StepRunner::skipped(const Step& step, const std::string& reason) {
    return record(EventKind::StepSkipped, step, {{"reason", reason}}).map([] { return StepEnd(); });
}

Result<StepEnd> StepRunner::failed(const Step& step, Error error) {
    if (isServerTrouble(error.code) || error.code == ErrorCode::Cancelled ||
        error.code == ErrorCode::JournalUnwritable)
        return tl::unexpected(std::move(error));
    if (error.where.empty())
        error.where = step.id.str();
    error.detail = carried(error.detail);
    return record(EventKind::StepFailed, step, {}, error).map([&] { return StepEnd{error}; });
}

void StepRunner::show(const Step& step, seconds ran, uint64_t done, uint64_t total) {
    StepProgress progress;
    progress.step = step.id;
    progress.doneBytes = done;
    progress.totalBytes = total;
    progress.slow = ran > step.softDeadline;
    funnel_.progress(progress);
}

}  // namespace deploy
