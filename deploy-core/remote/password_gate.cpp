#include "remote/password_gate.h"

#include <algorithm>

namespace deploy {

namespace {
constexpr size_t kMostRefusals = 2;
}

PasswordGate::Turn::~Turn() {
    if (gate_ == nullptr || !counted_)
        return;
    const std::lock_guard lock(gate_->mutex_);
    --gate_->underWay_;
    gate_->changed_.notify_all();
}

bool PasswordGate::hasRefused(const HostId& host, For what) const {
    const std::lock_guard lock(mutex_);
    return refused_.contains({host, what});
}

Result<void> PasswordGate::stillOpen(const HostId& host, For what) const {
    if (refused_.size() < kMostRefusals || accepted_.contains({host, what}))
        return {};
    std::string names;
    for (const auto& [each, kind] : refused_)
        names += (names.empty() ? "" : ", ") + each.str();
    return fail(ErrorCode::PasswordNotTried, host.str(), {}, {{"servers", names}});
}

Result<void> PasswordGate::open(const HostId& host, For what) const {
    const std::lock_guard lock(mutex_);
    return stillOpen(host, what);
}

bool PasswordGate::isRight(const Host& host, const Credential& credential) const {
    return std::any_of(right_.begin(), right_.end(), [&](const Login& login) {
        return login.user == host.user && login.password.reveal() == credential.password.reveal();
    });
}

Result<PasswordGate::Turn> PasswordGate::enter(const Host& host, const Credential& credential,
                                               const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    const auto may = [&] {
        return refused_.size() + underWay_ < kMostRefusals || isRight(host, credential) ||
               refused_.size() >= kMostRefusals;
    };
    if (!changed_.wait(lock, stop, may))
        return fail(ErrorCode::Cancelled, host.name.str());
    if (auto open = stillOpen(host.name, For::Login); !open)
        return tl::unexpected(open.error());
    const bool counted = !isRight(host, credential);
    underWay_ += counted ? 1 : 0;
    return Turn(*this, counted);
}

void PasswordGate::refused(const HostId& host, For what) {
    const std::lock_guard lock(mutex_);
    refused_.insert({host, what});
    changed_.notify_all();
}

void PasswordGate::acceptedSudo(const HostId& host) {
    const std::lock_guard lock(mutex_);
    accepted_.insert({host, For::Sudo});
}

void PasswordGate::acceptedLogin(const Host& host, const Credential& credential) {
    const std::lock_guard lock(mutex_);
    accepted_.insert({host.name, For::Login});
    if (!isRight(host, credential))
        right_.push_back({host.user, credential.password});
    changed_.notify_all();
}

}  // namespace deploy
