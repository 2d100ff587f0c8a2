#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "inventory/host.h"
#include "topology/topology.h"

namespace deploy {

/// A role in a person's hand: taken up from a server, or new where `from` is empty.
struct Chip {
    RoleId role;
    HostId from;
    bool operator==(const Chip&) const = default;
};

enum class Carry { Move, Copy };

/// Why something cannot be put somewhere; text "placement.<reason>".
struct Refusal {
    std::string reason;  ///< "already", "full", "apart"...; stable
    Args args;           ///< "role", "other" (role ids), "server", "limit" by reason
    bool operator==(const Refusal&) const = default;
};

/// What can be put where on a drawing, by the rules that speak of one server: counts that a few
/// more moves would mend, and what is only warned of, are left to the findings. Reads the drawing
/// once; a question then costs no more than the catalogue's constraints. Catalogue and mode are not
/// owned and outlive it.
class Placement {
public:
    Placement(const Catalog& catalog, const Mode& mode, const Inventory& inventory,
              const Topology& topology);

    /// The roles of the mode that people move; the others are companions of one of these.
    std::vector<RoleId> carriedRoles() const;
    /// Roles without a band of their own that may only stand beside `role`: they come and go with
    /// it.
    std::vector<RoleId> companionsOf(const RoleId& role) const;

    /// Nothing: the chips can be dropped there.
    std::optional<Refusal> refusal(const std::vector<Chip>& chips, const HostId& host,
                                   Carry carry) const;
    /// The drawing after a drop that refusal() does not speak against. A role that moves keeps its
    /// place in the order of its servers.
    Topology drop(const std::vector<Chip>& chips, const HostId& host, Carry carry) const;
    Topology remove(const std::vector<Chip>& chips) const;

    /// Nothing: `newcomer` can take over all roles of `old`.
    std::optional<Refusal> refusalToReplace(const HostId& newcomer, const HostId& old) const;
    Topology replace(const HostId& newcomer, const HostId& old) const;

private:
    using Mask = uint64_t;
    struct Rule {
        Constraint::Kind kind;
        Mask roles;
        Mask others;
    };
    struct Seat {
        std::string datacenter;
        Mask roles = 0;
    };
    Mask bit(const RoleId& role) const;
    const RoleId& first(Mask roles) const;
    bool full(const RoleCount& count, const std::string& datacenter, size_t more) const;
    std::optional<Refusal> refusalOf(const Chip& chip, const HostId& host, Carry carry) const;
    std::optional<Refusal> refusalByRules(Mask carried, Mask together, const HostId& host) const;
    std::optional<Refusal> refusalByPlace(const Chip& chip, const HostId& host) const;
    bool fits(const RoleId& companion, const HostId& host) const;

    const Catalog& catalog_;
    const Mode& mode_;
    Topology topology_;
    std::map<RoleId, Mask> bits_;
    std::map<HostId, Seat> seats_;
    std::map<std::string, size_t> serversAt_;                     ///< by datacenter
    std::map<std::pair<RoleId, std::string>, size_t> membersAt_;  ///< by role and datacenter
    std::map<RoleId, size_t> members_;
    std::vector<Rule> rules_;
    size_t used_ = 0;  ///< servers that have any role
};

}  // namespace deploy
