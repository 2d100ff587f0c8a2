#pragma once

#include <string_view>

namespace deploy {

/// Where tests kill the program: FINCLIP_FAILPOINT="<name>:<n>" ends the process, as a kill -9
/// would, when the point of this name is reached for the n-th time. Names: journal_before,
/// journal_torn (half a record is written), journal_after; send (before a call on a server or a
/// connect), answer (after one). Without the variable this is one comparison.
bool failpointReached(std::string_view name);

/// Ends the process if the point is reached.
void failpoint(std::string_view name);

/// Ends the process at once, as a kill -9 would: nothing is flushed, nobody is told.
[[noreturn]] void dieNow();

}  // namespace deploy
