#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "probe/numbers.h"
#include "remote/sim/agent_call.h"
#include "remote/sim/role_work.h"

namespace deploy::sim {

namespace {

/// The scenario's fault, built into what the step will do.
void applyFault(Practice::Fault fault, Attempt& attempt) {
    constexpr Millis kSlower = 10;
    const Millis takes = attempt.ends - attempt.started;
    const Millis middle = attempt.started + std::max<Millis>(takes / 2, 1);
    if (fault == Practice::Fault::Slow)
        attempt.ends = attempt.started + takes * kSlower;
    if (breaksLine(fault)) {
        attempt.lineCut = middle;
        attempt.cutBy = fault;
    }
    if (fault != Practice::Fault::StepFails && fault != Practice::Fault::DiskFull)
        return;
    attempt.ends = middle;
    attempt.status = 1;
    attempt.log.resize(std::min<size_t>(attempt.log.size(), 1));
    attempt.log.emplace_back(fault == Practice::Fault::DiskFull
                                 ? "write error: No space left on device"
                                 : "practice: this script was made to fail here");
}

}  // namespace

Result<std::optional<Launch>> readLaunch(const Command& command) {
    constexpr uint64_t kMostLines = 1000;
    constexpr size_t kArguments = 6;  // RUN LOCK STEP ATTEMPT SHA256 SECRET_LINES
    if (command.args.size() < kArguments)
        return std::nullopt;
    const auto lines = unsignedIn(command.args[5], 0, kMostLines);
    size_t at = 0;
    for (uint64_t i = 0; i < lines.value_or(0) && at != std::string::npos; ++i) {
        at = command.input.find('\n', at);
        at = at == std::string::npos ? at : at + 1;
    }
    if (!lines || at == std::string::npos ||
        sha256Hex(std::string_view(command.input).substr(at)) != command.args[4])
        return std::nullopt;
    auto role = readRoleCall(std::string_view(command.input).substr(at));
    if (!role || !knowsRole(role->script))
        return fail(ErrorCode::Internal, {},
                    "practice does not know the script " + (role ? role->script : "that was sent"));
    return Launch{*std::move(role), readAssignments(std::string_view(command.input).substr(0, at))};
}

int launchAgent(const AgentCall& call, const Launch& launch, const Facts& facts) {
    if (!call.own())
        return kLockOfAnother;
    ServerState& server = call.change.server;
    if (server.attempts.contains(call.attempt())) {
        call.reply.out("already\n");
        return 0;
    }
    const Millis now = call.change.now;
    RoleWork work = roleWork({server, facts, now}, launch.role, launch.secrets);
    Attempt attempt;
    attempt.call = launch.role;
    attempt.started = now;
    attempt.ends = now + work.takes;
    attempt.status = work.status;
    attempt.log = std::move(work.log);
    if (const auto fault = call.change.takeFault(launch.role.script))
        applyFault(*fault, attempt);
    if (server.slow)
        applyFault(Practice::Fault::Slow, attempt);
    if (std::exchange(server.failsNext, false))
        applyFault(Practice::Fault::StepFails, attempt);
    // Only what writes minds it; a step that finds all in place does not.
    if (server.diskFull && attempt.status == 0)
        applyFault(Practice::Fault::DiskFull, attempt);
    server.attempts[call.attempt()] = std::move(attempt);
    call.reply.out("started\n");
    return 0;
}

}  // namespace deploy::sim
