#include "probe/peers.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>

#include "probe/numbers.h"

namespace deploy {

namespace {

constexpr uint64_t kMostPort = 65535;
constexpr uint64_t kMostMtu = 1U << 20U;
constexpr uint64_t kMostRttUs = 60ULL * 1000 * 1000;

bool has(const PeerListener& listener, const PeerPort& port) {
    return std::find(listener.ports.begin(), listener.ports.end(), port) != listener.ports.end();
}

/// The server with that address; empty: none.
HostId hostAt(const std::map<HostId, std::string>& addresses, std::string_view address) {
    for (const auto& [host, each] : addresses)
        if (each == address)
            return host;
    return {};
}

PeerFacts& entryOf(PeerRound& round, const HostId& host, const HostId& from) {
    auto& entries = round.peers[host];
    for (PeerFacts& entry : entries)
        if (entry.from == from)
            return entry;
    entries.emplace_back().from = from;
    return entries.back();
}

using Words = std::vector<std::string_view>;

/// "tcp 10.0.0.2 3306 open"
void addPort(PeerFacts& entry, const Words& words, const PeerListener& listener) {
    static const std::set<std::string_view> kAnswers = {"open", "refused", "silent", "unreachable"};
    const auto number = words.size() == 4 ? unsignedIn(words[2], 1, kMostPort) : std::nullopt;
    if (!number || !kAnswers.contains(words[3]))
        return;
    PeerAnswer answer{std::string(words[0]), static_cast<uint16_t>(*number), std::string(words[3])};
    // Whoever has the port there did not answer, which says nothing about the way to it.
    if (answer.answer != "open" && !has(listener, {answer.protocol, answer.port}))
        answer.answer = "taken";
    entry.ports.push_back(std::move(answer));
}

/// "path 10.0.0.2 icmp SENT RECEIVED RTT_US MTU OWN_MTU"
void addPath(PeerFacts& entry, const Words& words) {
    if (words.size() != 8)
        return;
    const auto sent = unsignedIn(words[3], 1, 1000);
    const auto received = unsignedIn(words[4], 0, 1000);
    const auto rtt = unsignedIn(words[5], 0, kMostRttUs);
    const auto mtu = unsignedIn(words[6], 1, kMostMtu);
    const auto own = unsignedIn(words[7], 1, kMostMtu);
    if (sent && received && *received <= *sent)
        entry.lossPercent =
            100.0 * static_cast<double>(*sent - *received) / static_cast<double>(*sent);
    if (rtt)
        entry.rttMs = static_cast<double>(*rtt) / 1000;
    if (mtu && own) {
        entry.mtu = static_cast<int>(*mtu);
        entry.ownMtu = static_cast<int>(*own);
    }
}

}  // namespace

PeerQuestions peerQuestions(const Catalog& catalog, const ModeId& mode,
                            const std::string& virtualAddress) {
    const Mode* described = catalog.mode(mode);
    if (described == nullptr || !described->kubernetes)
        return {};
    std::set<PeerPort> ports;
    for (const Port& port : catalog.ports) {
        const bool ofMode =
            std::find(port.modes.begin(), port.modes.end(), mode) != port.modes.end();
        if (!ofMode || port.protocol == Protocol::Vrrp || port.from == "client" ||
            port.from == "laptop")
            continue;
        for (int number = port.first; number <= port.last; ++number)
            ports.insert(
                {port.protocol == Protocol::Udp ? "udp" : "tcp", static_cast<uint16_t>(number)});
    }
    return {{ports.begin(), ports.end()}, virtualAddress};
}

PeerListener parseListener(const std::string& output) {
    PeerListener listener;
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
        const auto words = wordsOf(line);
        if (words.size() == 2 && words[0] == "pid" && unsignedIn(words[1], 2, 1U << 22U))
            listener.pid = std::string(words[1]);
        const auto port = words.size() == 3 && words[0] == "listening"
                              ? unsignedIn(words[2], 1, kMostPort)
                              : std::nullopt;
        if (port)
            listener.ports.push_back({std::string(words[1]), static_cast<uint16_t>(*port)});
    }
    return listener;
}

std::string questionLines(const PeerQuestions& questions,
                          const std::map<HostId, std::string>& addresses,
                          const std::map<HostId, PeerListener>& listeners, const HostId& own) {
    std::string lines;
    if (!questions.virtualAddress.empty())
        lines += "arp " + questions.virtualAddress + "\n";
    for (const auto& [host, listener] : listeners) {
        if (host == own || listener.pid.empty())
            continue;
        const std::string& address = addresses.at(host);
        std::string echo = "0";
        for (const PeerPort& port : listener.ports)
            if (port.protocol == "udp")
                echo = std::to_string(port.port);
        lines.append("path ").append(address).append(" ").append(echo).append("\n");
        for (const PeerPort& port : questions.ports)
            lines.append(port.protocol)
                .append(" ")
                .append(address)
                .append(" ")
                .append(std::to_string(port.port))
                .append("\n");
    }
    return lines;
}

void addAnswers(PeerRound& round, const HostId& from, const std::string& output,
                const std::map<HostId, std::string>& addresses,
                const std::map<HostId, PeerListener>& listeners) {
    static const std::set<std::string_view> kStates = {"free", "taken", "own", "elsewhere",
                                                       "unknown"};
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
        const auto words = wordsOf(line);
        if (words.size() < 3)
            continue;
        if (words[0] == "arp" && kStates.contains(words[2])) {
            round.virtualAddress[from] = {std::string(words[1]), std::string(words[2]),
                                          words.size() > 3 ? std::string(words[3]) : ""};
            continue;
        }
        const HostId host = hostAt(addresses, words[1]);
        const auto listener = listeners.find(host);
        if (listener == listeners.end() || host == from)
            continue;
        if (words[0] == "path")
            addPath(entryOf(round, host, from), words);
        else if (words[0] == "tcp" || words[0] == "udp")
            addPort(entryOf(round, host, from), words, listener->second);
    }
    // In the order of the answers, which is nobody's.
    for (auto& [host, entries] : round.peers)
        for (PeerFacts& entry : entries)
            std::sort(entry.ports.begin(), entry.ports.end(),
                      [](const PeerAnswer& a, const PeerAnswer& b) {
                          return std::tie(a.protocol, a.port) < std::tie(b.protocol, b.port);
                      });
}

}  // namespace deploy
