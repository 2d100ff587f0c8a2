#include <nlohmann/json.hpp>

#include "remote/sim/state.h"

namespace deploy::sim {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;

Json toJson(const Attempt& attempt) {
    return {{"script", attempt.call.script},
            {"action", attempt.call.action},
            {"values", attempt.call.values},
            {"started", attempt.started},
            {"ends", attempt.ends},
            {"status", attempt.status},
            {"log", attempt.log},
            {"settled", attempt.settled},
            {"rebooted", attempt.rebooted},
            {"line_cut", attempt.lineCut},
            {"cut_by", static_cast<int>(attempt.cutBy)}};
}

Attempt attemptFrom(const Json& json) {
    Attempt attempt;
    attempt.call.script = json.at("script").get<std::string>();
    attempt.call.action = json.at("action").get<std::string>();
    json.at("values").get_to(attempt.call.values);
    json.at("started").get_to(attempt.started);
    json.at("ends").get_to(attempt.ends);
    json.at("status").get_to(attempt.status);
    json.at("log").get_to(attempt.log);
    json.at("settled").get_to(attempt.settled);
    attempt.rebooted = json.value("rebooted", false);
    json.at("line_cut").get_to(attempt.lineCut);
    attempt.cutBy = static_cast<Scenario::Fault::Kind>(json.at("cut_by").get<int>());
    return attempt;
}

Json toJson(const ServerState& server) {
    Json files = Json::object();
    for (const auto& [path, file] : server.files)
        files[path] = {{"size", file.size}, {"sha256", file.sha256}};
    Json attempts = Json::object();
    for (const auto& [key, attempt] : server.attempts)
        attempts[key] = toJson(attempt);
    Json json = {{"files", files},
                 {"partial", server.partial},
                 {"books", server.books},
                 {"images", server.images},
                 {"ready", server.ready},
                 {"attempts", attempts},
                 {"host_key", server.hostKey},
                 {"silent_until", server.silentUntil},
                 {"refuses_login", server.refusesLogin},
                 {"boots", server.boots},
                 {"lines", server.lines},
                 {"disk_full", server.diskFull},
                 {"slow", server.slow},
                 {"mended", server.mended},
                 {"fails_next", server.failsNext}};
    if (server.lock)
        json["lock"] = {{"id", server.lock->id},
                        {"run", server.lock->run},
                        {"owner", server.lock->owner},
                        {"since", server.lock->since},
                        {"beat", server.lock->beat}};
    return json;
}

ServerState serverFrom(const Json& json) {
    ServerState server;
    for (const auto& [path, file] : json.at("files").items())
        server.files[path] = {file.at("size").get<uint64_t>(),
                              file.at("sha256").get<std::string>()};
    json.at("partial").get_to(server.partial);
    json.at("books").get_to(server.books);
    json.at("images").get_to(server.images);
    json.at("ready").get_to(server.ready);
    for (const auto& [key, attempt] : json.at("attempts").items())
        server.attempts[key] = attemptFrom(attempt);
    json.at("host_key").get_to(server.hostKey);
    json.at("silent_until").get_to(server.silentUntil);
    json.at("refuses_login").get_to(server.refusesLogin);
    server.boots = json.value("boots", 1);
    server.lines = json.value("lines", 0);
    server.diskFull = json.value("disk_full", false);
    server.slow = json.value("slow", false);
    server.mended = json.value("mended", false);
    server.failsNext = json.value("fails_next", false);
    if (json.contains("lock")) {
        const Json& lock = json.at("lock");
        server.lock = {lock.at("id").get<std::string>(), lock.at("run").get<std::string>(),
                       lock.at("owner").get<std::string>(), lock.at("since").get<std::string>(),
                       lock.at("beat").get<Millis>()};
    }
    return server;
}

PracticeState stateFrom(const Json& json) {
    PracticeState state;
    json.at("now").get_to(state.now);
    json.at("wall").get_to(state.wall);
    json.at("spent_faults").get_to(state.spentFaults);
    for (const auto& [name, server] : json.at("servers").items())
        state.servers[HostId(name)] = serverFrom(server);
    return state;
}

}  // namespace

std::string stateToJson(const PracticeState& state) {
    Json servers = Json::object();
    for (const auto& [host, server] : state.servers)
        servers[host.str()] = toJson(server);
    const Json json = {{"format", kFormat},
                       {"now", state.now},
                       {"wall", state.wall},
                       {"spent_faults", state.spentFaults},
                       {"servers", servers}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<PracticeState> stateFromJson(const std::string& text, const std::string& name) {
    try {
        const Json json = Json::parse(text);
        if (json.at("format").get<int>() > kFormat)
            return fail(ErrorCode::FormatTooNew, name);
        return stateFrom(json);
    } catch (const nlohmann::json::exception& problem) {
        return fail(ErrorCode::ScenarioInvalid, name, problem.what());
    }
}

}  // namespace deploy::sim
