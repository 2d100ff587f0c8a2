#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "result.h"

namespace business {

/// Connections that are used by one thread at a time and kept for the next. One that was idle is
/// asked whether it still lives before it is given out, so that a restarted server costs a new
/// connection and not a failed request.
template <class Connection>
class Pool {
public:
    using Open = std::function<Result<std::unique_ptr<Connection>>()>;

    explicit Pool(Open open) : open_(std::move(open)) {}

    /// Thread-safe. Give it back with put() only if its last use succeeded; else let it end.
    Result<std::unique_ptr<Connection>> take() {
        while (auto idle = takeIdle()) {
            if (idle->alive())
                return idle;
        }
        return open_();
    }

    void put(std::unique_ptr<Connection> connection) {
        const std::scoped_lock lock(mutex_);
        idle_.push_back(std::move(connection));
    }

private:
    std::unique_ptr<Connection> takeIdle() {
        const std::scoped_lock lock(mutex_);
        if (idle_.empty())
            return nullptr;
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
    }

    Open open_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace business
