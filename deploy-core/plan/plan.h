#pragma once

#include <map>
#include <string>
#include <vector>

#include "plan/step.h"

namespace deploy {

/// A graph of steps, in an order in which each step stands behind those that it needs. Data only:
/// no time, no run id, so that the same input gives the same digest on every laptop.
struct Plan {
    std::string projectId;
    ModeId mode;
    std::string bundleDigest;
    std::vector<Step> steps;

    const Step* find(const StepId& id) const;
    uint64_t uploadBytes() const;  ///< at most: what is there already is not sent
    /// What a person confirms: SHA-256 of the canonical JSON.
    std::string digest() const;
    bool operator==(const Plan&) const = default;
};

std::string planToJson(const Plan& plan);
Result<Plan> planFromJson(const std::string& json, const std::string& name);

/// Internal for an empty or double id, a step that needs an unknown or a later one.
Result<void> validatePlan(const Plan& plan);

enum class Change { New, Changed, Same, Gone };
struct StepChange {
    StepId step;
    Change change = Change::New;
    bool operator==(const StepChange&) const = default;
};
/// What a run of `next` will do, given the digests of the steps that earlier runs finished. Gone:
/// it takes the step back, or knows nothing of it any more.
std::vector<StepChange> compare(const std::map<StepId, std::string>& done, const Plan& next);

}  // namespace deploy
