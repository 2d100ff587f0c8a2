#include "cache.h"

namespace business {
namespace {

constexpr timeval kPatience{.tv_sec = 3, .tv_usec = 0};

}  // namespace

Result<std::unique_ptr<Cache>> Cache::open(const Config& config) {
    auto cache = std::make_unique<Cache>();
    cache->context_.reset(redisConnectWithTimeout(config.cache.host.c_str(),
                                                  static_cast<int>(config.cache.port), kPatience));
    if (!cache->context_)
        return fail("cache: out of memory");
    if (cache->context_->err)
        return fail(std::string("cache: ") + cache->context_->errstr);
    redisSetTimeout(cache->context_.get(), kPatience);
    if (const auto reply = cache->command({"AUTH", config.cachePassword}); !reply)
        return fail(reply.error());
    return cache;
}

Result<Cache::Reply> Cache::command(const std::vector<std::string>& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    for (const auto& word : words) {
        texts.push_back(word.data());
        lengths.push_back(word.size());
    }
    Reply reply(static_cast<redisReply*>(redisCommandArgv(
        context_.get(), static_cast<int>(words.size()), texts.data(), lengths.data())));
    if (!reply)
        return fail(std::string("cache: ") + context_->errstr);
    if (reply->type == REDIS_REPLY_ERROR)
        return fail("cache: " + std::string(reply->str, reply->len));
    return reply;
}

bool Cache::alive() {
    return command({"PING"}).has_value();
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
