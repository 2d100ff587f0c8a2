#include <arpa/inet.h>
#include <ifaddrs.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/if_ether.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "peers.h"

enum { kAsks = 4, kWaitMs = 300 };

/* Asks the network of one interface who has the address. */
static int whoHas(const char* interface, struct in_addr own, struct in_addr wanted,
                  unsigned char mac[ETH_ALEN]) {
    const int fd = socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ARP));
    struct sockaddr_ll link = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ARP)};
    struct sockaddr_ll ourLink;
    socklen_t size = sizeof ourLink;
    link.sll_ifindex = (int)if_nametoindex(interface);
    if (fd < 0 || bind(fd, (struct sockaddr*)&link, sizeof link) != 0 ||
        getsockname(fd, (struct sockaddr*)&ourLink, &size) != 0) {
        if (fd >= 0)
            close(fd);
        return -1;
    }
    struct ether_arp request = {.ea_hdr = {.ar_hrd = htons(ARPHRD_ETHER),
                                           .ar_pro = htons(ETH_P_IP),
                                           .ar_hln = ETH_ALEN,
                                           .ar_pln = 4,
                                           .ar_op = htons(ARPOP_REQUEST)}};
    memcpy(request.arp_sha, ourLink.sll_addr, ETH_ALEN);
    memcpy(request.arp_spa, &own, 4);
    memcpy(request.arp_tpa, &wanted, 4);
    link.sll_halen = ETH_ALEN;
    memset(link.sll_addr, 0xff, ETH_ALEN);
    int answer = 0;
    for (int i = 0; i < kAsks && answer == 0; ++i) {
        if (sendto(fd, &request, sizeof request, 0, (struct sockaddr*)&link, sizeof link) < 0)
            answer = -1;
        const int64_t until = nowUs() + kWaitMs * 1000;
        for (int64_t left = kWaitMs; answer == 0 && left > 0; left = (until - nowUs()) / 1000) {
            struct pollfd waiting = {.fd = fd, .events = POLLIN};
            struct ether_arp reply;
            if (poll(&waiting, 1, (int)left) != 1 ||
                recv(fd, &reply, sizeof reply, 0) < (ssize_t)sizeof reply ||
                memcmp(reply.arp_spa, &wanted, 4) != 0)
                continue;
            memcpy(mac, reply.arp_sha, ETH_ALEN);
            answer = 1;
        }
    }
    close(fd);
    return answer;
}

void askArp(const char* address) {
    struct in_addr wanted;
    struct ifaddrs* all = NULL;
    const char* word = "elsewhere";
    unsigned char mac[ETH_ALEN] = {0};
    if (inet_pton(AF_INET, address, &wanted) != 1 || getifaddrs(&all) != 0) {
        printf("arp %s unknown\n", address);
        return;
    }
    for (struct ifaddrs* each = all; each != NULL; each = each->ifa_next) {
        if (each->ifa_addr == NULL || each->ifa_netmask == NULL ||
            each->ifa_addr->sa_family != AF_INET || (each->ifa_flags & IFF_LOOPBACK))
            continue;
        const struct in_addr own = ((struct sockaddr_in*)each->ifa_addr)->sin_addr;
        const in_addr_t mask = ((struct sockaddr_in*)each->ifa_netmask)->sin_addr.s_addr;
        if (own.s_addr == wanted.s_addr) {
            word = "own";
            break;
        }
        if (((own.s_addr ^ wanted.s_addr) & mask) != 0 || strcmp(word, "elsewhere") != 0)
            continue;
        const int answer = whoHas(each->ifa_name, own, wanted, mac);
        word = answer < 0 ? "unknown" : answer == 0 ? "free" : "taken";
    }
    if (strcmp(word, "taken") == 0)
        printf("arp %s taken %02x:%02x:%02x:%02x:%02x:%02x\n", address, mac[0], mac[1], mac[2],
               mac[3], mac[4], mac[5]);
    else
        printf("arp %s %s\n", address, word);
    freeifaddrs(all);
}
