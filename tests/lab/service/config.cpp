#include "config.h"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

namespace business {
namespace {

Result<std::string> text(const std::string& name, const std::string& otherwise = {}) {
    const char* value = std::getenv(name.c_str());
    if (value && *value)
        return value;
    if (otherwise.empty())
        return fail("environment variable " + name + " is missing");
    return otherwise;
}

constexpr unsigned kMostPort = 65535;

/// 0: no number from 1 to `most`.
unsigned parse(const std::string& value, unsigned most) {
    unsigned parsed = 0;
    const char* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, parsed);
    return error != std::errc{} || stop != end || parsed > most ? 0 : parsed;
}

Result<unsigned> number(const std::string& name, const std::string& otherwise, unsigned most) {
    const auto value = text(name, otherwise);
    if (!value)
        return fail(value.error());
    const unsigned parsed = parse(*value, most);
    if (parsed == 0)
        return fail("environment variable " + name + " is not a number from 1 to " +
                    std::to_string(most) + ": " + *value);
    return parsed;
}

Result<std::vector<Endpoint>> caches() {
    const char* nodes = std::getenv("CACHE_NODES");
    std::vector<Endpoint> found;
    if (!nodes || !*nodes) {
        const auto host = text("CACHE_HOST");
        const auto port = number("CACHE_PORT", "6379", kMostPort);
        if (!host || !port)
            return fail(host ? port.error() : host.error());
        return std::vector{Endpoint{*host, *port}};
    }
    std::istringstream list(nodes);
    for (std::string node; std::getline(list, node, ',');) {
        const auto endpoint = endpointOf(node);
        if (!endpoint)
            return fail("environment variable CACHE_NODES: " + endpoint.error());
        found.push_back(*endpoint);
    }
    return found;
}

Result<std::string> secret(const std::string& name) {
    const char* path = std::getenv((name + "_FILE").c_str());
    if (!path)
        return text(name);
    std::ifstream file(path, std::ios::binary);
    std::string value{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        return fail(std::string("cannot read ") + path + " (" + name + "_FILE)");
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r'))
        value.pop_back();
    if (value.empty())
        return fail(std::string(path) + " (" + name + "_FILE) is empty");
    return value;
}

/// Keeps the first error only, so that the settings below stay one line each.
template <class T>
void take(T& into, Result<T> value, std::string& error) {
    if (value)
        into = std::move(*value);
    else if (error.empty())
        error = value.error();
}

}  // namespace

Result<Endpoint> endpointOf(const std::string& text) {
    const auto colon = text.rfind(':');
    const unsigned port = colon == std::string::npos ? 0 : parse(text.substr(colon + 1), kMostPort);
    if (port == 0 || colon == 0)
        return fail("not an address and a port: " + text);
    return Endpoint{text.substr(0, colon), port};
}

Result<Config> readConfig() {
    Config config;
    std::string error;
    take(config.instance, text("SERVICE_NAME"), error);
    take(config.listenPort, number("LISTEN_PORT", "8080", kMostPort), error);
    take(config.runAs, number("RUN_AS", "10001", 0x7fffffff), error);
    take(config.database.host, text("DB_HOST"), error);
    take(config.database.port, number("DB_PORT", "3306", kMostPort), error);
    take(config.databaseName, text("DB_NAME"), error);
    take(config.databaseUser, text("DB_USER"), error);
    take(config.databasePassword, secret("DB_PASSWORD"), error);
    take(config.caches, caches(), error);
    take(config.cachePassword, secret("CACHE_PASSWORD"), error);
    take(config.adminPassword, secret("ADMIN_PASSWORD"), error);
    if (!error.empty())
        return fail(error);
    return config;
}

}  // namespace business
