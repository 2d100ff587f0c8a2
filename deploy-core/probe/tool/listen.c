#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "peers.h"

enum { kMostPorts = 512 };

static struct pollfd sockets[kMostPorts];
static int isUdp[kMostPorts];
static nfds_t open_count;

/* For both families where the system has both. */
static int bound(int type, int port) {
    const int yes = 1;
    const int no = 0;
    for (int family = AF_INET6;; family = AF_INET) {
        struct sockaddr_storage any;
        parseAddress(family == AF_INET6 ? "::" : "0.0.0.0", port, &any);
        const int fd = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd >= 0 && family == AF_INET6)
            setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
        /* Past connections do not keep a port, and of UDP two sockets would share one. */
        if (fd >= 0 && type == SOCK_STREAM)
            setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (fd >= 0 && bind(fd, (struct sockaddr*)&any, sizeOf(&any)) == 0 &&
            (type == SOCK_DGRAM || listen(fd, 256) == 0))
            return fd;
        const int error = errno;
        if (fd >= 0)
            close(fd);
        errno = error;
        if (family == AF_INET || error == EADDRINUSE)
            return -1;
    }
}

static void openPort(const char* word) {
    const int udp = strncmp(word, "udp:", 4) == 0;
    const int port = atoi(word + 4);
    const char* protocol = udp ? "udp" : "tcp";
    if (port < 1 || port > 65535 || open_count == kMostPorts)
        return;
    const int fd = bound(udp ? SOCK_DGRAM : SOCK_STREAM, port);
    if (fd < 0) {
        printf("%s %s %d\n", errno == EADDRINUSE ? "taken" : "failed", protocol, port);
        return;
    }
    sockets[open_count].fd = fd;
    sockets[open_count].events = POLLIN;
    isUdp[open_count] = udp;
    ++open_count;
    printf("listening %s %d\n", protocol, port);
}

static void answerUdp(int fd, const char* token) {
    char packet[65536];
    struct sockaddr_storage from;
    socklen_t size = sizeof from;
    const ssize_t n = recvfrom(fd, packet, sizeof packet, 0, (struct sockaddr*)&from, &size);
    /* Never more than came, and only to who knows the word. */
    if (n >= (ssize_t)sizeof(struct Echo) && memcmp(packet, token, kTokenBytes) == 0)
        (void)sendto(fd, packet, sizeof(struct Echo), 0, (struct sockaddr*)&from, size);
}

static void serve(const char* token) {
    for (;;) {
        if (poll(sockets, open_count, -1) < 0 && errno != EINTR)
            return;
        for (nfds_t i = 0; i < open_count; ++i) {
            if ((sockets[i].revents & POLLIN) == 0)
                continue;
            if (isUdp[i]) {
                answerUdp(sockets[i].fd, token);
                continue;
            }
            const int client = accept(sockets[i].fd, NULL, NULL);
            if (client >= 0)
                close(client);
        }
    }
}

int listenOn(int count, char** words) {
    const int seconds = atoi(words[0]);
    for (int i = 2; i < count; ++i)
        openPort(words[i]);
    const pid_t child = fork();
    if (child < 0)
        return 1;
    if (child > 0) {
        printf("pid %d\n", (int)child);
        return 0;
    }
    setsid();
    signal(SIGHUP, SIG_IGN);
    const int nothing = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; ++fd)
        dup2(nothing, fd);
    /* Whatever becomes of the line: it ends by itself. */
    alarm((unsigned)(seconds > 0 && seconds < 600 ? seconds : 60));
    serve(words[1]);
    return 0;
}
