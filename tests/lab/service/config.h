#pragma once

#include <string>
#include <vector>

#include "result.h"

namespace business {

struct Endpoint {
    std::string host;
    unsigned port = 0;
    auto operator<=>(const Endpoint&) const = default;
};

/// "host:port".
Result<Endpoint> endpointOf(const std::string& text);

/// Everything the service is told, from its environment. A secret NAME is read from the file named
/// by NAME_FILE.
struct Config {
    std::string instance;      ///< SERVICE_NAME: which of the instances this is
    unsigned listenPort = 0;   ///< LISTEN_PORT
    unsigned runAs = 0;        ///< RUN_AS: user and group id it runs with once its secrets are read
    Endpoint database;         ///< DB_HOST, DB_PORT
    std::string databaseName;  ///< DB_NAME
    std::string databaseUser;  ///< DB_USER
    std::string databasePassword;  ///< DB_PASSWORD
    /// CACHE_NODES ("host:port,host:port": members of a Redis cluster), or CACHE_HOST, CACHE_PORT
    std::vector<Endpoint> caches;
    std::string cachePassword;  ///< CACHE_PASSWORD
    std::string adminPassword;  ///< ADMIN_PASSWORD: allows user "admin" to delete
};

/// An error names the variable or file.
Result<Config> readConfig();

}  // namespace business
