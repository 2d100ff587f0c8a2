#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "probe/facts.h"
#include "remote/known_hosts.h"
#include "remote/remote_host.h"

namespace deploy {

/// A practice scenario: resources/scenarios/<mode>-<lesson>.yaml. Title, goal and hints are texts
/// "scenario.<lesson>.title", ".goal" and ".hints".
struct Scenario {
    std::string name;  ///< "<mode>-<lesson>"
    ModeId mode;
    std::string virtualAddress;  ///< of the cluster modes' entry, free in the servers' network
    Inventory inventory;
    struct Server {
        Facts facts;  ///< before anything of ours
        int megabytesPerSecond = 100;
        int roundTripMs = 1;
        bool operator==(const Server&) const = default;
    };
    std::map<HostId, Server> servers;
    /// A thing that goes wrong, once, when its place is reached on a server.
    struct Fault {
        enum class Kind {
            StepFails,       ///< the script ends with an error
            ConnectionLost,  ///< in the middle; what runs on the server goes on
            DiskFull,        ///< of the script, or of the file being sent
            HostKeyChanged,  ///< the line is cut, and the server has a new key from then on
            Unreachable,     ///< the line is cut, and for a minute nobody answers
            WrongPassword,   ///< the line is cut, and the next login is refused
            Slow,            ///< ten times the usual time
            Reboots,         ///< what runs there ends, and for 90 s nobody answers
            PowerCut,        ///< of the laptop: this program ends at once, without a word
            AnotherRun       ///< a second engineer works there for ten minutes; only at "lock"
        };
        Kind kind = Kind::StepFails;
        HostId host;
        std::string at;  ///< a role script ("docker/engine"), "put", "connect", "lock" or "probe"
        bool operator==(const Fault&) const = default;
    };
    std::vector<Fault> faults;

    /// ScenarioInvalid for an unknown name; what a file has wrong, with line and column.
    static Result<Scenario> load(const std::string& name);
    static Result<std::vector<std::string>> names();
    /// What is to be learned: the name without its mode.
    std::string lesson() const { return lessonOf(name); }
    static std::string lessonOf(const std::string& name);
    bool operator==(const Scenario&) const = default;
};

/// Reads one scenario; facts of its servers' systems are read from resources/scenarios/facts.
Result<Scenario> readScenario(std::string_view yaml, const std::string& name);

/// Where a practice project keeps what became of its servers.
std::filesystem::path practiceStateFile(const std::filesystem::path& projectFolder);

/// The simulated servers of practice mode: they keep what steps did to them (in `stateFile`, so
/// that a practice project can be closed and resumed), take the time that real ones would (of
/// `clock`, which outlives the connector), and know every script that the planner can ask for; one
/// that they do not know is an Error. As with real servers, a host key that is not among
/// `knownHosts` is a question for a person. Connectors with one state file may live at once.
std::unique_ptr<Connector> makeSimulatedConnector(const Scenario& scenario, const Clock& clock,
                                                  const std::filesystem::path& stateFile,
                                                  const KnownHosts& knownHosts);

/// A clock whose time runs `speed` times as fast as `real`'s, which outlives it; 0 means that
/// sleeping takes no time. It begins at `real`'s time, but not before `notBefore`: where the one
/// before it, which may have run ahead, left off.
std::unique_ptr<Clock> makeScaledClock(const Clock& real, double speed, WallTime notBefore = {});

}  // namespace deploy
