#pragma once

#include <mutex>
#include <set>

#include "base/id.h"

namespace deploy {

/// Secrets that a server has refused in this run: none of them is tried again, so that no account
/// is locked by repetition. Thread-safe.
class Refusals {
public:
    enum class Secret { Login, Sudo };

    void add(const HostId& host, Secret secret) {
        const std::lock_guard lock(mutex_);
        refused_.emplace(host, secret);
    }
    bool has(const HostId& host, Secret secret) const {
        const std::lock_guard lock(mutex_);
        return refused_.contains({host, secret});
    }

private:
    mutable std::mutex mutex_;
    std::set<std::pair<HostId, Secret>> refused_;
};

}  // namespace deploy
