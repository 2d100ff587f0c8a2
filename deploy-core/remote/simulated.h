#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "probe/facts.h"
#include "remote/remote_host.h"

namespace deploy {

/// A practice scenario: resources/scenarios/<name>.yaml. Title, goal and hints are texts
/// "scenario.<name>.title" and so on.
struct Scenario {
    std::string name;
    ModeId mode;
    Inventory inventory;
    struct Server {
        Facts facts;
        int megabytesPerSecond = 100;
        int roundTripMs = 1;
    };
    std::map<HostId, Server> servers;
    /// A thing that goes wrong, once, when a script (or the upload) is reached on a server.
    struct Fault {
        enum class Kind {
            StepFails,
            ConnectionLost,
            DiskFull,
            HostKeyChanged,
            Unreachable,
            WrongPassword,
            Slow
        };
        Kind kind = Kind::StepFails;
        HostId host;
        std::string at;  ///< "docker/engine", "put", "connect", "probe"
    };
    std::vector<Fault> faults;

    static Result<Scenario> load(const std::string& name);
    static Result<std::vector<std::string>> names();
};

/// The simulated servers of practice mode: they keep what steps did to them (in `stateFile`, so
/// that a practice project can be closed and resumed), take the time that real ones would (of
/// `clock`), and know every script that the planner can ask for.
std::unique_ptr<Connector> makeSimulatedConnector(const Scenario& scenario, const Clock& clock,
                                                  const std::filesystem::path& stateFile);

/// A clock whose time runs `speed` times as fast as `real`; 0 means that sleeping takes no time.
std::unique_ptr<Clock> makeScaledClock(const Clock& real, double speed);

}  // namespace deploy
