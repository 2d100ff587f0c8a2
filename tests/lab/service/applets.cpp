#include "applets.h"

#include <random>

namespace business {
namespace {

// The number of records is cached under the generation it was counted in. A change begins a new
// generation after it is in the database, so that a count that was made before the change and
// stored after it is never read again.
const std::string kGeneration = "applets:generation";
constexpr int kCountSeconds = 60;
constexpr int kReadySeconds = 60;

Applet applet(const Row& row) {
    return {.id = std::stoll(row[0]), .name = row[1], .createdAt = row[2], .createdBy = row[3]};
}

std::string freshToken() {
    std::random_device random;
    return std::to_string(random()) + std::to_string(random());
}

}  // namespace

Applets::Applets(const Config& config)
    : instance_(config.instance),
      databases_([config] { return Database::open(config); }),
      caches_([config] { return Cache::open(config); }) {}

Result<Answer> Applets::query(const std::string& sql, const std::vector<Value>& values) {
    auto database = databases_.take();
    if (!database)
        return fail(database.error());
    auto answer = (*database)->run(sql, values);
    if (answer)
        databases_.put(std::move(*database));
    return answer;
}

Result<Answer> Applets::change(const std::string& sql, const std::vector<Value>& values) {
    // The cache is asked first: without it nothing is written, as its count could not be corrected.
    auto cache = caches_.take();
    if (!cache)
        return fail(cache.error());
    auto answer = query(sql, values);
    if (!answer)
        return answer;
    if (const auto done = (*cache)->increment(kGeneration); !done)
        return fail(done.error());
    caches_.put(std::move(*cache));
    return answer;
}

Result<void> Applets::createSchema() {
    for (const char* sql :
         {"CREATE TABLE IF NOT EXISTS applets (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, "
          "name VARCHAR(64) NOT NULL, created_at DATETIME NOT NULL, created_by VARCHAR(64) NOT "
          "NULL)",
          "CREATE TABLE IF NOT EXISTS readiness (instance VARCHAR(64) NOT NULL PRIMARY KEY, "
          "token VARCHAR(64) NOT NULL)"}) {
        if (const auto done = query(sql); !done)
            return fail(done.error());
    }
    return {};
}

Result<void> Applets::proveDatabase(const std::string& token) {
    const auto written =
        query("REPLACE INTO readiness (instance, token) VALUES (?, ?)", {instance_, token});
    if (!written)
        return fail(written.error());
    const auto read = query("SELECT token FROM readiness WHERE instance = ?", {instance_});
    if (!read)
        return fail(read.error());
    if (read->rows != std::vector<Row>{{token}})
        return fail("database: what was written is not what was read");
    return {};
}

Result<void> Applets::proveCache(const std::string& token) {
    auto cache = caches_.take();
    if (!cache)
        return fail(cache.error());
    const std::string key = "ready:" + instance_;
    if (const auto done = (*cache)->set(key, token, kReadySeconds); !done)
        return done;
    const auto read = (*cache)->get(key);
    if (!read)
        return fail(read.error());
    if (*read != token)
        return fail("cache: what was written is not what was read");
    caches_.put(std::move(*cache));
    return {};
}

Result<void> Applets::proveReady() {
    // Several checks of one instance may run at once; each must read what it wrote itself.
    static std::mutex oneAtATime;
    const std::scoped_lock lock(oneAtATime);
    const auto token = freshToken();
    if (auto done = proveDatabase(token); !done)
        return done;
    return proveCache(token);
}

Result<Applet> Applets::create(const std::string& name) {
    const auto created =
        change("INSERT INTO applets (name, created_at, created_by) VALUES (?, UTC_TIMESTAMP(), ?)",
               {name, instance_});
    if (!created)
        return fail(created.error());
    const auto found = find(static_cast<int64_t>(created->insertedId));
    if (!found)
        return fail(found.error());
    if (!*found)
        return fail("database: the record was removed at once");
    return **found;
}

Result<std::optional<Applet>> Applets::find(int64_t id) {
    const auto answer =
        query("SELECT id, name, created_at, created_by FROM applets WHERE id = ?", {id});
    if (!answer)
        return fail(answer.error());
    if (answer->rows.empty())
        return std::nullopt;
    return applet(answer->rows.front());
}

Result<std::vector<Applet>> Applets::list(int64_t after, int64_t limit) {
    const auto answer = query(
        "SELECT id, name, created_at, created_by FROM applets WHERE id > ? ORDER BY id LIMIT ?",
        {after, limit});
    if (!answer)
        return fail(answer.error());
    std::vector<Applet> applets;
    for (const auto& row : answer->rows)
        applets.push_back(applet(row));
    return applets;
}

Result<Count> Applets::count() {
    auto cache = caches_.take();
    if (!cache)
        return fail(cache.error());
    const auto generation = (*cache)->get(kGeneration);
    if (!generation)
        return fail(generation.error());
    const auto key = "applets:count:" + generation->value_or("0");
    const auto known = (*cache)->get(key);
    if (!known)
        return fail(known.error());
    if (*known) {
        caches_.put(std::move(*cache));
        return Count{.value = std::stoll(**known), .cached = true};
    }
    const auto answer = query("SELECT COUNT(*) FROM applets");
    if (!answer)
        return fail(answer.error());
    const auto& counted = answer->rows.front().front();
    if (const auto done = (*cache)->set(key, counted, kCountSeconds); !done)
        return fail(done.error());
    caches_.put(std::move(*cache));
    return Count{.value = std::stoll(counted), .cached = false};
}

Result<bool> Applets::remove(int64_t id) {
    const auto answer = change("DELETE FROM applets WHERE id = ?", {id});
    if (!answer)
        return fail(answer.error());
    return answer->affected > 0;
}

}  // namespace business
