#include "support/fake_ssh_server.h"

#include <libssh/server.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QFile>
#include <QProcess>

#include "support/sshd.h"

using namespace deploy;

FakeSshServer::FakeSshServer(Conduct conduct) : conduct_(std::move(conduct)), port_(freePort()) {
    QProcess::execute("ssh-keygen",
                      {"-q", "-t", "ed25519", "-N", "", "-f", folder_.filePath("host")});
    std::atomic<bool> listening = false;
    thread_ = std::jthread([&](const std::stop_token& stop) {
        const std::string key = folder_.filePath("host").toStdString();
        ssh_bind bind = ssh_bind_new();
        const bool process = false;
        const int port = port_;
        ssh_bind_options_set(bind, SSH_BIND_OPTIONS_PROCESS_CONFIG, &process);
        ssh_bind_options_set(bind, SSH_BIND_OPTIONS_BINDADDR, "127.0.0.1");
        ssh_bind_options_set(bind, SSH_BIND_OPTIONS_BINDPORT, &port);
        ssh_bind_options_set(bind, SSH_BIND_OPTIONS_HOSTKEY, key.c_str());
        if (ssh_bind_listen(bind) != SSH_OK)
            qFatal("%s", ssh_get_error(bind));
        listening = true;
        while (!stop.stop_requested()) {
            pollfd ready = {ssh_bind_get_fd(bind), POLLIN, 0};
            if (::poll(&ready, 1, 20) <= 0)
                continue;
            ssh_session session = ssh_new();
            ++connections_;
            if (ssh_bind_accept(bind, session) == SSH_OK)
                serve(session);
            ssh_disconnect(session);
            ssh_free(session);
        }
        ssh_bind_free(bind);
    });
    while (!listening)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

FakeSshServer::~FakeSshServer() {
    thread_.request_stop();
    thread_.join();
}

Host FakeSshServer::host(const std::string& name) const {
    Host host;
    host.name = HostId(name);
    host.address = "127.0.0.1";
    host.port = port_;
    host.user = "eng";
    return host;
}

HostKey FakeSshServer::hostKey() const {
    QFile file(folder_.filePath("host.pub"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> parts = file.readAll().split(' ');
    return {parts.value(0).toStdString(), parts.value(1).toStdString()};
}

KnownHosts FakeSshServer::known() const {
    KnownHosts hosts;
    hosts.add("127.0.0.1", port_, hostKey());
    return hosts;
}

std::vector<std::string> FakeSshServer::secrets() const {
    const std::lock_guard lock(mutex_);
    return secrets_;
}

bool FakeSshServer::judge(const std::string& secret) {
    const std::lock_guard lock(mutex_);
    secrets_.push_back(secret);
    return secret == conduct_.password;
}

bool FakeSshServer::authenticate(ssh_session session) {
    size_t round = 0;
    bool right = false;
    const auto ask = [&](ssh_message message) {
        std::vector<const char*> prompts;
        std::vector<char> echo;
        for (const Question& question : conduct_.rounds[round]) {
            prompts.push_back(question.prompt.c_str());
            echo.push_back(question.echo ? 1 : 0);
        }
        ssh_message_auth_interactive_request(message, "", "", static_cast<unsigned>(prompts.size()),
                                             prompts.data(), echo.data());
    };
    for (;;) {
        ssh_message message = ssh_message_get(session);
        if (message == nullptr)
            return false;
        const std::unique_ptr<ssh_message_struct, void (*)(ssh_message)> owned(message,
                                                                               ssh_message_free);
        const int subtype = ssh_message_subtype(message);
        if (ssh_message_type(message) == SSH_REQUEST_SERVICE) {
            ssh_message_service_reply_success(message);
            continue;
        }
        if (ssh_message_type(message) == SSH_REQUEST_AUTH &&
            (subtype & conduct_.methods) == SSH_AUTH_METHOD_PASSWORD) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
            const char* password = ssh_message_auth_password(message);
#pragma GCC diagnostic pop
            if (judge(password == nullptr ? "" : password)) {
                ssh_message_auth_reply_success(message, 0);
                return true;
            }
        } else if (ssh_message_type(message) == SSH_REQUEST_AUTH &&
                   (subtype & conduct_.methods) == SSH_AUTH_METHOD_INTERACTIVE) {
            if (ssh_message_auth_kbdint_is_response(message) == 0) {
                round = 0;
                ask(message);
                continue;
            }
            for (int i = 0; i < ssh_userauth_kbdint_getnanswers(session); ++i) {
                const char* answer =
                    ssh_userauth_kbdint_getanswer(session, static_cast<unsigned>(i));
                right = judge(answer == nullptr ? "" : answer) || round > 0;
            }
            if (right && ++round == conduct_.rounds.size()) {
                ssh_message_auth_reply_success(message, 0);
                return true;
            }
            if (right || conduct_.asksAgain) {
                ask(message);
                continue;
            }
        }
        ssh_message_auth_set_methods(message, conduct_.methods);
        ssh_message_reply_default(message);
    }
}

void FakeSshServer::serve(ssh_session session) {
    const long seconds = 5;
    ssh_options_set(session, SSH_OPTIONS_TIMEOUT, &seconds);
    if (ssh_handle_key_exchange(session) != SSH_OK)
        return;
    ssh_set_auth_methods(session, conduct_.methods);
    if (!authenticate(session))
        return;
    ssh_channel channel = nullptr;
    while (ssh_message message = ssh_message_get(session)) {
        const std::unique_ptr<ssh_message_struct, void (*)(ssh_message)> owned(message,
                                                                               ssh_message_free);
        if (ssh_message_type(message) == SSH_REQUEST_CHANNEL_OPEN) {
            channel = ssh_message_channel_request_open_reply_accept(message);
        } else if (ssh_message_type(message) == SSH_REQUEST_CHANNEL && channel != nullptr &&
                   ssh_message_subtype(message) == SSH_CHANNEL_REQUEST_EXEC) {
            const std::string command = ssh_message_channel_request_command(message);
            ssh_message_channel_request_reply_success(message);
            if (conduct_.onExec)
                conduct_.onExec(session, channel, command);
        } else {
            ssh_message_reply_default(message);
        }
    }
}
