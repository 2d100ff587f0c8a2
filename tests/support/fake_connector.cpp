#include "support/fake_connector.h"

#include <sstream>

namespace deploy {

namespace {

/// The word behind "#: <key> " in the script's first lines.
std::string header(const std::string& script, const std::string& key) {
    std::istringstream lines(script);
    const std::string begin = "#: " + key + " ";
    for (std::string line; std::getline(lines, line) && line.starts_with("#: ");)
        if (line.starts_with(begin))
            return line.substr(begin.size());
    return {};
}

class FakeHost final : public RemoteHost {
public:
    FakeHost(FakeConnector& connector, HostId host)
        : connector_(connector), host_(std::move(host)) {}

    Result<CommandResult> run(const Command& command, const OutputSink& sink,
                              const std::stop_token& stop) override {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (cut_)
            return fail(ErrorCode::SshConnectionLost);
        auto result = connector_.answer(host_, command, sink);
        cut_ = !result;
        return result;
    }
    Result<UploadResult> put(const Upload& upload, const ByteProgress& progress,
                             const std::stop_token& stop) override {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (cut_)
            return fail(ErrorCode::SshConnectionLost);
        auto result = connector_.receive(host_, upload);
        cut_ = !result;
        if (result && progress)
            progress(upload.size, upload.size);
        return result;
    }
    Result<std::string> get(const std::string&, uint64_t, Privilege,
                            const std::stop_token&) override {
        return fail(ErrorCode::FileNotFound);
    }

private:
    FakeConnector& connector_;
    HostId host_;
    bool cut_ = false;
};

}  // namespace

Result<std::unique_ptr<RemoteHost>> FakeConnector::connect(const Host& host,
                                                           const std::stop_token& stop) {
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    const auto cutHere = count(host.name.str() + " connect");
    const std::lock_guard lock(mutex_);
    ++servers[host.name].connects;
    if (refuse)
        if (auto error = refuse(host.name))
            return tl::unexpected(*error);
    if (cutHere)
        return fail(ErrorCode::SshUnreachable, host.name.str());
    return std::make_unique<FakeHost>(*this, host.name);
}

std::optional<Cut> FakeConnector::count(const std::string& what) {
    if (before)
        before(what);
    const std::lock_guard lock(mutex_);
    sent_.push_back(what);
    ++calls_;
    return cut ? cut(calls_) : std::nullopt;
}

std::vector<std::string> FakeConnector::sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
}

FakeScript FakeConnector::behaviour(const HostId& host, const std::string& script) const {
    for (const std::string& key : {host.str() + " " + script, script})
        if (const auto found = scripts.find(key); found != scripts.end())
            return found->second;
    return {};
}

Result<CommandResult> FakeConnector::answer(const HostId& host, const Command& command,
                                            const OutputSink& sink) {
    const std::string agentName = header(command.script, "agent");
    const std::string script = header(command.script, "script");
    const std::string action = header(command.script, "action");
    std::string what = host.str() + " ";
    if (agentName.empty())
        what += action + " " + script;
    else
        what += agentName + (command.args.size() > 2 ? " " + command.args[2] : "");
    const auto cutHere = count(what);
    if (cutHere && cutHere->when != Cut::When::AfterAnswer)
        return fail(ErrorCode::SshConnectionLost);
    const std::lock_guard lock(mutex_);
    Server& server = servers[host];
    server.lastInput = command.input;
    CommandResult result = agentName.empty() ? direct(server, host, script, action)
                                             : agent(server, host, agentName, command);
    if (cutHere)
        return fail(ErrorCode::SshConnectionLost);
    if (sink && !result.out.empty())
        sink(Stream::Out, result.out);
    if (sink && !result.err.empty())
        sink(Stream::Err, result.err);
    return result;
}

Result<UploadResult> FakeConnector::receive(const HostId& host, const Upload& upload) {
    const auto cutHere = count(host.str() + " put " + upload.destination);
    if (cutHere && cutHere->when != Cut::When::AfterAnswer)
        return fail(ErrorCode::SshConnectionLost);
    const std::lock_guard lock(mutex_);
    std::string& there = servers[host].files[upload.destination];
    UploadResult result;
    result.alreadyThere = there == upload.sha256;
    result.sentBytes = result.alreadyThere ? 0 : upload.size;
    there = upload.sha256;
    if (cutHere)
        return fail(ErrorCode::SshConnectionLost);
    return result;
}

CommandResult FakeConnector::direct(Server& server, const HostId& host, const std::string& script,
                                    const std::string& action) {
    CommandResult result;
    if (action == "verify") {
        const bool yes = server.verified[script]++ >= behaviour(host, script).verifiesAfter;
        result.exitStatus = yes ? 0 : 1;
        result.out = yes ? "ready\n" : "not ready yet\n";
    } else {
        result.exitStatus = server.applied.contains(script) ? 0 : 1;
        result.out = result.exitStatus == 0 ? "so\n" : "not so\n";
    }
    return result;
}

/// Lets an attempt take effect when its time has come.
void FakeConnector::pass(Server& server, const HostId& host, Attempt& attempt) {
    if (attempt.effected || now() < attempt.endsAtMs || attempt.word == "lost" ||
        attempt.word == "rebooted")
        return;
    attempt.effected = true;
    const FakeScript how = behaviour(host, attempt.script);
    const bool apply = attempt.action == "apply";
    if (apply && server.applied.contains(attempt.script)) {
        attempt.word = "exit 100";
        return;
    }
    if (how.applyStatus != 0 || how.lies) {
        attempt.word = "exit " + std::to_string(how.lies ? 101 : how.applyStatus);
        return;
    }
    if (apply) {
        server.applied.insert(attempt.script);
        ++server.applies[attempt.script];
    } else {
        server.applied.erase(attempt.script);
    }
    attempt.word = "exit 0";
}

CommandResult FakeConnector::agent(Server& server, const HostId& host, const std::string& name,
                                   const Command& command) {
    CommandResult result;
    const auto& args = command.args;
    const bool mine = server.lockRun == args[0] && server.lockId == args[1];
    if (name == "lock" && args[2] == "acquire") {
        const bool free = server.lockRun.empty() || server.lockRun == args[0];
        if (free || server.lockId == args[4]) {
            result.out = "acquired\n";
            if (!free)
                result.out +=
                    "id=" + server.lockId + "\nrun=" + server.lockRun + "\nowner=b@other\n";
            server.lockRun = args[0];
            server.lockId = args[1];
            return result;
        }
    }
    if (name == "file") {
        result.out = server.files.contains(args[2]) ? "present\n" : "absent\n";
        return result;
    }
    if (!mine) {
        result.exitStatus = 10;
        result.err = "id=" + server.lockId + "\nrun=" + server.lockRun +
                     "\nowner=b@other\nsince=2026-01-01T00:00:00Z\n";
        return result;
    }
    if (name == "lock") {
        if (args[2] == "release")
            server.lockRun.clear();
        result.out = args[2] == "release" ? "released\n" : "renewed\n";
        return result;
    }
    const std::string key = args[0] + "/" + args[2] + "/" + args[3];
    if (name == "launch") {
        if (!server.attempts.contains(key)) {
            const std::string text = command.input.substr(command.input.find("#: script "));
            Attempt attempt;
            attempt.script = header(text, "script");
            attempt.action = header(text, "action");
            FakeScript& how = scripts[scripts.contains(host.str() + " " + attempt.script)
                                          ? host.str() + " " + attempt.script
                                          : attempt.script];
            attempt.endsAtMs = now() + std::chrono::milliseconds(how.runsFor).count();
            attempt.log = how.output;
            attempt.word = std::exchange(how.fate, {});
            server.attempts[key] = attempt;
        }
        result.out = "started\n";
        return result;
    }
    if (!server.attempts.contains(key)) {
        result.err = "never_started\n";
        return result;
    }
    Attempt& attempt = server.attempts[key];
    if (name == "end") {
        attempt.word = "exit 143";
        attempt.effected = true;
        result.out = "exit 143\n";
        return result;
    }
    const int64_t begin =
        attempt.endsAtMs -
        std::chrono::milliseconds(behaviour(host, attempt.script).runsFor).count();
    const int64_t deadline = begin + 1000 * std::stoll(args[5]);
    if (now() < attempt.endsAtMs && attempt.word.empty())
        result.err = "running " + std::to_string((now() - begin) / 1000) + "\n";
    const int64_t until = std::min(attempt.endsAtMs, deadline);
    if (now() < until && attempt.word.empty())
        clock_.sleep(std::chrono::milliseconds(until - now()), {});
    result.out = attempt.log.substr(std::min(attempt.log.size(), size_t(std::stoul(args[4]))));
    pass(server, host, attempt);
    if (attempt.word.empty())
        result.err += "running " + args[5] + "\ndeadline " + args[5] + "\n";
    else
        result.err += attempt.word + "\n";
    return result;
}

}  // namespace deploy
