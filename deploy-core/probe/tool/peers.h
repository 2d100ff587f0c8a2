/* The program that probe/peers.sh brings to a server for a moment, to listen on the ports that the
 * installation needs and to ask the other servers for theirs. Static, x86-64, no file of its own.
 */
#ifndef FINCLIP_PEERS_H
#define FINCLIP_PEERS_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum { kTokenBytes = 32 };

/* What goes over UDP: a word that only this round knows, and a number; then padding. */
struct Echo {
    char token[kTokenBytes];
    uint32_t number;
};

/* listen SECONDS TOKEN tcp:PORT udp:PORT ...: says `listening|taken|failed PROTOCOL PORT` for each,
 * then `pid N`, and goes on in the background for so many seconds: closes what connects, answers
 * each Echo with its first bytes. */
int listenOn(int count, char** words);

/* ask TOKEN: reads questions from standard input, one a line, and answers each with a line:
 *   tcp ADDRESS PORT              tcp ADDRESS PORT open|refused|silent|unreachable
 *   udp ADDRESS PORT              udp ADDRESS PORT open|refused|silent|unreachable
 *   path ADDRESS UDP_PORT         path ADDRESS icmp|udp SENT RECEIVED RTT_US MTU OWN_MTU
 *                                 path ADDRESS silent    (UDP_PORT 0: ICMP only)
 *   arp ADDRESS                   arp ADDRESS free|own|elsewhere|unknown, or taken MAC */
int ask(const char* token);

void askPort(const char* protocol, const struct sockaddr_storage* to, const char* address, int port,
             const char* token);
void askPath(const struct sockaddr_storage* to, const char* address, int port, const char* token);
void askArp(const char* address);

int64_t nowUs(void);
/* Fills in address and port; 0 where the text is no address. */
int parseAddress(const char* text, int port, struct sockaddr_storage* address);
socklen_t sizeOf(const struct sockaddr_storage* address);

#endif
