#include "remote/sim/simulated_host.h"

#include <algorithm>

#include "remote/sim/peers_answer.h"
#include "remote/sim/probe_answer.h"
#include "remote/sim/role_work.h"

namespace deploy::sim {

namespace {

constexpr Millis kCheckTime = 200;

bool asksFor(const Command& command, const char* measure) {
    return std::find(command.args.begin(), command.args.end(), measure) != command.args.end();
}

}  // namespace

SimulatedHost::SimulatedHost(std::shared_ptr<Practice> practice, HostId host, int lines)
    : practice_(std::move(practice)),
      host_(std::move(host)),
      server_(practice_->scenario().servers.at(host_)),
      lines_(lines) {}

Error SimulatedHost::placed(Error error) {
    if (error.where.empty())
        error.where = host_.str();
    broken_ = broken_ || error.code == ErrorCode::SshConnectionLost;
    return error;
}

Result<void> SimulatedHost::reach(Privilege privilege, const std::stop_token& stop) {
    if (broken_)
        return fail(ErrorCode::SshConnectionLost);
    if (auto passed = practice_->pass(server_.roundTripMs, stop); !passed)
        return passed;
    const auto state = practice_->look(host_);
    if (!state)
        return tl::unexpected(state.error());
    if (practice_->now() < state->silentUntil || state->lines != lines_)
        return fail(ErrorCode::SshConnectionLost);
    if (privilege == Privilege::Root && !server_.facts.root.value_or(true))
        return fail(ErrorCode::SudoRefused);
    return {};
}

Result<CommandResult> SimulatedHost::run(const Command& command, const OutputSink& sink,
                                         const std::stop_token& stop) {
    Reply reply(command, sink);
    const auto status =
        reach(command.privilege, stop).and_then([&] { return dispatch(command, reply, stop); });
    if (!status)
        return tl::unexpected(placed(status.error()));
    return reply.end(*status);
}

Result<int> SimulatedHost::dispatch(const Command& command, Reply& reply,
                                    const std::stop_token& stop) {
    if (const auto agent = headerOf(command.script, "agent"))
        return runAgent(*practice_, host_, *agent, command, reply, stop);
    if (headerOf(command.script, "probe"))
        return answerProbe(command, reply, stop);
    if (headerOf(command.script, "peers"))
        return answerPeers(command, reply, stop);
    const auto role = readRoleCall(command.script);
    const bool asksOnly = role && (role->action == "check" || role->action == "verify");
    if (!asksOnly || !knowsRole(role->script))
        return fail(ErrorCode::Internal, {},
                    "practice does not know the script " + (role ? role->script : "that was sent"));
    return answerRole(*role, reply, stop);
}

Result<int> SimulatedHost::answerProbe(const Command& command, Reply& reply,
                                       const std::stop_token& stop) {
    constexpr Millis kProbeTime = 300;
    constexpr Millis kLatencyTime = 3000;
    const bool latency = asksFor(command, "fsync");
    if (auto passed = practice_->pass(latency ? kLatencyTime : kProbeTime, stop); !passed)
        return tl::unexpected(passed.error());
    ServerState state;
    bool broken = false;
    const auto changed = practice_->change(host_, [&](const Practice::Change& change) {
        const auto fault = change.takeFault("probe");
        broken = fault && breaksLine(*fault);
        if (broken)
            breakLine(*fault, change.server, change.now);
        state = change.server;
    });
    if (!changed)
        return tl::unexpected(changed.error());
    if (broken)
        return fail(ErrorCode::SshConnectionLost);
    // By the laptop's own clock, against which the prober compares it, whatever the speed.
    reply.out(probeAnswer(factsNow(server_.facts, state),
                          {systemClock().wall(), asksFor(command, "dns"), latency}));
    return 0;
}

Result<int> SimulatedHost::answerPeers(const Command& command, Reply& reply,
                                       const std::stop_token& stop) {
    const std::string verb = command.args.empty() ? "" : command.args.front();
    const Millis time = verb == "ask" ? 1500 : 100;
    if (auto passed = practice_->pass(time, stop); !passed)
        return tl::unexpected(passed.error());
    reply.out(peersAnswer(verb, command, server_));
    return 0;
}

Result<int> SimulatedHost::answerRole(const RoleCall& call, Reply& reply,
                                      const std::stop_token& stop) {
    if (auto passed = practice_->pass(kCheckTime, stop); !passed)
        return tl::unexpected(passed.error());
    const auto state = practice_->look(host_);
    if (!state)
        return tl::unexpected(state.error());
    const World world{*state, server_.facts, practice_->now()};
    const RoleAnswer answer =
        call.action == "check" ? roleCheck(world, call) : roleVerify(world, call);
    if (!answer.words.empty())
        reply.out(answer.words + "\n");
    return answer.yes ? 0 : 1;
}

Result<std::string> SimulatedHost::get(const std::string& path, uint64_t /*limitBytes*/,
                                       Privilege privilege, const std::stop_token& stop) {
    if (auto reached = reach(privilege, stop); !reached)
        return tl::unexpected(placed(reached.error()));
    return fail(ErrorCode::FileNotFound, host_.str() + ":" + path);
}

}  // namespace deploy::sim
