#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cache.h"
#include "database.h"
#include "pool.h"
#include "result.h"

namespace business {

struct Applet {
    int64_t id = 0;
    std::string name;
    std::string createdAt;  ///< UTC, "2024-01-31 23:59:59"
    std::string createdBy;  ///< instance
};

struct Count {
    int64_t value = 0;
    bool cached = false;
};

/// The records, kept in the database; their number is kept in the cache too. Thread-safe. An error
/// means that the database or the cache did not do its part.
class Applets {
public:
    explicit Applets(const Config& config);

    /// Any number of instances may do so at once.
    Result<void> createSchema();
    /// One write and one read on the database and on the cache.
    Result<void> proveReady();

    Result<Applet> create(const std::string& name);
    Result<std::optional<Applet>> find(int64_t id);
    /// In order of ids, those after `after`.
    Result<std::vector<Applet>> list(int64_t after, int64_t limit);
    Result<Count> count();
    /// False if there is none.
    Result<bool> remove(int64_t id);

private:
    Result<Answer> query(const std::string& sql, const std::vector<Value>& values = {});
    Result<Answer> change(const std::string& sql, const std::vector<Value>& values);
    Result<void> proveDatabase(const std::string& token);
    Result<void> proveCache(const std::string& token);

    std::string instance_;
    Pool<Database> databases_;
    Pool<Cache> caches_;
};

}  // namespace business
