#pragma once

#include <libssh/libssh.h>

#include <QTemporaryDir>
#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "inventory/host.h"
#include "remote/known_hosts.h"

/// An SSH server on 127.0.0.1 that says what a test wants, also what no honest server would.
/// It takes one connection after the other and records every secret that it was given.
class FakeSshServer {
public:
    struct Question {
        std::string prompt;
        bool echo = false;
    };
    struct Conduct {
        int methods = SSH_AUTH_METHOD_PASSWORD;
        std::string password = "right";
        /// Rounds of keyboard-interactive; the first answer of the first round is the password.
        std::vector<std::vector<Question>> rounds = {{{"Password: ", false}}};
        /// Ask the rounds again after a wrong answer instead of refusing.
        bool asksAgain = false;
        /// Runs in place of a command, with the channel on which it was asked for.
        std::function<void(ssh_session, ssh_channel, const std::string& command)> onExec;
    };

    explicit FakeSshServer(Conduct conduct);
    ~FakeSshServer();

    deploy::Host host(const std::string& name = "s1") const;
    deploy::HostKey hostKey() const;
    deploy::KnownHosts known() const;
    std::vector<std::string> secrets() const;
    int connections() const { return connections_; }

private:
    void run(const std::stop_token& stop);
    void serve(ssh_session session);
    bool authenticate(ssh_session session);
    bool judge(const std::string& secret);

    Conduct conduct_;
    QTemporaryDir folder_;
    uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> secrets_;
    std::atomic<int> connections_ = 0;
    std::jthread thread_;
};
