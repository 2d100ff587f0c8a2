#include "plan/step_json.h"

namespace deploy {

using nlohmann::json;

namespace {

constexpr int kStages = static_cast<int>(Stage::Verify) + 1;

json callToJson(const ScriptCall& call) {
    return {{"script", call.script},
            {"sha256", call.sha256},
            {"values", call.values},
            {"secrets", call.secrets}};
}

ScriptCall callFrom(std::optional<JsonFields> fields) {
    ScriptCall call;
    if (!fields)
        return call;
    call.script = fields->requiredString("script");
    call.sha256 = fields->requiredString("sha256");
    call.values = fields->requiredTexts("values");
    call.secrets = fields->requiredTexts("secrets");
    fields->finish();
    return call;
}

struct Writer {
    json operator()(const PutFile& put) const {
        json result = {{"kind", "put_file"},
                       {"source", put.source},
                       {"sha256", put.sha256},
                       {"size", put.size},
                       {"destination", put.destination}};
        if (put.unless)
            result["unless"] = callToJson(*put.unless);
        return result;
    }
    json operator()(const RunScript& run) const {
        const bool apply = run.action == RunScript::Action::Apply;
        return {{"kind", "run_script"},
                {"call", callToJson(run.call)},
                {"action", apply ? "apply" : "remove"}};
    }
    json operator()(const WaitReady& wait) const {
        return {{"kind", "wait_ready"},
                {"call", callToJson(wait.call)},
                {"deadline_seconds", wait.deadline.count()}};
    }
};

std::optional<JsonFields> requiredObject(JsonFields& fields, const std::string& key) {
    auto object = fields.optionalObject(key);
    if (!object)
        fields.reject(key, "missing");
    return object;
}

std::chrono::seconds secondsFrom(JsonFields& fields, const std::string& key) {
    constexpr int64_t kYear = int64_t{366} * 24 * 3600;
    const int64_t seconds = fields.requiredInteger(key);
    if (seconds < 0 || seconds > kYear)
        fields.reject(key, "out of range");
    return std::chrono::seconds(seconds);
}

PutFile putFrom(JsonFields& fields) {
    PutFile put;
    put.source = fields.requiredString("source");
    put.sha256 = fields.requiredString("sha256");
    const int64_t size = fields.requiredInteger("size");
    if (size < 0)
        fields.reject("size", "out of range");
    put.size = static_cast<uint64_t>(size);
    put.destination = fields.requiredString("destination");
    if (auto unless = fields.optionalObject("unless"))
        put.unless = callFrom(std::move(unless));
    return put;
}

RunScript runFrom(JsonFields& fields) {
    RunScript run;
    run.call = callFrom(requiredObject(fields, "call"));
    const std::string action = fields.requiredString("action");
    if (action == "remove")
        run.action = RunScript::Action::Remove;
    else if (action != "apply")
        fields.reject("action", "not apply or remove");
    return run;
}

StepAction actionFrom(std::optional<JsonFields> fields) {
    if (!fields)
        return {};
    const std::string kind = fields->requiredString("kind");
    StepAction action;
    if (kind == "put_file") {
        action = putFrom(*fields);
    } else if (kind == "run_script") {
        action = runFrom(*fields);
    } else if (kind == "wait_ready") {
        WaitReady wait;
        wait.call = callFrom(requiredObject(*fields, "call"));
        wait.deadline = secondsFrom(*fields, "deadline_seconds");
        action = std::move(wait);
    } else {
        fields->reject("kind", "no such kind: " + kind);
    }
    fields->finish();
    return action;
}

Stage stageFrom(JsonFields& fields) {
    const std::string name = fields.requiredString("stage");
    for (int i = 0; i < kStages; ++i)
        if (stageName(static_cast<Stage>(i)) == name)
            return static_cast<Stage>(i);
    fields.reject("stage", "no such stage: " + name);
    return Stage::Prepare;
}

}  // namespace

json toJson(const StepAction& action) {
    return std::visit(Writer(), action);
}

json toJson(const Step& step) {
    json needs = json::array();
    for (const StepId& need : step.needs)
        needs.push_back(need.str());
    return {{"id", step.id.str()},
            {"host", step.host.str()},
            {"stage", stageName(step.stage)},
            {"title", step.title},
            {"args", step.args},
            {"needs", std::move(needs)},
            {"action", toJson(step.action)},
            {"estimate_seconds", step.estimate.count()},
            {"soft_deadline_seconds", step.softDeadline.count()},
            {"hard_deadline_seconds", step.hardDeadline.count()}};
}

Step stepFrom(JsonFields fields) {
    Step step;
    step.id = StepId(fields.requiredString("id"));
    step.host = HostId(fields.requiredString("host"));
    step.stage = stageFrom(fields);
    step.title = fields.requiredString("title");
    step.args = fields.requiredTexts("args");
    for (std::string& need : fields.requiredStrings("needs"))
        step.needs.emplace_back(std::move(need));
    step.action = actionFrom(requiredObject(fields, "action"));
    step.estimate = secondsFrom(fields, "estimate_seconds");
    step.softDeadline = secondsFrom(fields, "soft_deadline_seconds");
    step.hardDeadline = secondsFrom(fields, "hard_deadline_seconds");
    fields.finish();
    return step;
}

}  // namespace deploy
