#include "run/event.h"

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/json_fields.h"

namespace deploy {

namespace {

constexpr std::array<const char*, 12> kNames = {"run_started",   "run_resumed",    "server_ready",
                                                "server_failed", "step_started",   "step_attached",
                                                "step_decided",  "step_skipped",   "step_succeeded",
                                                "step_failed",   "stop_requested", "run_finished"};

Result<EventKind> kindOf(const std::string& name, const std::string& where) {
    for (size_t i = 0; i < kNames.size(); ++i)
        if (name == kNames.at(i))
            return static_cast<EventKind>(i);
    return fail(ErrorCode::ValueInvalid, where, "no such event: " + name);
}

Result<WallTime> fromIso8601(const std::string& text, const std::string& where) {
    int year = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0, end = 0;
    unsigned month = 0, day = 0;
    const int fields = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%3dZ%n", &year, &month,
                                   &day, &hours, &minutes, &seconds, &milliseconds, &end);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (fields != 7 || static_cast<size_t>(end) != text.size() || !date.ok())
        return fail(ErrorCode::ValueInvalid, where, "not a time: " + text);
    return WallTime(std::chrono::sys_days(date)) + std::chrono::hours(hours) +
           std::chrono::minutes(minutes) + std::chrono::seconds(seconds) +
           std::chrono::milliseconds(milliseconds);
}

nlohmann::json toJson(const Error& error) {
    return {{"code", codeName(error.code)},
            {"where", error.where},
            {"detail", error.detail},
            {"args", error.args}};
}

Error errorFrom(JsonFields fields) {
    Error error;
    const std::string code = fields.requiredString("code");
    bool known = false;
#define ERROR_CODE(name, text, exit)  \
    if (code == (text)) {             \
        error.code = ErrorCode::name; \
        known = true;                 \
    }
#include "base/error_codes.def"
#undef ERROR_CODE
    if (!known)
        fields.reject("code", "no such error: " + code);
    error.where = fields.requiredString("where");
    error.detail = fields.requiredString("detail");
    error.args = fields.requiredTexts("args");
    fields.finish();
    return error;
}

}  // namespace

std::string eventName(EventKind kind) {
    return kNames.at(static_cast<size_t>(kind));
}

std::string eventToJson(const Event& event) {
    nlohmann::json json = {{"event", eventName(event.kind)},
                           {"at", toIso8601(event.at)},
                           {"steady_ms", event.steadyMs}};
    if (!event.host.empty())
        json["host"] = event.host.str();
    if (!event.step.empty())
        json["step"] = event.step.str();
    if (!event.digest.empty())
        json["digest"] = event.digest;
    if (event.attempt != 0)
        json["attempt"] = event.attempt;
    if (event.error)
        json["error"] = toJson(*event.error);
    if (!event.args.empty())
        json["args"] = event.args;
    return dumpJson(json);
}

Result<Event> eventFromJson(const std::string& line, const std::string& where) {
    const auto json = parseJson(line, where);
    if (!json)
        return tl::unexpected(json.error());
    JsonReport report;
    JsonFields fields(*json, where, report);
    Event event;
    const auto kind = kindOf(fields.requiredString("event"), where);
    const auto at = fromIso8601(fields.requiredString("at"), where);
    event.steadyMs = fields.requiredInteger("steady_ms");
    event.host = HostId(fields.optionalString("host"));
    event.step = StepId(fields.optionalString("step"));
    event.digest = fields.optionalString("digest");
    event.attempt = static_cast<int>(fields.optionalInteger("attempt", 0));
    if (auto error = fields.optionalObject("error"))
        event.error = errorFrom(*error);
    event.args = fields.optionalTexts("args");
    fields.finish();
    if (report.error)
        return tl::unexpected(*report.error);
    if (!kind)
        return tl::unexpected(kind.error());
    if (!at)
        return tl::unexpected(at.error());
    event.kind = *kind;
    event.at = *at;
    return event;
}

}  // namespace deploy
