#include "remote/sim/agents.h"

#include <algorithm>

#include "remote/sim/agent_call.h"

namespace deploy::sim {

namespace {

int fileAgent(const AgentCall& call) {
    const auto file = call.change.server.files.find(call.arg(0));
    const bool there =
        file != call.change.server.files.end() && std::to_string(file->second.size) == call.arg(1);
    call.reply.out(there ? "present\n" : "absent\n");
    return 0;
}

int endAgent(const AgentCall& call) {
    if (!call.own())
        return kLockOfAnother;
    const auto found = call.change.server.attempts.find(call.attempt());
    if (found == call.change.server.attempts.end()) {
        call.reply.out("never_started\n");
        return 0;
    }
    endByForce(found->second, call.change.now);
    call.reply.out("exit " + std::to_string(found->second.status) + "\n");
    return 0;
}

/// A second engineer's run, which lives for another ten minutes.
RunLock lockOfAnother(const Clock& clock, Millis now) {
    constexpr Millis kWorks = 600000;
    const std::string since = toIso8601(clock.wall()).substr(0, 19) + "Z";
    return {"5ec04d5ec04d5ec04d5ec04d5ec04d5e", "second-engineer", "li.wei@laptop-02", since,
            now + kWorks};
}

/// The agents that answer at once.
Result<int> answerAtOnce(Practice& practice, const HostId& host, const std::string& name,
                         const Command& command, Reply& reply) {
    std::optional<Launch> launch;
    if (name == "launch") {
        auto read = readLaunch(command);
        if (!read)
            return tl::unexpected(read.error());
        launch = *std::move(read);
        if (!launch) {
            reply.err("the script did not arrive whole\n");
            return kCouldNot;
        }
    }
    const std::vector<std::string> args(command.args.begin() + 2, command.args.end());
    const Facts& facts = practice.scenario().servers.at(host).facts;
    int status = kCouldNot;
    bool broken = false;
    const auto changed = practice.change(host, [&](const Practice::Change& change) {
        const AgentCall call{command.args[0], command.args[1], args, change, reply};
        const auto fault =
            name == "lock" && call.arg(0) == "acquire" ? change.takeFault("lock") : std::nullopt;
        broken = fault && breaksLine(*fault);
        if (fault == Practice::Fault::AnotherRun)
            call.change.server.lock = lockOfAnother(practice.clock(), call.change.now);
        if (broken)
            breakLine(*fault, change.server, change.now);
        else if (name == "lock")
            status = lockAgent(call, practice.clock());
        else if (name == "file")
            status = fileAgent(call);
        else if (name == "end")
            status = endAgent(call);
        else
            status = launchAgent(call, *launch, facts);
    });
    if (!changed)
        return tl::unexpected(changed.error());
    return broken ? fail(ErrorCode::SshConnectionLost) : Result<int>(status);
}

}  // namespace

CommandResult Reply::end(int status) {
    result_.exitStatus = status;
    return std::move(result_);
}

void Reply::add(Stream stream, std::string& kept, std::string_view text) {
    if (text.empty())
        return;
    if (sink_)
        sink_(stream, text);
    const size_t room = command_.keepBytes - std::min(command_.keepBytes, kept.size());
    kept += text.substr(0, room);
    result_.truncated = result_.truncated || text.size() > room;
}

Result<int> runAgent(Practice& practice, const HostId& host, const std::string& name,
                     const Command& command, Reply& reply, const std::stop_token& stop) {
    const bool known =
        name == "lock" || name == "file" || name == "end" || name == "launch" || name == "follow";
    if (!known || command.args.size() < 2)
        return fail(ErrorCode::Internal, {}, "practice does not know the agent " + name);
    return name == "follow" ? followAgent(practice, host, command, reply, stop)
                            : answerAtOnce(practice, host, name, command, reply);
}

}  // namespace deploy::sim
