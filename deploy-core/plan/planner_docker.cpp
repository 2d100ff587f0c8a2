#include "plan/planner_docker.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"

namespace deploy {

namespace {

using Json = nlohmann::ordered_json;

/// A null value for what is no object, or so deep that writing it would exhaust the stack.
Json parseObject(const std::string& text) {
    constexpr int kMostLevels = 32;
    bool tooDeep = false;
    const auto limit = [&](int depth, Json::parse_event_t, Json&) {
        tooDeep = tooDeep || depth > kMostLevels;
        return !tooDeep;
    };
    Json json = Json::parse(text, limit, false);
    return tooDeep || !json.is_object() ? Json() : json;
}

std::string withoutLineEnds(std::string text) {
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

}  // namespace

Result<DaemonJson> mergeDaemonJson(const std::optional<std::string>& existing,
                                   const std::string& dataRoot, const std::string& where) {
    const std::string before = withoutLineEnds(existing.value_or(""));
    // An engine takes an empty file for one without keys.
    Json json = before.empty() ? Json::object() : parseObject(before);
    if (json.is_null())
        return fail(ErrorCode::PlanImpossible, where, "/etc/docker/daemon.json: " + before,
                    {{"needed", "/etc/docker/daemon.json: {...}"}});
    json["data-root"] = dataRoot;
    json["live-restore"] = true;
    if (!json.contains("log-driver") && !json.contains("log-opts")) {
        json["log-driver"] = "json-file";
        json["log-opts"] = {{"max-size", "50m"}, {"max-file", "3"}};
    }
    DaemonJson merged{json.dump(2), "none"};
    // A text that is as wished already may be found or be missing: so a plan stays the same when
    // the server is probed again after it was carried out.
    if (existing && before != merged.text)
        merged.was = sha256Hex(before);
    return merged;
}

}  // namespace deploy
