#include "remote/exec_channel.h"

#include <array>
#include <csignal>

namespace deploy {

namespace {

int signalNumber(std::string_view name) {
    struct Row {
        std::string_view name;
        int number;
    };
    constexpr std::array kSignals = {
        Row{"HUP", SIGHUP},   Row{"INT", SIGINT},   Row{"QUIT", SIGQUIT}, Row{"ILL", SIGILL},
        Row{"ABRT", SIGABRT}, Row{"FPE", SIGFPE},   Row{"KILL", SIGKILL}, Row{"SEGV", SIGSEGV},
        Row{"PIPE", SIGPIPE}, Row{"ALRM", SIGALRM}, Row{"TERM", SIGTERM}, Row{"USR1", SIGUSR1},
        Row{"USR2", SIGUSR2}};
    for (const Row& row : kSignals)
        if (row.name == name)
            return row.number;
    return 0;
}

}  // namespace

ExecChannel::ExecChannel(SshSession& session, std::string request)
    : session_(session), request_(std::move(request)), channel_(ssh_channel_new(session.raw())) {
    callbacks_.userdata = this;
    callbacks_.channel_data_function = onData;
    callbacks_.channel_close_function = onClose;
    callbacks_.channel_exit_status_function = onExitStatus;
    callbacks_.channel_exit_signal_function = onExitSignal;
    ssh_callbacks_init(&callbacks_);
    if (channel_ != nullptr)
        ssh_add_channel_callbacks(channel_, &callbacks_);
}

ExecChannel::~ExecChannel() {
    if (channel_ == nullptr)
        return;
    // libssh keeps a channel until the server has closed it as well, and would call back.
    ssh_remove_channel_callbacks(channel_, &callbacks_);
    ssh_channel_free(channel_);
}

ExecChannel::State ExecChannel::open() {
    if (channel_ == nullptr)
        return State::Refused;
    if (step_ == Step::Channel) {
        const int rc = ssh_channel_open_session(channel_);
        if (rc == SSH_AGAIN)
            return State::Opening;
        if (rc != SSH_OK)
            return State::Refused;
        step_ = Step::Request;
    }
    if (step_ == Step::Request) {
        // Input may follow at once; the answer to the request is awaited beside it.
        const int rc = ssh_channel_request_exec(channel_, request_.c_str());
        if (rc == SSH_ERROR)
            return State::Refused;
        if (rc == SSH_OK)
            step_ = Step::Accepted;
    }
    return State::Open;
}

size_t ExecChannel::write(std::string_view bytes) {
    // More than the socket takes would only pile up in libssh.
    if (bytes.empty() || session_.writing() || closed_)
        return 0;
    const int written =
        ssh_channel_write(channel_, bytes.data(), static_cast<uint32_t>(bytes.size()));
    return written > 0 ? static_cast<size_t>(written) : 0;
}

void ExecChannel::sendEof() {
    ssh_channel_send_eof(channel_);
}

int ExecChannel::onData(ssh_session, ssh_channel, void* data, uint32_t length, int isErr,
                        void* self) {
    auto* channel = static_cast<ExecChannel*>(self);
    (isErr != 0 ? channel->err_ : channel->out_).append(static_cast<const char*>(data), length);
    return static_cast<int>(length);
}

void ExecChannel::onClose(ssh_session, ssh_channel, void* self) {
    static_cast<ExecChannel*>(self)->closed_ = true;
}

void ExecChannel::onExitStatus(ssh_session, ssh_channel, int status, void* self) {
    static_cast<ExecChannel*>(self)->exitStatus_ = status;
}

void ExecChannel::onExitSignal(ssh_session, ssh_channel, const char* signal, int, const char*,
                               const char*, void* self) {
    static_cast<ExecChannel*>(self)->exitStatus_ = 128 + signalNumber(signal);
}

}  // namespace deploy
