#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "peers.h"

enum { kPatienceMs = 3500, kAgainMs = 600, kMostAtOnce = 64 };

static const char* wordFor(int error) {
    if (error == ECONNREFUSED)
        return "refused";
    return error == 0 || error == ETIMEDOUT || error == EAGAIN ? "silent" : "unreachable";
}

static int errorOf(int fd) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

static const char* askTcp(int fd, const struct sockaddr_storage* to) {
    if (connect(fd, (const struct sockaddr*)to, sizeOf(to)) == 0)
        return "open";
    if (errno != EINPROGRESS)
        return wordFor(errno);
    struct pollfd waiting = {.fd = fd, .events = POLLOUT};
    if (poll(&waiting, 1, kPatienceMs) != 1)
        return "silent";
    const int error = errorOf(fd);
    return error == 0 ? "open" : wordFor(error);
}

/* Sent again and again: one lost packet is no closed port. */
static const char* askUdp(int fd, const struct sockaddr_storage* to, const char* token) {
    if (connect(fd, (const struct sockaddr*)to, sizeOf(to)) != 0)
        return wordFor(errno);
    struct Echo echo = {.number = 0};
    memcpy(echo.token, token, kTokenBytes);
    for (int waited = 0; waited < kPatienceMs; waited += kAgainMs) {
        if (send(fd, &echo, sizeof echo, 0) < 0 && errno != EAGAIN)
            return wordFor(errno);
        struct pollfd waiting = {.fd = fd, .events = POLLIN};
        if (poll(&waiting, 1, kAgainMs) != 1)
            continue;
        struct Echo answer;
        if (recv(fd, &answer, sizeof answer, 0) < 0)
            return wordFor(errno);
        if (memcmp(answer.token, token, kTokenBytes) == 0)
            return "open";
    }
    return "silent";
}

void askPort(const char* protocol, const struct sockaddr_storage* to, const char* address, int port,
             const char* token) {
    const int udp = strcmp(protocol, "udp") == 0;
    const int fd = socket(to->ss_family, (udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_NONBLOCK, 0);
    const char* word = "unreachable";
    if (fd >= 0) {
        word = udp ? askUdp(fd, to, token) : askTcp(fd, to);
        close(fd);
    }
    printf("%s %s %d %s\n", protocol, address, port, word);
}

static void askOne(const char* line, const char* token) {
    char kind[8];
    char address[64];
    int port = 0;
    struct sockaddr_storage to;
    if (sscanf(line, "%7s %63s %d", kind, address, &port) < 2)
        return;
    if (strcmp(kind, "arp") == 0)
        askArp(address);
    else if (port < 0 || port > 65535 || !parseAddress(address, port, &to))
        printf("%s %s %d unreachable\n", kind, address, port);
    else if (strcmp(kind, "path") == 0)
        askPath(&to, address, port, token);
    else
        askPort(kind, &to, address, port, token);
}

/* Each question in a process of its own: what waits holds nothing else up. */
int ask(const char* token) {
    char line[256];
    int running = 0;
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (running == kMostAtOnce && wait(NULL) > 0)
            --running;
        const pid_t child = fork();
        if (child == 0) {
            askOne(line, token);
            fflush(stdout);
            _exit(0);
        }
        running += child > 0;
    }
    while (wait(NULL) > 0) {
    }
    return 0;
}
