#pragma once

#include <hiredis/hiredis.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config.h"
#include "result.h"

namespace business {

/// Redis: one server, or a cluster of which any member is asked and says who has the key. Not
/// thread-safe. A command takes at most some seconds, in which members that do not answer are
/// passed over: then it is an error. Sent anew after a broken connection it may take effect twice.
class Cache {
public:
    static Result<std::unique_ptr<Cache>> open(const Config& config);

    /// Every command finds out by itself whether its connection still lives.
    bool alive() const { return true; }
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
    using Connection = std::unique_ptr<redisContext, Free>;
    using Reply = std::unique_ptr<redisReply, Free>;

    /// The kept connection to a node, or a new one.
    Result<redisContext*> connected(const Endpoint& node);
    /// Null: the connection broke and is not kept.
    Reply ask(const Endpoint& node, redisContext* context, const std::vector<std::string>& words);
    Result<Reply> command(const std::vector<std::string>& words);
    /// A member that is asked next, as the last one was of no use.
    Endpoint another();

    std::vector<Endpoint> nodes_;
    std::size_t home_ = 0;  ///< of nodes_: answered last
    std::string password_;
    std::map<Endpoint, Connection> connections_;
};

}  // namespace business
