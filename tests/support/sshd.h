#pragma once

#include <sys/types.h>

#include <QProcess>
#include <QTemporaryDir>
#include <memory>
#include <string>
#include <vector>

#include "inventory/credentials.h"
#include "inventory/host.h"
#include "remote/known_hosts.h"

/// A real OpenSSH server on 127.0.0.1 with keys and a configuration of its own, for the user who
/// runs the test. It ends with the object.
class TestSshd {
public:
    /// Why it cannot be started on this machine; empty when it can.
    static QString missing();

    /// `config` lines come before the defaults, so they win (sshd takes the first value).
    explicit TestSshd(const QString& config = {}, const QString& hostKeyType = "ed25519");
    ~TestSshd();

    uint16_t port() const { return port_; }
    deploy::HostKey hostKey() const;
    /// Private key that the server takes; `passphrase` makes one that is protected by it.
    QString clientKey() const { return folder_.filePath("client"); }
    QString addClientKey(const QString& passphrase);
    QString folder() const { return folder_.path(); }
    QString log() const;

    /// The server as an inventory has it, by key and as the current user (root if that is root).
    deploy::Host host(const std::string& name = "s1") const;
    /// Known hosts with this server's key.
    deploy::KnownHosts known() const;

    void start();
    void stop();
    void replaceHostKey(const QString& type);
    /// Starts anew with one more line.
    void addConfig(const QString& line);
    /// The processes that serve connections now.
    std::vector<pid_t> sessions() const;

private:
    QTemporaryDir folder_;
    QString config_;
    QString hostKeyType_;
    uint16_t port_ = 0;
    QProcess process_;
};

/// A TCP port of 127.0.0.1 that nobody listens on now.
uint16_t freePort();
/// The name of the user who runs the test.
std::string currentUser();
