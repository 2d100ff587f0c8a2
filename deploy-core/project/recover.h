#pragma once

#include "project/work.h"

namespace deploy {

/// What each database member says of its position; changes nothing. `questions` are
/// recoveryQuestions() of the installed plan. NothingInstalled.
Result<std::vector<StepAnswer>> askRecovery(RunWork& work, const Plan& questions,
                                            const std::stop_token& stop);

}  // namespace deploy
