#include <algorithm>

#include "remote/sim/agent_call.h"

namespace deploy::sim {

namespace {

constexpr Millis kLease = 60000;

bool holderLives(const ServerState& server, Millis now) {
    if (!server.lock)
        return false;
    const std::string prefix = server.lock->run + "/";
    const auto runs = [&](const auto& entry) {
        return entry.first.starts_with(prefix) && entry.second.ends > now;
    };
    return now - server.lock->beat < kLease ||
           std::any_of(server.attempts.begin(), server.attempts.end(), runs);
}

int acquire(const AgentCall& call, const Clock& clock) {
    ServerState& server = call.change.server;
    const Millis now = call.change.now;
    std::string broke;
    if (holderLives(server, now) && server.lock->run != call.run) {
        if (server.lock->id != call.arg(2)) {
            call.reply.err(ownerLines(server.lock));
            return kLockOfAnother;
        }
        for (auto& [key, attempt] : server.attempts)
            if (key.starts_with(server.lock->run + "/"))
                endByForce(attempt, now);
        broke = ownerLines(server.lock);
    }
    const std::string since = toIso8601(clock.wall()).substr(0, 19) + "Z";
    server.lock = RunLock{call.lock, call.run, call.arg(1), since, now};
    call.reply.out("acquired\n" + broke);
    return 0;
}

int release(const AgentCall& call) {
    if (!call.own())
        return kLockOfAnother;
    ServerState& server = call.change.server;
    server.lock.reset();
    if (call.arg(1) == "wipe") {
        server.files.clear();
        server.attempts.clear();
    }
    call.reply.out("released\n");
    return 0;
}

int info(const AgentCall& call) {
    const bool held = holderLives(call.change.server, call.change.now);
    call.reply.out(held ? "held\n" + ownerLines(call.change.server.lock) : "free\n");
    return 0;
}

}  // namespace

std::string ownerLines(const std::optional<RunLock>& lock) {
    return lock ? "id=" + lock->id + "\nrun=" + lock->run + "\nowner=" + lock->owner +
                      "\nsince=" + lock->since + "\n"
                : std::string();
}

/// Ends what is left of an attempt; nothing of it takes effect any more.
void endByForce(Attempt& attempt, Millis now) {
    constexpr int kKilled = 137;
    if (attempt.ends <= now)
        return;
    attempt.ends = now;
    attempt.status = kKilled;
    attempt.settled = true;
}

bool AgentCall::own() const {
    if (!change.server.lock || change.server.lock->id != lock) {
        reply.err(ownerLines(change.server.lock));
        return false;
    }
    // A fresh sign of life is not written down again.
    constexpr Millis kBetweenBeats = 5000;
    if (change.now - change.server.lock->beat >= kBetweenBeats)
        change.server.lock->beat = change.now;
    return true;
}

int lockAgent(const AgentCall& call, const Clock& clock) {
    const std::string verb = call.arg(0);
    if (verb == "acquire")
        return acquire(call, clock);
    if (verb == "release")
        return release(call);
    if (verb == "info")
        return info(call);
    if (verb != "renew") {
        call.reply.err("lock: " + verb + "?\n");
        return kCouldNot;
    }
    if (!call.own())
        return kLockOfAnother;
    call.reply.out("renewed\n");
    return 0;
}

}  // namespace deploy::sim
