#pragma once

#include <functional>
#include <optional>

#include "remote/known_hosts.h"
#include "remote/sim/state.h"
#include "remote/simulated.h"

namespace deploy::sim {

/// What all simulated servers of a connector share: the scenario, its state, and the time.
class Practice {
public:
    Practice(Scenario scenario, const Clock& clock, const std::filesystem::path& stateFile,
             KnownHosts knownHosts);

    const Scenario& scenario() const { return scenario_; }
    const KnownHosts& knownHosts() const { return knownHosts_; }
    const Clock& clock() const { return clock_; }
    Millis now() const { return store_.now(); }

    /// Cancelled if it was stopped.
    Result<void> pass(Millis time, const std::stop_token& stop) const;

    using Fault = Scenario::Fault::Kind;
    /// One server's state, with what has ended by now taken into it, while it may be changed.
    struct Change {
        ServerState& server;
        Millis now;
        /// The fault of the scenario that waits here, once.
        std::function<std::optional<Fault>(const std::string& at)> takeFault;
    };
    /// Ends the program where the laptop's power was cut meanwhile.
    Result<void> change(const HostId& host, const std::function<void(const Change&)>& edit);
    Result<ServerState> look(const HostId& host);

private:
    Scenario scenario_;
    const Clock& clock_;
    StateStore store_;
    KnownHosts knownHosts_;
};

/// Faults that break the line; what they leave on the server is noted.
bool breaksLine(Practice::Fault fault);
void breakLine(Practice::Fault fault, ServerState& server, Millis now);
/// Detached steps go on without anybody looking; what they did is there when their time is over.
void settle(ServerState& server, Millis now);
/// From power-on until it answers.
constexpr Millis kBoot = 90000;
/// What ran there runs no more.
void endByReboot(ServerState& server, Millis now);

/// The key that the server shows: another one after Fault::HostKeyChanged.
HostKey hostKeyOf(const HostId& host, int generation);

}  // namespace deploy::sim
