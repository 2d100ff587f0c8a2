#pragma once

#include <hiredis/hiredis.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config.h"
#include "result.h"

namespace business {

/// One connection to Redis. Not thread-safe. A command takes at most some seconds: then it is an
/// error.
class Cache {
public:
    static Result<std::unique_ptr<Cache>> open(const Config& config);

    bool alive();
    /// Nothing if there is no such key.
    Result<std::optional<std::string>> get(const std::string& key);
    /// Forgotten after `seconds`.
    Result<void> set(const std::string& key, const std::string& value, int seconds);
    /// Adds one; a key that is not there counts as 0.
    Result<void> increment(const std::string& key);

private:
    struct Free {
        void operator()(redisContext* context) const { redisFree(context); }
        void operator()(redisReply* reply) const { freeReplyObject(reply); }
    };
    using Reply = std::unique_ptr<redisReply, Free>;

    Result<Reply> command(const std::vector<std::string>& words);

    std::unique_ptr<redisContext, Free> context_;
};

}  // namespace business
