#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "peers.h"

enum {
    kEchoes = 20,
    kBetweenMs = 25,
    kLastWaitMs = 1000,
    kTries = 3,
    kTryMs = 400,
    kLeastMtu = 576,
    kIcmpHeader = 8
};

/* How echoes are sent: by ICMP, or to the UDP port of the other server's listener. */
struct Path {
    int fd;
    int icmp;
    int raw; /* answers begin with the IP header */
    int ipHeader;
    uint16_t id;
    const char* token;
    uint32_t number;
};

static uint16_t checksum(const unsigned char* bytes, size_t size) {
    uint32_t sum = 0;
    for (size_t i = 0; i < size; i += 2)
        sum += (uint32_t)bytes[i] << 8U | (i + 1 < size ? bytes[i + 1] : 0U);
    while (sum >> 16U)
        sum = (sum & 0xffffU) + (sum >> 16U);
    return htons((uint16_t)~sum);
}

/* Sends an echo so that the whole packet has `bytes`, or as short as it goes; never in pieces. */
static int sendEcho(struct Path* path, int bytes) {
    static unsigned char packet[65536];
    const size_t header = path->icmp ? kIcmpHeader : 0;
    const int wanted = bytes - path->ipHeader - (path->icmp ? 0 : 8);
    const size_t least = header + sizeof(struct Echo);
    const size_t size = wanted > (int)least ? (size_t)wanted : least;
    struct Echo echo = {.number = ++path->number};
    memcpy(echo.token, path->token, kTokenBytes);
    memset(packet, 0, size);
    memcpy(packet + header, &echo, sizeof echo);
    if (path->icmp) {
        struct icmphdr icmp = {.type = ICMP_ECHO};
        icmp.un.echo.id = htons(path->id);
        icmp.un.echo.sequence = htons((uint16_t)path->number);
        memcpy(packet, &icmp, sizeof icmp);
        icmp.checksum = checksum(packet, size);
        memcpy(packet, &icmp, sizeof icmp);
    }
    return send(path->fd, packet, size, 0) >= 0;
}

/* The number of the next echo that comes back within so long; 0: none. */
static uint32_t receiveEcho(struct Path* path, int64_t untilUs) {
    static unsigned char packet[65536];
    for (;;) {
        const int64_t leftMs = (untilUs - nowUs()) / 1000;
        struct pollfd waiting = {.fd = path->fd, .events = POLLIN};
        if (leftMs < 0 || poll(&waiting, 1, (int)leftMs) != 1)
            return 0;
        const ssize_t n = recv(path->fd, packet, sizeof packet, 0);
        if (n < 0 && errno == ECONNREFUSED)
            return 0;
        const size_t skip =
            (path->raw ? (packet[0] & 15U) * 4U : 0U) + (path->icmp ? (size_t)kIcmpHeader : 0U);
        struct Echo echo;
        if (n < (ssize_t)(skip + sizeof echo))
            continue;
        if (path->icmp && packet[skip - kIcmpHeader] != ICMP_ECHOREPLY)
            continue;
        memcpy(&echo, packet + skip, sizeof echo);
        if (memcmp(echo.token, path->token, kTokenBytes) == 0)
            return echo.number;
    }
}

static int passes(struct Path* path, int bytes) {
    for (int i = 0; i < kTries; ++i) {
        if (!sendEcho(path, bytes))
            return 0;
        const int64_t until = nowUs() + kTryMs * 1000;
        for (uint32_t number = 1; number != 0;) {
            number = receiveEcho(path, until);
            if (number == path->number)
                return 1;
        }
    }
    return 0;
}

/* The greatest packet up to `most` that arrives whole. */
static int greatest(struct Path* path, int most) {
    if (passes(path, most))
        return most;
    int good = 0;
    for (int low = kLeastMtu, high = most - 1; low <= high;) {
        const int middle = (low + high) / 2;
        if (passes(path, middle)) {
            good = middle;
            low = middle + 1;
        } else {
            high = middle - 1;
        }
    }
    return good;
}

static int interfaceMtu(int fd) {
    struct sockaddr_storage own;
    socklen_t size = sizeof own;
    struct ifaddrs* all = NULL;
    int mtu = 0;
    if (getsockname(fd, (struct sockaddr*)&own, &size) != 0 || getifaddrs(&all) != 0)
        return 0;
    for (struct ifaddrs* each = all; each != NULL && mtu == 0; each = each->ifa_next) {
        if (each->ifa_addr == NULL || each->ifa_addr->sa_family != own.ss_family)
            continue;
        const int same =
            own.ss_family == AF_INET
                ? memcmp(&((struct sockaddr_in*)each->ifa_addr)->sin_addr,
                         &((struct sockaddr_in*)&own)->sin_addr, sizeof(struct in_addr)) == 0
                : memcmp(&((struct sockaddr_in6*)each->ifa_addr)->sin6_addr,
                         &((struct sockaddr_in6*)&own)->sin6_addr, sizeof(struct in6_addr)) == 0;
        struct ifreq request;
        memset(&request, 0, sizeof request);
        strncpy(request.ifr_name, each->ifa_name, IFNAMSIZ - 1);
        if (same && ioctl(fd, SIOCGIFMTU, &request) == 0)
            mtu = request.ifr_mtu;
    }
    freeifaddrs(all);
    return mtu;
}

static int openPath(struct Path* path, const struct sockaddr_storage* to) {
    const int v4 = to->ss_family == AF_INET;
    const int probe = v4 ? IP_PMTUDISC_PROBE : IPV6_PMTUDISC_PROBE;
    path->raw = path->icmp;
    path->ipHeader = v4 ? 20 : 40;
    if (path->icmp && !v4)
        return 0;
    path->fd =
        path->icmp ? socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) : socket(to->ss_family, SOCK_DGRAM, 0);
    if (path->fd < 0)
        return 0;
    setsockopt(path->fd, v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER,
               &probe, sizeof probe);
    return connect(path->fd, (const struct sockaddr*)to, sizeOf(to)) == 0;
}

/* Fills in what came back of all the echoes. */
static int measure(struct Path* path, int64_t* totalUs) {
    int64_t sentAt[kEchoes + 1] = {0};
    int received = 0;
    const uint32_t first = path->number + 1;
    int64_t until = nowUs();
    for (int i = 0; i < kEchoes; ++i) {
        sentAt[i] = nowUs();
        if (!sendEcho(path, 0) && errno != ECONNREFUSED)
            return received;
        until = sentAt[i] + (i + 1 < kEchoes ? kBetweenMs : kLastWaitMs) * 1000;
        for (uint32_t number = 1; number != 0 && received < kEchoes;) {
            number = receiveEcho(path, until);
            if (number < first || number > path->number)
                continue;
            *totalUs += nowUs() - sentAt[number - first];
            ++received;
        }
    }
    return received;
}

void askPath(const struct sockaddr_storage* to, const char* address, int port, const char* token) {
    for (int icmp = 1; icmp >= 0; --icmp) {
        struct Path path = {.icmp = icmp, .id = (uint16_t)getpid(), .token = token};
        int64_t totalUs = 0;
        if (icmp == 0 && port == 0)
            break;
        if (!openPath(&path, to))
            continue;
        const int received = measure(&path, &totalUs);
        const int own = interfaceMtu(path.fd);
        if (received > 0) {
            const int mtu = own > 0 ? greatest(&path, own) : 0;
            printf("path %s %s %d %d %lld %d %d\n", address, icmp ? "icmp" : "udp", (int)kEchoes,
                   received, (long long)(totalUs / received), mtu, own);
        }
        close(path.fd);
        if (received > 0)
            return;
    }
    printf("path %s silent\n", address);
}
