#pragma once

#include "plan/repair.h"
#include "project/work.h"

namespace deploy {

/// The repairs that were made and not taken back since, in the order of their making. Pure.
std::vector<Repair> standingRepairs(const std::vector<RunRecord>& runs);

}  // namespace deploy
