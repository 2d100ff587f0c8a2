#include "remote/session_maker.h"

#include <algorithm>
#include <random>

#include "remote/dial.h"
#include "remote/ssh_auth.h"

namespace deploy {

namespace {

/// sshd drops logins when too many are under way (MaxStartups); they are tried again after
/// 0.1, 0.2, 0.4 ... seconds, half of it by chance, so that the crowd does not come back at once.
constexpr int kTries = 7;
constexpr std::chrono::milliseconds kFirstPause{100};

std::chrono::milliseconds pauseBefore(int attempt) {
    thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_real_distribution<double> part(0.5, 1.5);
    const double pause = static_cast<double>(kFirstPause.count() << attempt) * part(random);
    return std::chrono::milliseconds(static_cast<int64_t>(pause));
}

Error about(const Host& host, Error error) {
    if (error.where.empty())
        error.where = host.name.str();
    return error;
}

}  // namespace

/// The right to have one handshake under way.
struct SessionMaker::Slot {
    Slot(SessionMaker& owner, const std::stop_token& stop) : maker(owner) {
        std::unique_lock lock(maker.mutex_);
        const int limit = std::max(1, maker.limits_.connectionsAtOnce);
        taken = maker.slotFree_.wait(lock, stop, [&] { return maker.slotsTaken_ < limit; });
        if (taken)
            ++maker.slotsTaken_;
    }
    ~Slot() {
        const std::lock_guard lock(maker.mutex_);
        if (taken)
            --maker.slotsTaken_;
        maker.slotFree_.notify_one();
    }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

    SessionMaker& maker;
    bool taken = false;
};

SessionMaker::SessionMaker(Inventory inventory, Credentials credentials, KnownHosts knownHosts,
                           SshLimits limits)
    : inventory_(std::move(inventory)),
      credentials_(std::move(credentials)),
      knownHosts_(std::move(knownHosts)),
      limits_(limits) {}

Credential SessionMaker::credentialOf(const HostId& host) const {
    const auto found = credentials_.servers.find(host);
    return found == credentials_.servers.end() ? Credential() : found->second;
}

Result<void> SessionMaker::checkJumps(const Host& host) const {
    std::set<HostId> seen = {host.name};
    for (const Host* each = &host; !each->jump.empty();) {
        const Host* through = inventory_.find(each->jump);
        if (through == nullptr || !seen.insert(each->jump).second)
            return fail(ErrorCode::ValueInvalid, host.name.str(), "jump",
                        {{"jump", each->jump.str()}});
        each = through;
    }
    return {};
}

Result<SshConnection> SessionMaker::make(const Host& host, const std::stop_token& stop) {
    if (auto checked = checkJumps(host); !checked)
        return tl::unexpected(checked.error());
    if (host.auth == AuthMethod::Password) {
        if (passwords_.hasRefused(host.name, PasswordGate::For::Login))
            return fail(ErrorCode::SshAuthFailed, host.name.str(), {}, {{"user", host.user}});
        if (auto open = passwords_.open(host.name, PasswordGate::For::Login); !open)
            return tl::unexpected(open.error());
    }
    SshConnection connection;
    for (int attemptNumber = 0;; ++attemptNumber) {
        if (!host.jump.empty() && (!connection.jump || !connection.jump->alive())) {
            auto jump = jumpFor(*inventory_.find(host.jump), stop);
            if (!jump)
                return tl::unexpected(jump.error());
            connection.jump = std::move(*jump);
        }
        bool busy = false;
        auto session = attempt(host, connection.jump.get(), stop, busy);
        if (session) {
            connection.session = std::move(*session);
            return connection;
        }
        if (!busy || attemptNumber + 1 >= kTries)
            return tl::unexpected(about(host, session.error()));
        systemClock().sleep(pauseBefore(attemptNumber), stop);
    }
}

Result<std::shared_ptr<JumpServer>> SessionMaker::jumpFor(const Host& through,
                                                          const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    Jump& jump = jumps_[through.name];
    const bool waited = jump.connecting;
    if (!jumpConnected_.wait(lock, stop, [&] { return !jump.connecting; }))
        return fail(ErrorCode::Cancelled, through.name.str());
    if (jump.server && jump.server->alive())
        return jump.server;
    if (waited && jump.problem)
        return tl::unexpected(*jump.problem);
    jump.connecting = true;
    lock.unlock();
    auto made = make(through, stop);
    std::shared_ptr<JumpServer> server;
    if (made)
        server = std::make_shared<JumpServer>(std::move(*made));
    lock.lock();
    jump.connecting = false;
    jump.problem = made ? std::nullopt : std::optional(made.error());
    // The one before is dead; it ends when nobody uses it, outside of the lock.
    const std::shared_ptr<JumpServer> before = std::exchange(jump.server, server);
    lock.unlock();
    jumpConnected_.notify_all();
    if (!made)
        return tl::unexpected(made.error());
    return server;
}

Result<std::unique_ptr<SshSession>> SessionMaker::attempt(const Host& host, JumpServer* jump,
                                                          const std::stop_token& stop, bool& busy) {
    const Slot slot(*this, stop);
    if (!slot.taken)
        return fail(ErrorCode::Cancelled);
    const SteadyTime deadline = deadlineAfter(limits_.connect);
    auto socket = jump != nullptr ? jump->open(host.address, host.port, deadline, stop)
                                  : dialTcp(host.address, host.port, deadline, stop);
    if (!socket) {
        // A jump server that died a moment ago is connected anew.
        busy = jump != nullptr && socket.error().code == ErrorCode::SshConnectionLost;
        return tl::unexpected(socket.error());
    }
    switch (awaitGreeting(socket->get(), deadline, stop)) {
        case Greeting::Arrived:
            break;
        case Greeting::Closed:
            busy = true;
            return fail(ErrorCode::SshHandshakeFailed, {}, "closed before the banner");
        case Greeting::Silent:
            return fail(ErrorCode::SshNoBanner);
        case Greeting::Stopped:
            return fail(ErrorCode::Cancelled);
    }
    auto session =
        SshSession::handshake(std::move(*socket), host.user,
                              knownHosts_.knownTypes(host.address, host.port), deadline, stop);
    if (!session) {
        // A line that breaks before any login may be the same shortage of places.
        busy = session.error().code == ErrorCode::SshConnectionLost;
        return session;
    }
    if (auto checked = checkKey(host, **session); !checked)
        return tl::unexpected(checked.error());
    if (auto in = logIn(**session, host, stop); !in)
        return tl::unexpected(in.error());
    return session;
}

Result<void> SessionMaker::logIn(SshSession& session, const Host& host,
                                 const std::stop_token& stop) {
    const Credential credential = credentialOf(host.name);
    const auto prove = [&] {
        return authenticate(session, host, credential, deadlineAfter(limits_.authenticate), stop);
    };
    if (host.auth != AuthMethod::Password)
        return prove();
    const auto turn = passwords_.enter(host, credential, stop);
    if (!turn)
        return tl::unexpected(turn.error());
    auto proved = prove();
    if (proved)
        passwords_.acceptedLogin(host, credential);
    else if (proved.error().code == ErrorCode::SshAuthFailed)
        passwords_.refused(host.name, PasswordGate::For::Login);
    return proved;
}

Result<void> SessionMaker::checkKey(const Host& host, const SshSession& session) const {
    const auto key = session.hostKey();
    if (!key)
        return tl::unexpected(key.error());
    const Args args = {{"fingerprint", key->fingerprint()},
                       {"key_type", key->type},
                       {"public_key", key->type + " " + key->base64}};
    switch (knownHosts_.check(host.address, host.port, *key)) {
        case HostKeyState::Known:
            return {};
        case HostKeyState::Unknown:
            return fail(ErrorCode::SshHostKeyUnknown, {}, {}, args);
        case HostKeyState::Changed:
            return fail(ErrorCode::SshHostKeyChanged, {}, {}, args);
        case HostKeyState::OtherType:
            return fail(ErrorCode::SshHostKeyOtherType, {}, {}, args);
        case HostKeyState::Revoked:
            break;
    }
    return fail(ErrorCode::SshHostKeyRevoked, {}, {}, args);
}

}  // namespace deploy
