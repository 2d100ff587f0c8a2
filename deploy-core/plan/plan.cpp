#include "plan/plan.h"

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "plan/step_json.h"

namespace deploy {

namespace {

constexpr int64_t kFormat = 1;

bool isPathWord(std::string_view word) {
    const auto legal = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    };
    return !word.empty() && word.front() != '.' && std::all_of(word.begin(), word.end(), legal);
}

/// "<server>/<name>", of which folders and files can be named.
bool isStepId(const Step& step) {
    const std::string& id = step.id.str();
    const auto slash = id.find('/');
    return slash != std::string::npos && id.substr(0, slash) == step.host.str() &&
           isPathWord(step.host.str()) && isPathWord(std::string_view(id).substr(slash + 1));
}

}  // namespace

const Step* Plan::find(const StepId& id) const {
    const auto found =
        std::find_if(steps.begin(), steps.end(), [&](const Step& step) { return step.id == id; });
    return found == steps.end() ? nullptr : &*found;
}

uint64_t Plan::uploadBytes() const {
    uint64_t bytes = 0;
    for (const Step& step : steps)
        if (const auto* put = std::get_if<PutFile>(&step.action))
            bytes += put->size;
    return bytes;
}

std::string Plan::digest() const {
    return sha256Hex(planToJson(*this));
}

std::string planToJson(const Plan& plan) {
    nlohmann::json steps = nlohmann::json::array();
    for (const Step& step : plan.steps)
        steps.push_back(toJson(step));
    return dumpJson({{"format", kFormat},
                     {"project", plan.projectId},
                     {"mode", plan.mode.str()},
                     {"bundle", plan.bundleDigest},
                     {"steps", std::move(steps)}});
}

Result<Plan> planFromJson(const std::string& text, const std::string& name) {
    const auto json = parseJson(text, name);
    if (!json)
        return tl::unexpected(json.error());
    JsonReport report;
    JsonFields fields(*json, name, report);
    const int64_t format = fields.requiredInteger("format");
    if (!report.error && format > kFormat)
        return fail(ErrorCode::FormatTooNew, name, {}, {{"format", std::to_string(format)}});
    if (format != kFormat)
        fields.reject("format", "not a format of plans");
    Plan plan;
    plan.projectId = fields.requiredString("project");
    plan.mode = ModeId(fields.requiredString("mode"));
    plan.bundleDigest = fields.requiredString("bundle");
    for (JsonFields& step : fields.requiredObjects("steps"))
        plan.steps.push_back(stepFrom(std::move(step)));
    fields.finish();
    if (report.error)
        return tl::unexpected(*report.error);
    return plan;
}

Result<void> validatePlan(const Plan& plan) {
    std::set<StepId> before;
    for (const Step& step : plan.steps) {
        if (!isStepId(step))
            return fail(ErrorCode::Internal, step.id.str(), "not the id of a step of its server");
        for (const StepId& need : step.needs)
            if (!before.contains(need))
                return fail(ErrorCode::Internal, step.id.str(),
                            "needs what does not stand before it: " + need.str());
        if (!before.insert(step.id).second)
            return fail(ErrorCode::Internal, step.id.str(), "stands twice in the plan");
    }
    return {};
}

std::vector<StepChange> compare(const std::map<StepId, std::string>& done, const Plan& next) {
    std::vector<StepChange> changes;
    std::set<StepId> known;
    for (const Step& step : next.steps) {
        known.insert(step.id);
        const auto found = done.find(step.id);
        Change change = Change::New;
        const auto* run = std::get_if<RunScript>(&step.action);
        if (run != nullptr && run->action == RunScript::Action::Remove)
            change = Change::Gone;
        else if (found != done.end())
            change = found->second == digestOf(step) ? Change::Same : Change::Changed;
        changes.push_back({step.id, change});
    }
    for (const auto& [id, digest] : done)
        if (!known.contains(id))
            changes.push_back({id, Change::Gone});
    return changes;
}

}  // namespace deploy
