#pragma once

#include "plan/recovery.h"
#include "plan/switch_over.h"
#include "project/work.h"

namespace deploy {

/// What the servers answer to steps of their own, such as recoveryQuestions() of the installed
/// plan; changes nothing. NothingInstalled.
Result<std::vector<StepAnswer>> askRecovery(RunWork& work, const Plan& questions,
                                            const std::stop_token& stop);

/// What the members answered to recoveryQuestions(). Pure. One that could not be asked may be the
/// most advanced one: its error, unless others write already and somebody may join them.
/// PlanImpossible for words that nobody understands.
Result<std::vector<MemberPosition>> positionsIn(const Plan& questions,
                                                const std::vector<StepAnswer>& answers);

/// What the two answered to pairQuestions(). Pure. Where the primary may be lost, one that could
/// not be asked is left out; else, and where none answered, its error. PlanImpossible as above.
Result<std::vector<PairState>> statesIn(const Plan& questions,
                                        const std::vector<StepAnswer>& answers,
                                        Promotion promotion);

}  // namespace deploy
