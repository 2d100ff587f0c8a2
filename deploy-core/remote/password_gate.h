#pragma once

#include <condition_variable>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "inventory/credentials.h"
#include "inventory/host.h"

namespace deploy {

/// Keeps wrong passwords from locking accounts. A server that refused one gets none again; after
/// two refusals no server gets one that it has not taken before. Until a user and password are
/// known to be right somewhere, no more logins are under way than may still be refused.
/// Thread-safe; one gate for one batch or run.
class PasswordGate {
public:
    enum class For { Login, Sudo };

    /// The right to try one login; tell what came of it, or it ends without a word.
    class Turn {
    public:
        Turn(PasswordGate& gate, bool counted) : gate_(&gate), counted_(counted) {}
        ~Turn();
        Turn(Turn&& other) noexcept
            : gate_(std::exchange(other.gate_, nullptr)), counted_(other.counted_) {}
        Turn& operator=(Turn&&) = delete;

    private:
        PasswordGate* gate_;
        bool counted_;
    };

    bool hasRefused(const HostId& host, For what) const;
    /// PasswordNotTried (args "servers": those that refused theirs) when no server gets another.
    Result<void> open(const HostId& host, For what) const;
    /// Waits until a login may be tried. As open(), and Cancelled.
    Result<Turn> enter(const Host& host, const Credential& credential, const std::stop_token& stop);

    void refused(const HostId& host, For what);
    void acceptedSudo(const HostId& host);
    void acceptedLogin(const Host& host, const Credential& credential);

private:
    struct Login {
        std::string user;
        Secret password;
    };
    Result<void> stillOpen(const HostId& host, For what) const;
    bool isRight(const Host& host, const Credential& credential) const;

    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::set<std::pair<HostId, For>> refused_;
    std::set<std::pair<HostId, For>> accepted_;
    std::vector<Login> right_;  ///< each user and password once
    size_t underWay_ = 0;       ///< logins with a password that is not known to be right
};

}  // namespace deploy
