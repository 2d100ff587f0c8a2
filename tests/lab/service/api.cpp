#include "api.h"

#include <openssl/crypto.h>

#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>

namespace business {
namespace {

using Json = nlohmann::json;
using httplib::Request;
using httplib::Response;

constexpr std::size_t kLongestName = 64;
constexpr int64_t kMostListed = 1000;

void answer(Response& response, int status, const Json& body) {
    response.status = status;
    response.set_content(body.dump() + "\n", "application/json");
}

void refuse(Response& response, int status, const std::string& why) {
    answer(response, status, {{"error", why}});
}

/// The database or the cache did not do its part: the caller may ask again.
void unavailable(Response& response, const std::string& why) {
    std::cerr << why << std::endl;
    refuse(response, 503, why);
}

Json toJson(const Applet& applet) {
    return {{"id", applet.id},
            {"name", applet.name},
            {"created_at", applet.createdAt},
            {"created_by", applet.createdBy}};
}

/// In code points; the text is known to be UTF-8.
std::size_t length(const std::string& text) {
    std::size_t count = 0;
    for (const char byte : text)
        count += (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
    return count;
}

std::optional<int64_t> parse(const std::string& text) {
    int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || value < 0)
        return std::nullopt;
    return value;
}

void create(Applets& applets, const Request& request, Response& response) {
    // Text that is not JSON, or not UTF-8, comes back as a discarded value and no exception.
    const auto body = Json::parse(request.body, nullptr, false);
    if (!body.is_object() || body.size() != 1 || !body.contains("name") ||
        !body["name"].is_string())
        return refuse(response, 400, R"(expected {"name": "..."})");
    const auto name = body["name"].get<std::string>();
    if (name.empty() || length(name) > kLongestName || name.find('\0') != std::string::npos)
        return refuse(response, 400, "a name has 1 to 64 characters");
    const auto created = applets.create(name);
    if (!created)
        return unavailable(response, created.error());
    answer(response, 201, toJson(*created));
}

void list(Applets& applets, const Request& request, Response& response) {
    const auto parameter = [&](const char* name, const char* otherwise) {
        return parse(request.has_param(name) ? request.get_param_value(name) : otherwise);
    };
    const auto after = parameter("after", "0");
    const auto limit = parameter("limit", "100");
    if (!after || !limit || *limit < 1 || *limit > kMostListed)
        return refuse(response, 400, "after is a number; limit is a number from 1 to 1000");
    const auto found = applets.list(*after, *limit);
    if (!found)
        return unavailable(response, found.error());
    Json listed = Json::array();
    for (const auto& applet : *found)
        listed.push_back(toJson(applet));
    answer(response, 200, {{"applets", listed}});
}

void count(Applets& applets, const Request&, Response& response) {
    const auto counted = applets.count();
    if (!counted)
        return unavailable(response, counted.error());
    answer(response, 200, {{"count", counted->value}, {"cached", counted->cached}});
}

void find(Applets& applets, const Request& request, Response& response) {
    const auto id = parse(request.matches[1]);
    if (!id)
        return refuse(response, 400, "an id is a number");
    const auto found = applets.find(*id);
    if (!found)
        return unavailable(response, found.error());
    if (!*found)
        return refuse(response, 404, "no such applet");
    answer(response, 200, toJson(**found));
}

/// Basic authentication of user admin, in a time that does not depend on where the password
/// differs.
bool isAdmin(const Request& request, const std::string& password) {
    const auto [key, expected] = httplib::make_basic_authentication_header("admin", password);
    const auto given = request.get_header_value(key.c_str());
    return given.size() == expected.size() &&
           CRYPTO_memcmp(given.data(), expected.data(), expected.size()) == 0;
}

void remove(Applets& applets, const Request& request, Response& response) {
    const auto id = parse(request.matches[1]);
    if (!id)
        return refuse(response, 400, "an id is a number");
    const auto removed = applets.remove(*id);
    if (!removed)
        return unavailable(response, removed.error());
    if (!*removed)
        return refuse(response, 404, "no such applet");
    response.status = 204;
}

void ready(Applets& applets, const Request&, Response& response) {
    if (const auto proved = applets.proveReady(); !proved) {
        std::cerr << proved.error() << std::endl;
        response.status = 503;
        return response.set_content(proved.error() + "\n", "text/plain");
    }
    response.set_content("ok\n", "text/plain");
}

}  // namespace

void addRoutes(httplib::Server& server, const Config& config, Applets& applets) {
    using Handler = void (*)(Applets&, const Request&, Response&);
    const auto with = [&applets](Handler handler) {
        return [&applets, handler](const Request& request, Response& response) {
            handler(applets, request, response);
        };
    };
    server.Get("/ready", with(ready));
    server.Get("/version", [&config](const Request&, Response& response) {
        answer(response, 200, {{"service", config.instance}, {"version", SERVICE_VERSION}});
    });
    server.Get("/api/applets", with(list));
    server.Post("/api/applets", with(create));
    server.Get("/api/applets/count", with(count));
    server.Get("/api/applets/([^/]+)", with(find));
    server.Delete("/api/applets/([^/]+)",
                  [&config, &applets](const Request& request, Response& response) {
                      if (isAdmin(request, config.adminPassword))
                          return remove(applets, request, response);
                      response.set_header("WWW-Authenticate", "Basic realm=\"admin\"");
                      refuse(response, 401, "only the administrator may delete");
                  });
    server.set_error_handler([](const Request&, Response& response) {
        if (response.body.empty())
            refuse(response, response.status, response.status == 404 ? "no such page" : "refused");
    });
}

}  // namespace business
