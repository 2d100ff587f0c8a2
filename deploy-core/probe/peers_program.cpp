#include "probe/peers.h"

// The file is made by the build; its bytes go into this library.
asm(".section .rodata\n"
    "finclip_peers_begin:\n"
    ".incbin \"" FINCLIP_PEERS_PROGRAM
    "\"\n"
    "finclip_peers_end:\n"
    ".global finclip_peers_begin\n"
    ".global finclip_peers_end\n"
    ".text\n");
extern "C" const char finclip_peers_begin;
extern "C" const char finclip_peers_end;

namespace deploy {

std::string_view peersProgram() {
    return {&finclip_peers_begin, static_cast<size_t>(&finclip_peers_end - &finclip_peers_begin)};
}

}  // namespace deploy
