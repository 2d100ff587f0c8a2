#pragma once

#include <map>
#include <stop_token>

#include "catalog/catalog.h"
#include "inventory/host.h"
#include "probe/facts.h"
#include "remote/remote_host.h"

namespace deploy {

struct PeerPort {
    std::string protocol;  ///< "tcp" or "udp"
    uint16_t port = 0;
    bool operator==(const PeerPort&) const = default;
    bool operator<(const PeerPort& other) const {
        return std::tie(protocol, port) < std::tie(other.protocol, other.port);
    }
};

/// What servers ask each other.
struct PeerQuestions {
    std::vector<PeerPort> ports;
    std::string virtualAddress;  ///< IPv4; empty: not asked for
    bool operator==(const PeerQuestions&) const = default;
};

/// Every port that some server of the mode needs of another, whatever the drawing, which may change
/// after the probe; nothing for a mode of one server.
PeerQuestions peerQuestions(const Catalog& catalog, const ModeId& mode,
                            const std::string& virtualAddress);

/// What one round found, by the server that was asked.
struct PeerRound {
    std::map<HostId, std::vector<PeerFacts>> peers;
    std::map<HostId, VirtualAddressFacts> virtualAddress;
    bool operator==(const PeerRound&) const = default;
};

/// All servers at once: each listens on every port that is free there, then each asks all others,
/// then none listens any more; what listens ends by itself within two minutes, also when the line
/// is cut. A server that cannot be reached, has no root rights, or cannot run the program is left
/// out. Nothing stays on a server. Servers that are named by a DNS name are left out too.
PeerRound askPeers(Connector& connector, const Inventory& servers, const PeerQuestions& questions,
                   const std::stop_token& stop);

/// One server's answers to begin (resources/probe/peers.sh). Pure.
struct PeerListener {
    std::string pid;              ///< empty: it does not listen
    std::vector<PeerPort> ports;  ///< on which it listens
};
PeerListener parseListener(const std::string& output);

/// The questions of one server, a line each, to the others by their addresses.
std::string questionLines(const PeerQuestions& questions,
                          const std::map<HostId, std::string>& addresses,
                          const std::map<HostId, PeerListener>& listeners, const HostId& own);

/// Adds the answers that server `from` got. Pure; what cannot be understood is left out.
void addAnswers(PeerRound& round, const HostId& from, const std::string& output,
                const std::map<HostId, std::string>& addresses,
                const std::map<HostId, PeerListener>& listeners);

/// The program that the servers run meanwhile: x86-64, static.
std::string_view peersProgram();

}  // namespace deploy
