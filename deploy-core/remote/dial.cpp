#include "remote/dial.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace deploy {

namespace {

struct Endpoint {
    sockaddr_storage address{};
    socklen_t length = 0;
};

struct Lookup {
    std::mutex mutex;
    std::vector<Endpoint> endpoints;
    std::string problem;
    Descriptor done{::eventfd(0, EFD_CLOEXEC)};
};

void resolve(const std::string& address, uint16_t port, int flags, Lookup& lookup) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    const int rc = ::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &list);
    const std::lock_guard lock(lookup.mutex);
    if (rc != 0)
        lookup.problem = ::gai_strerror(rc);
    for (const addrinfo* each = list; each != nullptr; each = each->ai_next) {
        Endpoint endpoint;
        std::memcpy(&endpoint.address, each->ai_addr, each->ai_addrlen);
        endpoint.length = each->ai_addrlen;
        lookup.endpoints.push_back(endpoint);
    }
    if (list != nullptr)
        ::freeaddrinfo(list);
}

Result<std::vector<Endpoint>> lookUp(const std::string& address, uint16_t port, SteadyTime deadline,
                                     const std::stop_token& stop) {
    const auto lookup = std::make_shared<Lookup>();
    resolve(address, port, AI_NUMERICHOST, *lookup);
    if (lookup->endpoints.empty()) {
        // A name server that does not answer cannot be interrupted; its thread is left to end
        // alone.
        std::thread([lookup, address, port] {
            resolve(address, port, 0, *lookup);
            ::eventfd_write(lookup->done.get(), 1);
        }).detach();
        Waiter waiter(stop);
        std::array<pollfd, 1> done = {{{lookup->done.get(), POLLIN, 0}}};
        while (done[0].revents == 0) {
            if (!waiter.wait(done, deadline))
                return fail(ErrorCode::Cancelled);
            if (done[0].revents == 0 && passed(deadline))
                return fail(ErrorCode::SshUnreachable, {}, "name lookup timed out");
        }
    }
    const std::lock_guard lock(lookup->mutex);
    if (lookup->endpoints.empty())
        return fail(ErrorCode::SshUnreachable, {}, lookup->problem);
    return lookup->endpoints;
}

Result<Descriptor> connectTo(const Endpoint& endpoint, SteadyTime deadline,
                             const std::stop_token& stop) {
    Descriptor fd(
        ::socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd.valid())
        return fail(ErrorCode::SshUnreachable, {}, std::strerror(errno));
    const int on = 1;
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(fd.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    const auto* address = reinterpret_cast<const sockaddr*>(&endpoint.address);
    if (::connect(fd.get(), address, endpoint.length) == 0)
        return fd;
    if (errno != EINPROGRESS)
        return fail(ErrorCode::SshUnreachable, {}, std::strerror(errno));
    Waiter waiter(stop);
    std::array<pollfd, 1> ready = {{{fd.get(), POLLOUT, 0}}};
    while (ready[0].revents == 0) {
        if (!waiter.wait(ready, deadline))
            return fail(ErrorCode::Cancelled);
        if (ready[0].revents == 0 && passed(deadline))
            return fail(ErrorCode::SshUnreachable, {}, std::strerror(ETIMEDOUT));
    }
    int problem = 0;
    socklen_t length = sizeof problem;
    ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &problem, &length);
    if (problem != 0)
        return fail(ErrorCode::SshUnreachable, {}, std::strerror(problem));
    return fd;
}

}  // namespace

Result<Descriptor> dialTcp(const std::string& address, uint16_t port, SteadyTime deadline,
                           const std::stop_token& stop) {
    const auto endpoints = lookUp(address, port, deadline, stop);
    if (!endpoints)
        return tl::unexpected(endpoints.error());
    Result<Descriptor> last = fail(ErrorCode::SshUnreachable);
    for (size_t i = 0; i < endpoints->size(); ++i) {
        // An address that does not answer leaves its share of the time to the others.
        const auto now = std::chrono::steady_clock::now();
        const auto share = (deadline - now) / static_cast<int64_t>(endpoints->size() - i);
        last = connectTo((*endpoints)[i], now + share, stop);
        if (last || last.error().code == ErrorCode::Cancelled)
            break;
    }
    return last;
}

Greeting awaitGreeting(int socket, SteadyTime deadline, const std::stop_token& stop) {
    Waiter waiter(stop);
    std::array<pollfd, 1> ready = {{{socket, POLLIN, 0}}};
    while (ready[0].revents == 0) {
        if (!waiter.wait(ready, deadline))
            return Greeting::Stopped;
        if (ready[0].revents == 0 && passed(deadline))
            return Greeting::Silent;
    }
    char first = 0;
    return ::recv(socket, &first, 1, MSG_PEEK) == 1 ? Greeting::Arrived : Greeting::Closed;
}

}  // namespace deploy
