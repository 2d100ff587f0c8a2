#include "probe/peers.h"

// The file is made by the build; its bytes go into this library.
asm(".section .rodata\n"
    "kPeersBegin:\n"
    ".incbin \"" FINCLIP_PEERS_PROGRAM
    "\"\n"
    "kPeersEnd:\n"
    ".global kPeersBegin\n"
    ".global kPeersEnd\n"
    ".text\n");
extern "C" const char kPeersBegin;
extern "C" const char kPeersEnd;

namespace deploy {

std::string_view peersProgram() {
    return {&kPeersBegin, static_cast<size_t>(&kPeersEnd - &kPeersBegin)};
}

}  // namespace deploy
