#include "runners/judge_runner.h"

namespace wizard {

deploy::Judgement judgementOf(const JudgeWork& work) {
    auto judgement = deploy::judgeContent(work.product, *work.content, *work.outcomes,
                                          work.bundle ? &work.bundle->manifest : nullptr);
    return judgement ? std::move(*judgement) : deploy::Judgement();
}

deploy::Result<deploy::Plan> planOf(const JudgeWork& work, const deploy::Judgement& judgement) {
    if (!work.bundle)
        return deploy::fail(deploy::ErrorCode::BundleInvalid, "bundle");
    return deploy::planContent(work.product, *work.content, *work.outcomes, *work.bundle, judgement,
                               *work.present);
}

void JudgeRunner::judge(JudgeWork work) {
    start([this, work = std::move(work)](const std::stop_token&) {
        const auto judgement = std::make_shared<const deploy::Judgement>(judgementOf(work));
        const auto plan =
            std::make_shared<const deploy::Result<deploy::Plan>>(planOf(work, *judgement));
        post([this, verdicts = Verdicts{judgement, plan}] { Q_EMIT judged(verdicts); });
    });
}

}  // namespace wizard
