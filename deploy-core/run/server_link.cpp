#include "run/server_link.h"

#include <algorithm>
#include <sstream>

#include "run/failpoint.h"
#include "run/script_text.h"

namespace deploy {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kLockOfAnother = 10;  // exit status of the agents
constexpr seconds kFirstPatience{20};
constexpr seconds kPatience{600};
constexpr seconds kLongestPause{30};
constexpr seconds kGoodbye{10};  // for the one call that nobody can stop

bool isCut(ErrorCode code) {
    return code == ErrorCode::SshConnectionLost || code == ErrorCode::SshStalled;
}

/// May it be otherwise a moment later, without anybody doing anything?
bool mayPass(ErrorCode code) {
    return isCut(code) || code == ErrorCode::SshUnreachable || code == ErrorCode::SshNoBanner ||
           code == ErrorCode::SshHandshakeFailed || code == ErrorCode::DeadlinePassed;
}

/// The lines of lock.owner, as arguments of an error's text.
Args ownerArgs(const std::string& lines) {
    Args args;
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) {
        const auto equals = line.find('=');
        if (equals == std::string::npos)
            continue;
        const std::string key = line.substr(0, equals);
        if (key == "id")
            args["lock_id"] = line.substr(equals + 1);
        else if (key == "run" || key == "owner" || key == "since")
            args[key] = line.substr(equals + 1);
    }
    return args;
}

}  // namespace

bool isServerTrouble(ErrorCode code) {
    switch (code) {
        case ErrorCode::SshHostKeyUnknown:
        case ErrorCode::SshHostKeyChanged:
        case ErrorCode::SshHostKeyOtherType:
        case ErrorCode::SshHostKeyRevoked:
        case ErrorCode::KnownHostsCorrupt:
        case ErrorCode::SshAuthFailed:
        case ErrorCode::PasswordNotTried:
        case ErrorCode::SshKeyUnusable:
        case ErrorCode::SudoRefused:
        case ErrorCode::SudoPasswordWrong:
        case ErrorCode::ServerLocked:
        case ErrorCode::ServerLockLost:
            return true;
        default:
            return mayPass(code) && code != ErrorCode::DeadlinePassed;
    }
}

ServerLink::ServerLink(Connector& connector, const Clock& clock, const RoleScripts& scripts,
                       Host host, LinkIdentity identity, std::stop_token stop, Patience patience)
    : connector_(connector),
      clock_(clock),
      scripts_(scripts),
      host_(std::move(host)),
      identity_(std::move(identity)),
      stop_(std::move(stop)),
      patience_(patience),
      jitter_(static_cast<unsigned>(std::hash<std::string>()(host_.name.str() + identity_.lock))) {}

int64_t ServerLink::now() const {
    return std::chrono::duration_cast<milliseconds>(clock_.steady().time_since_epoch()).count();
}

void ServerLink::heard() {
    silentSince_.reset();
    heard_ = now();
}

Result<void> ServerLink::open() {
    return reach();
}

/// One connection, with the lock, or none.
Result<void> ServerLink::reachOnce() {
    failpoint("send");
    auto connected = connector_.connect(host_, stop_);
    failpoint("answer");
    if (!connected)
        return tl::unexpected(connected.error());
    if (!identity_.lock.empty()) {
        const std::vector<std::string> verb =
            locked_ ? std::vector<std::string>{"renew"}
                    : std::vector<std::string>{"acquire", identity_.owner, identity_.broken};
        auto answer = callAgent(**connected, "lock", verb, {}, {}, stop_);
        if (!answer) {
            if (answer.error().code == ErrorCode::ServerLockLost && !locked_)
                answer.error().code = ErrorCode::ServerLocked;
            return tl::unexpected(answer.error());
        }
        if (!locked_)
            brokenOwner_ = ownerArgs(answer->out);
        locked_ = true;
    }
    remote_ = *std::move(connected);
    return {};
}

Result<void> ServerLink::reach() {
    if (!silentSince_)
        silentSince_ = clock_.steady();
    for (int tries = 0;; ++tries) {
        auto reached = reachOnce();
        if (reached || !mayPass(reached.error().code) || patience_ == Patience::Once)
            return reached;
        const seconds patience = locked_ ? kPatience : kFirstPatience;
        if (clock_.steady() - *silentSince_ >= patience)
            return reached;
        if (auto paused = pause(tries); !paused)
            return paused;
    }
}

/// Longer each time, and never the same for many servers.
Result<void> ServerLink::pause(int tries) {
    const milliseconds full =
        std::min<milliseconds>(seconds(1U << std::min(tries, 5)), kLongestPause);
    const auto part =
        std::uniform_int_distribution<int64_t>(full.count() / 2, full.count())(jitter_);
    clock_.sleep(milliseconds(part), stop_);
    if (stop_.stop_requested())
        return fail(ErrorCode::Cancelled, host_.name.str());
    return {};
}

template <class Call>
auto ServerLink::repeated(const Call& call) -> decltype(call(std::declval<RemoteHost&>())) {
    /// While this lives, something is expected of the server.
    struct Expecting {
        std::atomic<int64_t>& heard;
        ~Expecting() { heard = -1; }
    };
    const Expecting expecting{heard_};
    heard_ = now();
    for (int cuts = 0;; ++cuts) {
        if (!remote_)
            if (auto reached = reach(); !reached)
                return tl::unexpected(reached.error());
        failpoint("send");
        auto result = call(*remote_);
        failpoint("answer");
        if (result || !isCut(result.error().code)) {
            silentSince_.reset();
            return result;
        }
        remote_.reset();
        if (!silentSince_)
            silentSince_ = clock_.steady();
        // A line that comes back each time, only to be cut again before a byte arrived.
        if (patience_ == Patience::Once || clock_.steady() - *silentSince_ >= kPatience)
            return result;
        if (cuts > 0)
            if (auto paused = pause(cuts - 1); !paused)
                return tl::unexpected(paused.error());
    }
}

Result<CommandResult> ServerLink::run(const Command& command, const OutputSink& sink) {
    return repeated([&](RemoteHost& remote) {
        return remote.run(
            command,
            [&](Stream stream, std::string_view bytes) {
                heard();
                if (sink)
                    sink(stream, bytes);
            },
            stop_);
    });
}

Result<UploadResult> ServerLink::put(const Upload& upload, const ByteProgress& progress) {
    return repeated([&](RemoteHost& remote) {
        return remote.put(
            upload,
            [&](uint64_t done, uint64_t total) {
                heard();
                if (progress)
                    progress(done, total);
            },
            stop_);
    });
}

Result<CommandResult> ServerLink::callAgent(RemoteHost& remote, const std::string& name,
                                            std::vector<std::string> args, const std::string& input,
                                            const OutputSink& sink, const std::stop_token& stop) {
    Command command;
    auto text = agentText(scripts_, name);
    if (!text)
        return tl::unexpected(text.error());
    command.script = *std::move(text);
    command.args = {identity_.run, identity_.lock};
    command.args.insert(command.args.end(), args.begin(), args.end());
    command.input = input;
    command.privilege = Privilege::Root;
    command.keepBytes = 64U << 10U;
    command.deadline = stop.stop_possible() ? milliseconds(0) : kGoodbye;
    auto result = remote.run(command, sink, stop);
    if (!result || result->exitStatus == 0)
        return result;
    if (result->exitStatus == kLockOfAnother)
        return fail(ErrorCode::ServerLockLost, host_.name.str(), {}, ownerArgs(result->err));
    return fail(ErrorCode::RemoteCommandFailed, host_.name.str(), result->err,
                {{"exit_status", std::to_string(result->exitStatus)}, {"agent", name}});
}

Result<CommandResult> ServerLink::agent(const std::string& name, const Arguments& prepare,
                                        const std::string& input, const OutputSink& sink) {
    return repeated([&](RemoteHost& remote) {
        return callAgent(
            remote, name, prepare(), input,
            [&](Stream stream, std::string_view bytes) {
                heard();
                if (sink)
                    sink(stream, bytes);
            },
            stop_);
    });
}

Result<CommandResult> ServerLink::lastCall(Command command) {
    if (!remote_)
        return fail(ErrorCode::SshConnectionLost, host_.name.str());
    command.deadline = kGoodbye;
    return remote_->run(command, {}, {});
}

Result<void> ServerLink::renewLock() {
    return agent("lock", [] { return std::vector<std::string>{"renew"}; })
        .map([](const CommandResult&) {});
}

void ServerLink::releaseLock(Leave leave) {
    if (!remote_ || !locked_)
        return;
    failpoint("send");
    (void)callAgent(*remote_, "lock", {"release", leave == Leave::Files ? "keep" : "wipe"}, {}, {},
                    {});
    failpoint("answer");
    locked_ = false;
}

}  // namespace deploy
