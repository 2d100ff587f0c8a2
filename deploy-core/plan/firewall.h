#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "inventory/host.h"
#include "plan/settings.h"
#include "text/message_table.h"
#include "topology/topology.h"

namespace deploy {

/// One line of the request that the customer's firewall team gets.
struct FirewallRule {
    std::string fromEnd;     ///< "client" or "laptop"; empty: the servers of `from`
    std::vector<Host> from;  ///< in the inventory's order
    std::vector<Host> to;    ///< never empty
    Protocol protocol = Protocol::Tcp;
    uint16_t first = 0;  ///< 0 for a protocol without ports
    uint16_t last = 0;
    std::string why;  ///< key of the text "port.<why>"
    bool operator==(const FirewallRule&) const = default;
};

/// What must be let through for this drawing, from the catalogue's table of ports, in its order. A
/// role that is not placed asks for nothing; neither does traffic that stays on one server. Pure.
std::vector<FirewallRule> firewallRules(const Catalog& catalog, const ModeId& mode,
                                        const Inventory& inventory, const Topology& topology,
                                        const Settings& settings);

/// Words of a rule's cells, for tables: from, to, protocol, port, purpose.
std::vector<std::string> firewallCells(const FirewallRule& rule, const MessageTable& table);
std::vector<std::string> firewallTitles(const MessageTable& table);

/// The sheet as CSV (RFC 4180, UTF-8 with a byte order mark, as spreadsheets want it).
std::string firewallCsv(const std::vector<FirewallRule>& rules, const MessageTable& table);

}  // namespace deploy
