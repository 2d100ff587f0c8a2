#include "config.h"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>

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

Result<unsigned> number(const std::string& name, const std::string& otherwise, unsigned most) {
    const auto value = text(name, otherwise);
    if (!value)
        return fail(value.error());
    unsigned parsed = 0;
    const char* end = value->data() + value->size();
    const auto [stop, error] = std::from_chars(value->data(), end, parsed);
    if (error != std::errc{} || stop != end || parsed == 0 || parsed > most)
        return fail("environment variable " + name + " is not a number from 1 to " +
                    std::to_string(most) + ": " + *value);
    return parsed;
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

Result<Config> readConfig() {
    Config config;
    std::string error;
    take(config.instance, text("SERVICE_NAME"), error);
    take(config.listenPort, number("LISTEN_PORT", "8080", 65535), error);
    take(config.runAs, number("RUN_AS", "10001", 0x7fffffff), error);
    take(config.database.host, text("DB_HOST"), error);
    take(config.database.port, number("DB_PORT", "3306", 65535), error);
    take(config.databaseName, text("DB_NAME"), error);
    take(config.databaseUser, text("DB_USER"), error);
    take(config.databasePassword, secret("DB_PASSWORD"), error);
    take(config.cache.host, text("CACHE_HOST"), error);
    take(config.cache.port, number("CACHE_PORT", "6379", 65535), error);
    take(config.cachePassword, secret("CACHE_PASSWORD"), error);
    take(config.adminPassword, secret("ADMIN_PASSWORD"), error);
    if (!error.empty())
        return fail(error);
    return config;
}

}  // namespace business
