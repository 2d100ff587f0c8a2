#include "remote/sim/role_pair.h"

#include <algorithm>

#include "remote/sim/role_book.h"

namespace deploy::sim {

namespace {

constexpr const char* kPairBook = "database.pair";
constexpr const char* kSwitchBook = "database.switch_over";
constexpr const char* kSince = "PRIMARY_SINCE";  ///< simulated time; 0: it is the replica

/// 0: it is no primary.
Millis primarySince(const ServerState& state) {
    const auto pair = state.books.find(kPairBook);
    if (pair == state.books.end())
        return 0;
    if (const auto book = state.books.find(kSwitchBook); book != state.books.end())
        return std::stoll(book->second.at(kSince));
    const auto founds = pair->second.find("FOUNDS");
    return founds != pair->second.end() && founds->second == "yes" ? 1 : 0;
}

}  // namespace

RoleAnswer checkSwitchOver(const World& world, const RoleCall& call) {
    if (!world.state.books.contains(kPairBook))
        return {false, "waits 0 does not answer"};
    const bool primary = primarySince(world.state) != 0;
    const std::string how = valueOf(call, "HOW");
    const bool wished = primary ? how == "take" || how == "promote"
                                : how == "yield" || how == "follow" || how == "renew";
    return {wished, primary ? "primary 1 confirmed" : "replica 1 0"};
}

std::string pairWords(const World& world, const RoleCall& call) {
    const std::string member = valueOf(call, "MEMBER");
    std::string other;
    for (const auto& [name, address] : linesOf(valueOf(call, "MEMBERS")))
        if (name != member)
            other = name;
    return "database " + member +
           (primarySince(world.state) != 0
                ? ": primary, can write; " + other + " confirms each write"
                : ": replica of " + other + ", 0 s behind");
}

void switchOver(ServerState& state, const RoleCall& call, Millis now) {
    const std::string how = valueOf(call, "HOW");
    const bool primary = how == "take" || how == "promote";
    state.books[kSwitchBook] = {{kSince, primary ? std::to_string(std::max<Millis>(now, 2)) : "0"}};
}

void seeOtherPrimary(ServerState& state, const std::map<HostId, ServerState>& servers) {
    const Millis since = primarySince(state);
    if (since == 0)
        return;
    for (const auto& [host, other] : servers)
        if (primarySince(other) > since)
            state.books[kSwitchBook] = {{kSince, "0"}};
}

}  // namespace deploy::sim
