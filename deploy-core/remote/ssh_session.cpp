#include "remote/ssh_session.h"

#include <fcntl.h>
#include <libssh/server.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>

namespace deploy {

namespace {

// AES first: libssh's own order begins with chacha20, a quarter slower where the CPU has AES.
constexpr const char* kCiphers =
    "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,"
    "aes128-ctr,aes192-ctr,aes256-ctr";
constexpr const char* kKeyExchanges =
    "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,"
    "ecdh-sha2-nistp521,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,"
    "diffie-hellman-group14-sha256";
constexpr const char* kMacs =
    "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";
constexpr std::array<std::string_view, 5> kHostKeyTypes = {
    "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa"};

/// Signature algorithms for the types, those in `first` before the others.
std::string hostKeyAlgorithms(const std::vector<std::string>& first) {
    std::vector<std::string> types = first;
    types.insert(types.end(), kHostKeyTypes.begin(), kHostKeyTypes.end());
    std::string list;
    for (const std::string& type : types) {
        // An RSA key signs with SHA-2; its SHA-1 signature is not accepted.
        const std::string algorithms = type == "ssh-rsa" ? "rsa-sha2-512,rsa-sha2-256" : type;
        if (("," + list + ",").find("," + algorithms + ",") == std::string::npos)
            list += (list.empty() ? "" : ",") + algorithms;
    }
    return list;
}

bool configure(ssh_session session, int socket, const std::string& user,
               const std::vector<std::string>& hostKeyTypes) {
    const bool processConfig = false;
    const std::string algorithms = hostKeyAlgorithms(hostKeyTypes);
    const auto set = [&](ssh_options_e option, const void* value) {
        return ssh_options_set(session, option, value) == SSH_OK;
    };
    return set(SSH_OPTIONS_PROCESS_CONFIG, &processConfig) && set(SSH_OPTIONS_HOST, "server") &&
           // Without a folder libssh looks the home of the laptop's user up.
           set(SSH_OPTIONS_USER, user.c_str()) && set(SSH_OPTIONS_SSH_DIR, "/dev/null") &&
           set(SSH_OPTIONS_KNOWNHOSTS, "/dev/null") &&
           set(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null") && set(SSH_OPTIONS_FD, &socket) &&
           set(SSH_OPTIONS_CIPHERS_C_S, kCiphers) && set(SSH_OPTIONS_CIPHERS_S_C, kCiphers) &&
           set(SSH_OPTIONS_HMAC_C_S, kMacs) && set(SSH_OPTIONS_HMAC_S_C, kMacs) &&
           set(SSH_OPTIONS_KEY_EXCHANGE, kKeyExchanges) && set(SSH_OPTIONS_COMPRESSION, "none") &&
           set(SSH_OPTIONS_HOSTKEYS, algorithms.c_str());
}

/// A server asks us for nothing: 1 refuses channels and requests of its own, which libssh would
/// collect otherwise.
int refuse(ssh_session, ssh_message, void*) {
    return 1;
}

void setNonBlocking(int fd) {
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

}  // namespace

void SshSessionFree::operator()(ssh_session session) const {
    // libssh closes a socket that failed, and leaves one that was given to it open.
    const int socket = ssh_get_fd(session);
    ssh_disconnect(session);
    ssh_free(session);
    if (socket >= 0)
        ::close(socket);
}

Result<std::unique_ptr<SshSession>> SshSession::handshake(
    Descriptor socket, const std::string& user, const std::vector<std::string>& hostKeyTypes,
    SteadyTime deadline, const std::stop_token& stop) {
    std::unique_ptr<SshSession> self(new SshSession);
    int type = 0;
    socklen_t length = sizeof type;
    self->tcp_ = ::getsockopt(socket.get(), SOL_SOCKET, SO_DOMAIN, &type, &length) == 0 &&
                 (type == AF_INET || type == AF_INET6);
    std::unique_ptr<ssh_session_struct, void (*)(ssh_session)> fresh(ssh_new(), ssh_free);
    if (!fresh || !configure(fresh.get(), socket.get(), user, hostKeyTypes))
        return fail(ErrorCode::SshHandshakeFailed, {}, fresh ? ssh_get_error(fresh.get()) : "");
    ssh_set_blocking(fresh.get(), 0);
    ssh_set_message_callback(fresh.get(), refuse, nullptr);
    ssh_set_counters(fresh.get(), &self->traffic_, nullptr);
    ssh_connect(fresh.get());
    const int fd = socket.release();
    self->session_.reset(fresh.release());
    self->event_.reset(ssh_event_new());
    ssh_event_add_session(self->event_.get(), self->raw());

    const auto connected =
        self->complete([&] { return ssh_connect(self->raw()); }, SSH_AGAIN, deadline, stop);
    if (!connected)
        return tl::unexpected(connected.error());
    if (*connected != SSH_OK) {
        const std::string problem = self->problem();
        const bool broken = problem.find("Socket error") != std::string::npos;
        return fail(broken ? ErrorCode::SshConnectionLost : ErrorCode::SshHandshakeFailed, {},
                    problem);
    }
    // libssh makes the socket blocking on its own; a full send buffer must not hold a caller up.
    setNonBlocking(fd);
    return self;
}

Result<HostKey> SshSession::hostKey() const {
    ssh_key key = nullptr;
    if (ssh_get_server_publickey(raw(), &key) != SSH_OK)
        return fail(ErrorCode::SshHandshakeFailed, {}, problem());
    char* base64 = nullptr;
    const bool exported = ssh_pki_export_pubkey_base64(key, &base64) == SSH_OK;
    const ssh_keytypes_e type = ssh_key_type(key);
    HostKey result;
    if (exported)
        result = {ssh_key_type_to_char(type), base64};
    ssh_string_free_char(base64);
    ssh_key_free(key);
    if (!exported)
        return fail(ErrorCode::SshHandshakeFailed, {}, "host key");
    return result;
}

std::string SshSession::problem() const {
    return ssh_get_error(raw());
}

pollfd SshSession::wanted() const {
    const int flags = ssh_get_poll_flags(raw());
    const int out = (flags & SSH_WRITE_PENDING) != 0 ? POLLOUT : 0;
    return {ssh_get_fd(raw()), static_cast<short>(POLLIN | out), 0};
}

void SshSession::process() {
    if (tcp_ && alive()) {
        // sshd's small packets wait for our acknowledgement, which the kernel likes to delay 40 ms.
        const int on = 1;
        ::setsockopt(ssh_get_fd(raw()), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
    }
    ssh_event_dopoll(event_.get(), 0);
}

bool SshSession::writing() const {
    return (ssh_get_poll_flags(raw()) & SSH_WRITE_PENDING) != 0;
}

Result<std::chrono::microseconds> SshSession::roundTrip(SteadyTime deadline,
                                                        const std::stop_token& stop) {
    const std::unique_ptr<ssh_channel_struct, void (*)(ssh_channel)> channel(ssh_channel_new(raw()),
                                                                             ssh_channel_free);
    const auto begin = std::chrono::steady_clock::now();
    const auto opened = complete([&] { return ssh_channel_open_session(channel.get()); }, SSH_AGAIN,
                                 deadline, stop);
    if (!opened)
        return tl::unexpected(opened.error());
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                                 begin);
}

Result<int> SshSession::complete(const std::function<int()>& attempt, int again,
                                 SteadyTime deadline, const std::stop_token& stop) {
    Waiter waiter(stop);
    for (;;) {
        const int answer = attempt();
        if (answer != again)
            return answer;
        if (!alive())
            return fail(ErrorCode::SshConnectionLost, {}, problem());
        if (passed(deadline))
            return fail(ErrorCode::SshStalled);
        std::array<pollfd, 1> ready = {wanted()};
        if (!waiter.wait(ready, deadline))
            return fail(ErrorCode::Cancelled);
        process();
    }
}

}  // namespace deploy
