#include "remote/ssh_host.h"

#include <algorithm>

namespace deploy {

namespace {

/// $1 the file, $2 the limit. One byte over the limit tells that there is more.
constexpr const char* kGetScript = R"sh(
[ -e "$1" ] || exit 66
[ -f "$1" ] && [ -r "$1" ] || exit 67
head -c "$2" < "$1"
)sh";
constexpr int kMissing = 66;
constexpr int kUnreadable = 67;

}  // namespace

SshHost::SshHost(Host host, std::shared_ptr<SessionMaker> maker, SshConnection connection)
    : host_(std::move(host)), maker_(std::move(maker)), connection_(std::move(connection)) {}

Error SshHost::placed(Error error) {
    if (error.code == ErrorCode::SudoPasswordWrong)
        maker_->passwords().refused(host_.name, PasswordGate::For::Sudo);
    error.where = host_.name.str();
    return error;
}

Result<RemoteExec::Order> SshHost::order(const Command& command, const OutputSink& sink) const {
    RemoteExec::Order order;
    order.elevation = elevationFor(command.privilege, host_.sudo);
    if (order.elevation == Elevation::SudoPassword) {
        if (maker_->passwords().hasRefused(host_.name, PasswordGate::For::Sudo))
            return fail(ErrorCode::SudoPasswordWrong);
        if (auto open = maker_->passwords().open(host_.name, PasswordGate::For::Sudo); !open)
            return tl::unexpected(open.error());
        const Credential credential = maker_->credentialOf(host_.name);
        order.sudoPassword = credential.sudo.empty() ? credential.password : credential.sudo;
        if (order.sudoPassword.reveal().find('\n') != std::string_view::npos)
            return fail(ErrorCode::ValueInvalid, {}, "sudo password");
    }
    auto wire = wireCommand(command.script, command.args, order.elevation, randomToken());
    if (!wire)
        return tl::unexpected(wire.error());
    order.wire = std::move(*wire);
    order.sink = sink;
    order.keepBytes = command.keepBytes;
    order.stall = command.stall;
    order.deadline = deadlineAfter(command.deadline);
    return order;
}

Result<CommandResult> SshHost::run(const Command& command, const OutputSink& sink,
                                   const std::stop_token& stop) {
    auto prepared = order(command, sink);
    if (!prepared)
        return tl::unexpected(placed(prepared.error()));
    if (!command.input.empty())
        prepared->input = inputOf(command.input);
    const Elevation elevation = prepared->elevation;
    RemoteExec exec(*connection_.session, std::move(*prepared));
    auto result = runToEnd(exec, stop);
    if (exec.roundTrip().count() > 0)
        roundTrip_ = std::min(roundTrip_, exec.roundTrip());
    if (!result)
        return tl::unexpected(placed(result.error()));
    if (exec.begun() && elevation == Elevation::SudoPassword)
        maker_->passwords().acceptedSudo(host_.name);
    return result;
}

Result<std::string> SshHost::get(const std::string& path, uint64_t limitBytes, Privilege privilege,
                                 const std::stop_token& stop) {
    Command command;
    command.script = kGetScript;
    command.args = {path, std::to_string(limitBytes + 1)};
    command.privilege = privilege;
    command.keepBytes = limitBytes + 1;
    auto result = run(command, {}, stop);
    if (!result)
        return tl::unexpected(result.error());
    const std::string where = host_.name.str() + ":" + path;
    if (result->exitStatus == kMissing)
        return fail(ErrorCode::FileNotFound, where);
    if (result->exitStatus == kUnreadable)
        return fail(ErrorCode::FileUnreadable, where);
    if (result->exitStatus != 0)
        return fail(ErrorCode::RemoteCommandFailed, where, result->err,
                    {{"exit_status", std::to_string(result->exitStatus)}});
    if (result->out.size() > limitBytes)
        return fail(ErrorCode::FileTooLarge, where, {},
                    {{"limit_bytes", std::to_string(limitBytes)}});
    return std::move(result->out);
}

}  // namespace deploy
