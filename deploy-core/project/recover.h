#pragma once

#include "project/work.h"

namespace deploy {

/// What the servers answer to steps of their own, such as recoveryQuestions() of the installed
/// plan; changes nothing. NothingInstalled.
Result<std::vector<StepAnswer>> askRecovery(RunWork& work, const Plan& questions,
                                            const std::stop_token& stop);

}  // namespace deploy
