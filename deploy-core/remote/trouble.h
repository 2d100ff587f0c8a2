#pragma once

#include <filesystem>
#include <map>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace deploy {

/// What a trainer does to a simulated server at once, also in the middle of a run.
enum class Trouble {
    CutLine,        ///< all connections break; the next one works
    Reboot,         ///< what runs there ends; nobody answers for 90 s
    PowerOff,       ///< nobody answers until PowerOn
    PowerOn,        ///< boots, and answers after 90 s
    ChangeHostKey,  ///< another key from then on
    FillDisk,       ///< nothing more can be written until Mend
    SlowDown,       ///< everything takes ten times as long until Mend
    FailNextStep,   ///< the next step that changes something ends with an error
    Mend            ///< an administrator puts right what he can: time, ports, disk, size, speed
};
constexpr int kTroubles = 9;
/// "cut_line"...: key of the text "trouble.<word>".
const char* troubleWord(Trouble trouble);

/// How a simulated server is now.
struct PracticeCondition {
    bool answers = true;
    bool diskFull = false;
    bool slow = false;
    bool operator==(const PracticeCondition&) const = default;
};

/// `stateFile` as for makeSimulatedConnector(); `clock` is the run's own. Any thread.
Result<void> makeTrouble(const std::filesystem::path& stateFile, const Clock& clock,
                         const HostId& host, Trouble trouble);

/// Of servers to which something has happened; the others are well.
Result<std::map<HostId, PracticeCondition>> practiceConditions(
    const std::filesystem::path& stateFile, const Clock& clock);

}  // namespace deploy
