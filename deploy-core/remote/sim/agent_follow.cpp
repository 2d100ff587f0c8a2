#include <algorithm>

#include "probe/numbers.h"
#include "remote/sim/agent_call.h"

namespace deploy::sim {

namespace {

constexpr Millis kBetweenWords = 5000;
constexpr Millis kMsPerSecond = 1000;

/// How much of the log has been written by now: its lines are spread over the step's time.
std::string logBy(const Attempt& attempt, Millis now) {
    const Millis takes = std::max<Millis>(attempt.ends - attempt.started, 1);
    std::string text;
    Millis number = 0;
    for (const std::string& line : attempt.log) {
        const Millis at =
            attempt.started + takes * number++ / static_cast<Millis>(attempt.log.size());
        if (now >= at)
            text += line + "\n";
    }
    return text;
}

/// When there is something new to tell.
Millis nextMoment(const Attempt& attempt, Millis now) {
    Millis next = std::min(attempt.ends, now + kBetweenWords);
    if (attempt.lineCut > now)
        next = std::min(next, attempt.lineCut);
    const Millis lines = std::max<Millis>(static_cast<Millis>(attempt.log.size()), 1);
    const Millis between = std::max<Millis>((attempt.ends - attempt.started) / lines, 1);
    return std::clamp(std::min(next, now + between), now + 1, now + kBetweenWords);
}

/// What one look at the attempt showed.
struct Look {
    enum class Kind { LockLost, NeverStarted, Broken, There } kind = Kind::There;
    Attempt attempt;
    Millis now = 0;
};

Result<Look> lookAt(Practice& practice, const HostId& host, const Command& command, Reply& reply,
                    std::optional<int>& lines) {
    const std::vector<std::string> args(command.args.begin() + 2, command.args.end());
    Look look;
    const auto changed = practice.change(host, [&](const Practice::Change& change) {
        const AgentCall call{command.args[0], command.args[1], args, change, reply};
        look.now = change.now;
        if (!call.own()) {
            look.kind = Look::Kind::LockLost;
            return;
        }
        const auto found = change.server.attempts.find(call.attempt());
        if (found == change.server.attempts.end()) {
            look.kind = Look::Kind::NeverStarted;
            return;
        }
        Attempt& attempt = found->second;
        if (!lines)
            lines = change.server.lines;
        if (*lines != change.server.lines || change.now < change.server.silentUntil) {
            look.kind = Look::Kind::Broken;
            return;
        }
        if (attempt.lineCut != 0 && change.now >= attempt.lineCut) {
            attempt.lineCut = 0;
            breakLine(attempt.cutBy, change.server, change.now);
            look.kind = Look::Kind::Broken;
        }
        look.attempt = attempt;
    });
    if (!changed)
        return tl::unexpected(changed.error());
    return look;
}

}  // namespace

Result<int> followAgent(Practice& practice, const HostId& host, const Command& command,
                        Reply& reply, const std::stop_token& stop) {
    constexpr uint64_t kMost = uint64_t{1} << 40U;
    constexpr size_t kArguments = 6;  // RUN LOCK STEP ATTEMPT OFFSET HARD_SECONDS
    if (command.args.size() < kArguments)
        return kCouldNot;
    size_t offset = unsignedIn(command.args[4], 0, kMost).value_or(0);
    const auto hard = static_cast<Millis>(unsignedIn(command.args[5], 0, kMost).value_or(kMost));
    std::optional<Millis> spoke;
    std::optional<int> lines;
    while (true) {
        const auto look = lookAt(practice, host, command, reply, lines);
        if (!look)
            return tl::unexpected(look.error());
        if (look->kind == Look::Kind::LockLost)
            return kLockOfAnother;
        if (look->kind == Look::Kind::Broken)
            return fail(ErrorCode::SshConnectionLost);
        if (look->kind == Look::Kind::NeverStarted) {
            reply.err("never_started\n");
            return 0;
        }
        const Attempt& attempt = look->attempt;
        const bool ended = look->now >= attempt.ends;
        const Millis ran = (look->now - attempt.started) / kMsPerSecond;
        if (!ended && (!spoke || look->now - *spoke >= kBetweenWords)) {
            reply.err("running " + std::to_string(ran) + "\n");
            spoke = look->now;
        }
        const std::string log = logBy(attempt, look->now);
        if (log.size() > offset)
            reply.out(std::string_view(log).substr(offset));
        offset = std::max(offset, log.size());
        if (ended && attempt.rebooted) {
            reply.err("rebooted\n");
            return 0;
        }
        if (ended) {
            reply.err("exit " + std::to_string(attempt.status) + "\n");
            return 0;
        }
        if (ran >= hard) {
            reply.err("deadline " + std::to_string(ran) + "\n");
            return 0;
        }
        if (auto passed = practice.pass(nextMoment(attempt, look->now) - look->now, stop); !passed)
            return tl::unexpected(passed.error());
    }
}

}  // namespace deploy::sim
