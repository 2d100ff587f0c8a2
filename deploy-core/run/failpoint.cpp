#include "run/failpoint.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>

namespace deploy {

namespace {

struct Chosen {
    std::string name;
    int number = 0;

    Chosen() {
        const char* variable = std::getenv("FINCLIP_FAILPOINT");
        const std::string text = variable == nullptr ? "" : variable;
        const auto colon = text.find(':');
        if (colon == std::string::npos)
            return;
        name = text.substr(0, colon);
        number = std::atoi(text.c_str() + colon + 1);
    }
};

}  // namespace

bool failpointReached(std::string_view name) {
    static const Chosen kChosen;
    static std::atomic<int> reached = 0;
    return kChosen.number > 0 && name == kChosen.name && ++reached == kChosen.number;
}

void failpoint(std::string_view name) {
    if (failpointReached(name))
        dieNow();
}

void dieNow() {
    constexpr int kLikeKill9 = 137;
    ::_exit(kLikeKill9);
}

}  // namespace deploy
