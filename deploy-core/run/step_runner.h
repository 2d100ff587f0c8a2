#pragma once

#include <optional>

#include "run/attempt.h"
#include "run/file_delivery.h"
#include "run/funnel.h"
#include "run/questions.h"

namespace deploy {

/// How a step ended in this session: with its error, if it failed.
struct StepEnd {
    std::optional<Error> error;
};

/// Does the steps of one server, each from its first event to its last. An Error that is returned
/// is not the step's: the server's (isServerTrouble), Cancelled, or JournalUnwritable; the step
/// then has no end. One thread. References are not owned and outlive this.
class StepRunner {
public:
    StepRunner(const RunContext& context, Funnel& funnel, ServerLink& link, FileDelivery& delivery,
               std::stop_token stop);

    /// Asks the server about a step without a known end; follows it where it still runs.
    Result<void> settle(const Step& step);
    /// Does nothing where the journal and the server agree that it is done.
    Result<StepEnd> run(const Step& step);

private:
    Result<StepEnd> put(const Step& step, const PutFile& file);
    Result<StepEnd> runScript(const Step& step, const RunScript& script);
    Result<StepEnd> waitReady(const Step& step, const WaitReady& wait);

    Result<void> settleScript(const Step& step);
    Result<void> settleByAsking(const Step& step);

    bool countsAsDone(const Step& step) const;
    Result<Fate> attemptOnce(const Step& step, const RunScript& script, StepLog& log);
    FollowSink sinkOf(const Step& step, const std::function<void()>& attached);
    std::optional<Error> errorOf(const Step& step, const Fate& fate, const StepLog& log) const;

    Result<void> record(EventKind kind, const Step& step, Args args = {},
                        std::optional<Error> error = {});
    Result<StepEnd> begun(const Step& step);
    Result<StepEnd> succeeded(const Step& step);
    Result<StepEnd> skipped(const Step& step, const std::string& reason);
    /// The step's own failure, recorded; or trouble that is not its own, returned.
    Result<StepEnd> failed(const Step& step, Error error);
    void show(const Step& step, std::chrono::seconds ran, uint64_t done = 0, uint64_t total = 0);

    const RunContext& context_;
    Funnel& funnel_;
    ServerLink& link_;
    FileDelivery& delivery_;
    std::stop_token stop_;
    Questions questions_;
    int attempt_ = 0;  ///< of the present step
};

}  // namespace deploy
