#include "runners/ask_runner.h"

namespace wizard {

void AskRunner::ask(const AskJob& job) {
    start([this, job](const std::stop_token& stop) {
        deploy::RunWork work{job.product,
                             job.project,
                             *job.connector,
                             job.clock,
                             nullptr,
                             {},
                             deploy::ownerOfThisComputer()};
        auto answers = deploy::askRecovery(work, job.questions, stop);
        post([this, answers = std::move(answers)] { Q_EMIT answered({answers}); });
    });
}

}  // namespace wizard
