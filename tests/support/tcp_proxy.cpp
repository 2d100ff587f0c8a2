#include "support/tcp_proxy.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kPiece = 64U << 10U;
/// What one direction holds at most, in bytes: a line has its own memory.
constexpr size_t kHeld = 32U << 20U;

sockaddr_in loopback(uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void prepare(int fd) {
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

}  // namespace

/// One direction of one connection.
struct TcpProxy::Flow {
    struct Piece {
        Clock::time_point due;
        std::string bytes;
    };
    int from = -1;
    int to = -1;
    bool toServer = false;
    std::deque<Piece> pieces{};
    size_t held = 0;
    bool ended = false;
    bool closed = false;
    Clock::time_point free{};  ///< when the line has carried what it was given
};

struct TcpProxy::Line {
    Flow up;
    Flow down;
    Line(int client, int server) : up{client, server, true}, down{server, client, false} {}
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line() {
        ::close(up.from);
        ::close(up.to);
    }
};

TcpProxy::TcpProxy(uint16_t target) : target_(target) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    (void)::bind(listener_, reinterpret_cast<sockaddr*>(&address), length);
    ::listen(listener_, 100);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

TcpProxy::~TcpProxy() {
    thread_.request_stop();
    thread_.join();
    ::close(listener_);
}

void TcpProxy::cutAfter(uint64_t bytes) {
    cutAt_ = toServer_ + bytes;
}

void TcpProxy::accept(std::list<Line>& lines) {
    for (;;) {
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0)
            return;
        const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address = loopback(target_);
        if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            ::close(client);
            ::close(server);
            continue;
        }
        prepare(client);
        prepare(server);
        ++connections_;
        lines.emplace_back(client, server);
    }
}

/// Takes in what has come, lets out what is due. False when the connection broke.
bool TcpProxy::carry(Flow& flow) {
    const auto now = Clock::now();
    while (!flow.ended && flow.held < kHeld) {
        std::string bytes(kPiece, '\0');
        const ssize_t n = ::recv(flow.from, bytes.data(), bytes.size(), 0);
        if (n < 0 && errno == EAGAIN)
            break;
        if (n < 0)
            return false;
        flow.ended = n == 0;
        bytes.resize(static_cast<size_t>(n));
        flow.held += bytes.size();
        flow.free = std::max(flow.free, now);
        if (const uint64_t rate = rate_; rate > 0)
            flow.free += std::chrono::nanoseconds(bytes.size() * 1'000'000'000 / rate);
        flow.pieces.push_back({flow.free + delay_.load(), std::move(bytes)});
    }
    while (!flow.pieces.empty() && flow.pieces.front().due <= now) {
        std::string& bytes = flow.pieces.front().bytes;
        if (bytes.empty()) {
            ::shutdown(flow.to, SHUT_WR);
            flow.closed = true;
            flow.pieces.pop_front();
            break;
        }
        size_t most = bytes.size();
        if (flow.toServer)
            most = std::min<uint64_t>(most, cutAt_ - std::min<uint64_t>(cutAt_, toServer_));
        const ssize_t n = ::send(flow.to, bytes.data(), most, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN)
            break;
        if (n < 0)
            return false;
        flow.held -= static_cast<size_t>(n);
        if (flow.toServer)
            toServer_ += static_cast<uint64_t>(n);
        if (flow.toServer && toServer_ >= cutAt_) {
            cutAt_ = UINT64_MAX;
            cutNow_ = true;
            return true;
        }
        bytes.erase(0, static_cast<size_t>(n));
        if (bytes.empty())
            flow.pieces.pop_front();
    }
    return true;
}

void TcpProxy::run(const std::stop_token& stop) {
    std::list<Line> lines;
    while (!stop.stop_requested()) {
        std::vector<pollfd> wanted = {{listener_, POLLIN, 0}};
        if (!frozen_)
            for (const Line& line : lines)
                for (const Flow* flow : {&line.up, &line.down}) {
                    if (!flow->ended && flow->held < kHeld)
                        wanted.push_back({flow->from, POLLIN, 0});
                    if (!flow->pieces.empty() && flow->pieces.front().due <= Clock::now())
                        wanted.push_back({flow->to, POLLOUT, 0});
                }
        ::poll(wanted.data(), wanted.size(), delay_.load().count() > 0 || rate_ > 0 ? 1 : 10);
        accept(lines);
        if (!frozen_)
            lines.remove_if([this](Line& line) {
                return !carry(line.up) || !carry(line.down) || (line.up.closed && line.down.closed);
            });
        if (cutNow_.exchange(false)) {
            for (const Line& line : lines) {
                const linger reset = {1, 0};
                ::setsockopt(line.up.from, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
                ::setsockopt(line.up.to, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
            }
            lines.clear();
        }
    }
}
