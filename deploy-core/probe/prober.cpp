#include "probe/prober.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "probe/clock_offset.h"
#include "probe/probe_text.h"

namespace deploy {

namespace {

Command probeCommand(const std::string& script, const ProbeOptions& options, Privilege privilege) {
    Command command;
    command.script = script;
    command.args = {options.dataDirectory};
    if (options.measures.contains(Measure::DiskLatency))
        command.args.emplace_back("fsync");
    if (options.measures.contains(Measure::DnsWildcard))
        command.args.emplace_back("dns");
    command.privilege = privilege;
    command.deadline = std::chrono::seconds(60);
    command.keepBytes = 2U << 20U;
    return command;
}

/// One run of the script, as facts.
ProbeOutcome ask(RemoteHost& remote, const Host& host, const Command& command,
                 const std::stop_token& stop) {
    const WallTime sent = systemClock().wall();
    const auto answer = remote.run(command, {}, stop);
    const WallTime received = systemClock().wall();
    if (!answer)
        return tl::unexpected(answer.error());
    auto facts = parseProbe(host.name, answer->out);
    if (!facts) {
        // A shell that cannot run the script tells why on its error stream.
        Error error = facts.error();
        error.detail += answer->err.substr(0, 500);
        return tl::unexpected(error);
    }
    facts->probedAt = received;
    const auto text = ProbeText::read(answer->out);
    const auto times = text ? probeTimes(*text) : std::nullopt;
    if (times)
        facts->clockOffsetSeconds = clockOffset(*times, sent, received);
    return facts;
}

ProbeOutcome probeOne(Connector& connector, const Host& host, const std::string& script,
                      const ProbeOptions& options, const std::stop_token& stop) {
    auto remote = connector.connect(host, stop);
    if (!remote)
        return tl::unexpected(remote.error());
    auto outcome = ask(**remote, host, probeCommand(script, options, Privilege::Root), stop);
    if (!outcome && outcome.error().code == ErrorCode::SudoRefused)
        outcome = ask(**remote, host, probeCommand(script, options, Privilege::User), stop);
    return outcome;
}

/// What the other servers say about those that were probed.
void addPeers(Connector& connector, const Inventory& probed, const ProbeOptions& options,
              std::map<HostId, ProbeOutcome>& outcomes, const ProbeObserver& observer,
              const std::stop_token& stop) {
    const Inventory& fleet = options.fleet.hosts.empty() ? probed : options.fleet;
    if (options.peers.ports.empty() || fleet.hosts.size() < 2 || stop.stop_requested())
        return;
    PeerRound round = askPeers(connector, fleet, options.peers, stop);
    for (auto& [host, outcome] : outcomes) {
        if (!outcome)
            continue;
        outcome->peers = std::move(round.peers[host]);
        if (const auto found = round.virtualAddress.find(host); found != round.virtualAddress.end())
            outcome->virtualAddress = found->second;
        if (observer)
            observer(host, outcome);
    }
}

}  // namespace

std::set<Measure> measuresFor(const ModeId& mode) {
    if (mode.empty() || mode == ModeId("single"))
        return {};
    return {Measure::DiskLatency, Measure::DnsWildcard};
}

double clockOffset(const ProbeTimes& server, WallTime sent, WallTime received) {
    using Seconds = std::chrono::duration<double>;
    const double sentAt = Seconds(sent.time_since_epoch()).count();
    const double receivedAt = Seconds(received.time_since_epoch()).count();
    const double arrived = server.started - server.loginSeconds;
    const double answered = server.started + server.tookSeconds;
    return ((arrived - sentAt) + (answered - receivedAt)) / 2;
}

std::map<HostId, ProbeOutcome> probeAll(Connector& connector, const Inventory& inventory,
                                        const ProbeOptions& options, const ProbeObserver& observer,
                                        const std::stop_token& stop) {
    const auto script = probeScript();
    std::map<HostId, ProbeOutcome> outcomes;
    std::mutex mutex;
    std::atomic<size_t> next = 0;
    const auto work = [&] {
        for (size_t index = next++; index < inventory.hosts.size(); index = next++) {
            const Host& host = inventory.hosts[index];
            ProbeOutcome outcome = fail(ErrorCode::Cancelled, host.name.str());
            if (!script)
                outcome = tl::unexpected(script.error());
            else if (!stop.stop_requested())
                outcome = probeOne(connector, host, *script, options, stop);
            const std::lock_guard lock(mutex);
            const auto [entry, isNew] = outcomes.insert_or_assign(host.name, std::move(outcome));
            if (observer)
                observer(host.name, entry->second);
        }
    };
    const size_t workers =
        std::min(inventory.hosts.size(), static_cast<size_t>(std::max(options.atOnce, 1)));
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < workers; ++i)
        threads.emplace_back(work);
    threads.clear();
    addPeers(connector, inventory, options, outcomes, observer, stop);
    return outcomes;
}

}  // namespace deploy
