#include "cache.h"

#include <chrono>
#include <sstream>
#include <thread>

namespace business {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr timeval kConnectPatience{.tv_sec = 0, .tv_usec = 400'000};
constexpr timeval kAnswerPatience{.tv_sec = 1, .tv_usec = 0};
constexpr milliseconds kWholePatience{4000};
constexpr milliseconds kPause{50};

/// Answers of a cluster that is just finding a new master.
bool passes(const std::string& error) {
    for (const char* start : {"CLUSTERDOWN", "LOADING", "MASTERDOWN", "TRYAGAIN"})
        if (error.starts_with(start))
            return true;
    return false;
}

/// "MOVED slot host:port".
std::optional<Endpoint> movedTo(const std::string& error) {
    std::istringstream words(error);
    std::string word;
    std::string slot;
    std::string node;
    if (!(words >> word >> slot >> node) || word != "MOVED")
        return std::nullopt;
    const auto endpoint = endpointOf(node);
    return endpoint ? std::optional(*endpoint) : std::nullopt;
}

}  // namespace

Result<std::unique_ptr<Cache>> Cache::open(const Config& config) {
    auto cache = std::make_unique<Cache>();
    cache->nodes_ = config.caches;
    cache->password_ = config.cachePassword;
    return cache;
}

Result<redisContext*> Cache::connected(const Endpoint& node) {
    if (const auto kept = connections_.find(node); kept != connections_.end())
        return kept->second.get();
    Connection connection(
        redisConnectWithTimeout(node.host.c_str(), static_cast<int>(node.port), kConnectPatience));
    if (!connection)
        return fail("cache: out of memory");
    if (connection->err)
        return fail(std::string("cache: ") + connection->errstr);
    redisSetTimeout(connection.get(), kAnswerPatience);
    redisContext* context = connection.get();
    connections_[node] = std::move(connection);
    const Reply reply = ask(node, context, {"AUTH", password_});
    if (!reply)
        return fail("cache: the connection broke");
    if (reply->type == REDIS_REPLY_ERROR) {
        connections_.erase(node);
        return fail("cache: " + std::string(reply->str, reply->len));
    }
    return context;
}

Cache::Reply Cache::ask(const Endpoint& node, redisContext* context,
                        const std::vector<std::string>& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    for (const auto& word : words) {
        texts.push_back(word.data());
        lengths.push_back(word.size());
    }
    Reply reply(static_cast<redisReply*>(
        redisCommandArgv(context, static_cast<int>(words.size()), texts.data(), lengths.data())));
    if (!reply)
        connections_.erase(node);
    return reply;
}

Endpoint Cache::another() {
    home_ = (home_ + 1) % nodes_.size();
    return nodes_[home_];
}

Result<Cache::Reply> Cache::command(const std::vector<std::string>& words) {
    const auto end = steady_clock::now() + kWholePatience;
    Endpoint node = nodes_[home_];
    std::string error;
    do {
        const auto context = connected(node);
        Reply reply = context ? ask(node, *context, words) : nullptr;
        if (reply && reply->type != REDIS_REPLY_ERROR)
            return reply;
        if (!reply) {
            error = context ? "cache: the connection broke" : context.error();
            node = another();
        } else {
            const std::string said(reply->str, reply->len);
            error = "cache: " + said;
            if (const auto moved = movedTo(said)) {
                node = *moved;
                continue;
            }
            if (!passes(said))
                return fail(error);
        }
        std::this_thread::sleep_for(kPause);
    } while (steady_clock::now() < end);
    return fail(error);
}

Result<std::optional<std::string>> Cache::get(const std::string& key) {
    const auto reply = command({"GET", key});
    if (!reply)
        return fail(reply.error());
    if ((*reply)->type == REDIS_REPLY_NIL)
        return std::nullopt;
    return std::string((*reply)->str, (*reply)->len);
}

Result<void> Cache::set(const std::string& key, const std::string& value, int seconds) {
    const auto reply = command({"SET", key, value, "EX", std::to_string(seconds)});
    if (!reply)
        return fail(reply.error());
    return {};
}

Result<void> Cache::increment(const std::string& key) {
    const auto reply = command({"INCR", key});
    if (!reply)
        return fail(reply.error());
    return {};
}

}  // namespace business
