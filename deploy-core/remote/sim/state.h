#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "remote/sim/script_header.h"
#include "remote/simulated.h"

namespace deploy::sim {

/// All times are milliseconds of simulated time.
using Millis = int64_t;

struct SentFile {
    uint64_t size = 0;
    std::string sha256;
    bool operator==(const SentFile&) const = default;
};

/// A detached step on a simulated server. What it does takes effect when it has ended.
struct Attempt {
    RoleCall call;
    Millis started = 0;
    Millis ends = 0;
    int status = 0;
    std::vector<std::string> log;  ///< lines, spread over its time
    bool settled = false;          ///< its effect has been taken
    bool rebooted = false;         ///< the server went down under it
    Millis lineCut = 0;            ///< when the line breaks while it is followed; 0: never
    Scenario::Fault::Kind cutBy = Scenario::Fault::Kind::ConnectionLost;
    bool operator==(const Attempt&) const = default;
};

struct RunLock {
    std::string id;
    std::string run;
    std::string owner;
    std::string since;
    Millis beat = 0;
    bool operator==(const RunLock&) const = default;
};

/// What steps and faults made of one server.
struct ServerState {
    std::map<std::string, SentFile> files;
    std::map<std::string, uint64_t> partial;  ///< bytes of files whose sending was cut
    /// Books of the undo ledger: what was made, with the values that it was made with.
    std::map<std::string, std::map<std::string, std::string>> books;
    std::set<std::string> images;  ///< ids in the engine
    Millis ready = 0;              ///< since when the application answers; 0: not started
    std::map<std::string, Attempt> attempts;  ///< "run/step/number"
    std::optional<RunLock> lock;
    int hostKey = 1;
    Millis silentUntil = 0;
    bool refusesLogin = false;
    bool powerCut = false;  ///< the laptop's, just now; never kept
    int boots = 1;
    int lines = 0;           ///< connections of before its last change are broken
    bool diskFull = false;   ///< nothing more can be written
    bool slow = false;       ///< everything takes ten times as long
    bool mended = false;     ///< an administrator put right what its facts had wrong
    bool failsNext = false;  ///< the next step that changes something ends with an error
    bool operator==(const ServerState&) const = default;
};

struct PracticeState {
    Millis now = 0;   ///< simulated time of the last change
    Millis wall = 0;  ///< the clock's wall time of the last change
    std::map<HostId, ServerState> servers;
    std::set<size_t> spentFaults;  ///< by their place in the scenario
    bool operator==(const PracticeState&) const = default;
};

std::string stateToJson(const PracticeState& state);
/// ScenarioInvalid for what is not such a state.
Result<PracticeState> stateFromJson(const std::string& json, const std::string& name);

/// Tells a file from the one that replaced it.
struct FileStamp {
    uint64_t device = 0;
    uint64_t node = 0;
    uint64_t size = 0;
    int64_t changedNs = 0;
    bool operator==(const FileStamp&) const = default;
};

/// The state file. Each change is read, made and written as one act before it returns, so that
/// practice survives being killed. What another store wrote is read again; nothing else is.
/// Thread-safe, also between two stores of one file.
class StateStore {
public:
    StateStore(std::filesystem::path file, const Clock& clock);

    /// Simulated time: goes with the clock's steady time, and on while the program was closed.
    Millis now() const;
    /// Errors of the file only.
    Result<void> change(const std::function<void(PracticeState&)>& edit);
    /// Errors of the file only.
    Result<void> look(const std::function<void(const PracticeState&)>& see);

private:
    /// The state as the file has it now, in held_.
    Result<void> load();

    std::filesystem::path file_;
    const Clock& clock_;
    PracticeState held_;
    std::optional<FileStamp> stamp_;  ///< of the file that held_ was read from, or written to
    SteadyTime startSteady_;
    Millis startNow_ = 0;
};

}  // namespace deploy::sim
