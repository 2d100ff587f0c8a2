#include "remote/jump_server.h"

#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>
#include <list>
#include <vector>

namespace deploy {

struct JumpServer::Request {
    std::string address;
    uint16_t port = 0;
    Descriptor inner;                                 ///< the thread's end of the socket pair
    std::optional<tl::expected<void, Error>> answer;  ///< guarded by mutex_
};

/// One channel and the thread's end of the socket pair that the inner session talks to.
class JumpServer::Tunnel {
public:
    Tunnel(SshSession& session, std::shared_ptr<Request> request)
        : session_(session),
          request_(std::move(request)),
          fd_(std::move(request_->inner)),
          channel_(ssh_channel_new(session.raw())) {}
    ~Tunnel() {
        if (channel_ != nullptr)
            ssh_channel_free(channel_);
    }
    Tunnel(const Tunnel&) = delete;
    Tunnel& operator=(const Tunnel&) = delete;

    /// Given back when the channel is open or refused, once.
    std::shared_ptr<Request> opened(tl::expected<void, Error>& answer) {
        if (!request_)
            return nullptr;
        const int rc = channel_ == nullptr
                           ? SSH_ERROR
                           : ssh_channel_open_forward(channel_, request_->address.c_str(),
                                                      request_->port, "127.0.0.1", 0);
        if (rc == SSH_AGAIN && session_.alive())
            return nullptr;
        if (rc != SSH_OK) {
            ended_ = true;
            answer = session_.alive() ? fail(ErrorCode::SshUnreachable, {}, session_.problem())
                                      : fail(ErrorCode::SshConnectionLost, {}, session_.problem());
        }
        return std::move(request_);
    }

    void carry() {
        if (request_ || ended_)
            return;
        carryOut();
        carryIn();
    }

    bool ended() const { return ended_; }
    bool waitsForSocket() const { return waitsForSocket_; }
    pollfd wanted() const {
        const int in = request_ || inEnded_ || !toServer_.empty() ? 0 : POLLIN;
        const int out = toClient_.empty() ? 0 : POLLOUT;
        return {fd_.get(), static_cast<short>(in | out), 0};
    }

private:
    static constexpr size_t kPiece = 64U << 10U;

    void carryOut() {
        waitsForSocket_ = false;
        while (!inEnded_ || !toServer_.empty()) {
            if (toServer_.empty()) {
                toServer_.resize(kPiece);
                const ssize_t n = ::recv(fd_.get(), toServer_.data(), kPiece, MSG_DONTWAIT);
                toServer_.resize(n > 0 ? static_cast<size_t>(n) : 0);
                if (n < 0 && (errno == EAGAIN || errno == EINTR))
                    return;
                if (n <= 0) {
                    inEnded_ = true;
                    ssh_channel_send_eof(channel_);
                    return;
                }
            }
            waitsForSocket_ = session_.writing();
            if (waitsForSocket_)
                return;
            const int taken = ssh_channel_write(channel_, toServer_.data(),
                                                static_cast<uint32_t>(toServer_.size()));
            if (taken <= 0)
                return;
            toServer_.erase(0, static_cast<size_t>(taken));
        }
    }

    void carryIn() {
        for (;;) {
            if (toClient_.empty()) {
                toClient_.resize(kPiece);
                const int n = ssh_channel_read_nonblocking(channel_, toClient_.data(), kPiece, 0);
                toClient_.resize(n > 0 ? static_cast<size_t>(n) : 0);
                if (n < 0 || (n == 0 && ssh_channel_is_eof(channel_) != 0))
                    ended_ = true;
                if (n <= 0)
                    return;
            }
            const ssize_t sent =
                ::send(fd_.get(), toClient_.data(), toClient_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent < 0 && errno != EAGAIN && errno != EINTR)
                ended_ = true;
            if (sent <= 0)
                return;
            toClient_.erase(0, static_cast<size_t>(sent));
        }
    }

    SshSession& session_;
    std::shared_ptr<Request> request_;
    Descriptor fd_;
    ssh_channel channel_;
    std::string toServer_;
    std::string toClient_;
    bool inEnded_ = false;
    bool ended_ = false;
    bool waitsForSocket_ = false;
};

JumpServer::JumpServer(SshConnection connection)
    : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      connection_(std::move(connection)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

JumpServer::~JumpServer() {
    thread_.request_stop();
    thread_.join();
}

void JumpServer::wake() const {
    ::eventfd_write(wake_.get(), 1);
}

Result<Descriptor> JumpServer::open(const std::string& address, uint16_t port, SteadyTime deadline,
                                    const std::stop_token& stop) {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair.data()) != 0)
        return fail(ErrorCode::SshUnreachable);
    Descriptor outer(pair[0]);
    const auto request = std::make_shared<Request>();
    request->address = address;
    request->port = port;
    request->inner = Descriptor(pair[1]);

    std::unique_lock lock(mutex_);
    requests_.push_back(request);
    wake();
    const bool done = answered_.wait_until(lock, stop, deadline,
                                           [&] { return request->answer.has_value() || !alive_; });
    // A request that is given up ends by itself: its socket's other end closes here.
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (!done)
        return fail(ErrorCode::SshUnreachable, {}, "the jump server did not answer");
    if (!request->answer)
        return fail(ErrorCode::SshConnectionLost);
    if (!*request->answer)
        return tl::unexpected(request->answer->error());
    return outer;
}

void JumpServer::run(const std::stop_token& stop) {
    SshSession& session = *connection_.session;
    std::list<Tunnel> tunnels;
    Waiter waiter(stop);
    while (!stop.stop_requested() && session.alive()) {
        {
            const std::lock_guard lock(mutex_);
            for (; !requests_.empty(); requests_.pop_front())
                tunnels.emplace_back(session, std::move(requests_.front()));
        }
        // Each tunnel's calls read and write for the others too, and the socket tells only once.
        uint64_t seen = 0;
        bool waiting = false;
        do {
            seen = session.received();
            waiting = false;
            for (Tunnel& tunnel : tunnels) {
                tl::expected<void, Error> answer;
                if (const auto request = tunnel.opened(answer)) {
                    const std::lock_guard lock(mutex_);
                    request->answer = std::move(answer);
                    answered_.notify_all();
                }
                tunnel.carry();
                waiting = waiting || tunnel.waitsForSocket();
            }
        } while (session.received() != seen || (waiting && !session.writing()));
        tunnels.remove_if([](const Tunnel& tunnel) { return tunnel.ended(); });

        std::vector<pollfd> ready = {{wake_.get(), POLLIN, 0}, session.wanted()};
        for (const Tunnel& tunnel : tunnels)
            ready.push_back(tunnel.wanted());
        if (!waiter.wait(ready, SteadyTime::max()))
            break;
        if (ready[0].revents != 0) {
            uint64_t count = 0;
            ::eventfd_read(wake_.get(), &count);
        }
        if (ready[1].revents != 0)
            session.process();
    }
    tunnels.clear();
    const std::lock_guard lock(mutex_);
    alive_ = false;
    requests_.clear();
    answered_.notify_all();
}

}  // namespace deploy
