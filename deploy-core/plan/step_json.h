#pragma once

#include <nlohmann/json.hpp>

#include "base/json_fields.h"
#include "plan/step.h"

namespace deploy {

/// The stored form of steps; part of the plan's format. Reading puts what is wrong into the
/// fields' report.
nlohmann::json toJson(const StepAction& action);
nlohmann::json toJson(const Step& step);
Step stepFrom(JsonFields fields);

}  // namespace deploy
