#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "peers.h"

int64_t nowUs(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int parseAddress(const char* text, int port, struct sockaddr_storage* address) {
    memset(address, 0, sizeof *address);
    struct sockaddr_in* v4 = (struct sockaddr_in*)address;
    struct sockaddr_in6* v6 = (struct sockaddr_in6*)address;
    if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)port);
        return 1;
    }
    if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((uint16_t)port);
        return 1;
    }
    return 0;
}

socklen_t sizeOf(const struct sockaddr_storage* address) {
    return address->ss_family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
}

int main(int argc, char** argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc > 3 && strcmp(argv[1], "listen") == 0 && strlen(argv[3]) == kTokenBytes)
        return listenOn(argc - 2, argv + 2);
    if (argc == 3 && strcmp(argv[1], "ask") == 0 && strlen(argv[2]) == kTokenBytes)
        return ask(argv[2]);
    return argc == 2 && strcmp(argv[1], "here") == 0 ? 0 : 2;
}
