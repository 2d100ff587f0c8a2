#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace deploy {

/// Sizes that one server of a mode needs. Memory and disk in bytes (catalogue: "8 GB" is 8 * 2^30).
struct ServerSize {
    int cores = 0;
    uint64_t memoryBytes = 0;
    uint64_t diskBytes = 0;

    bool operator==(const ServerSize&) const = default;
};

/// How many instances of a role a mode wants. `maximum` 0 means no upper limit.
struct RoleCount {
    RoleId role;
    int minimum = 0;
    int maximum = 0;
    int suggested = 0;  ///< on the mode's own number of servers

    bool operator==(const RoleCount&) const = default;
};

/// One of the three deployment modes; figures from the seed document.
struct Mode {
    ModeId id;
    int servers = 0;         ///< the seed's number, without the ops server
    int serversMaximum = 0;  ///< 0: no upper limit
    int opsServers = 0;      ///< at most
    ServerSize minimum;
    ServerSize recommended;
    int tpsMinimum =
        0;  ///< reference TPS of the whole mode at `minimum`; a reference, never a gate
    int tpsRecommended = 0;
    bool kubernetes = false;
    bool ssdRecommended = false;
    int survivesServers = 0;  ///< how many servers may be down
    std::vector<RoleCount> roles;

    bool operator==(const Mode&) const = default;
};

struct Role {
    RoleId id;
    bool visible = true;  ///< shown as a band of its own
    std::string color;    ///< name of the band's colour in the theme: "worker", "database"...

    bool operator==(const Role&) const = default;
};

enum class Protocol { Tcp, Udp, Vrrp };

/// Who talks to whom: source of the firewall request sheet, reachability checks and tooltips.
/// `from` may be "client" (people and devices) or "laptop" (this program).
struct Port {
    std::string from;
    std::string to;  ///< role id
    Protocol protocol = Protocol::Tcp;
    uint16_t first = 0;  ///< 0 for protocols without ports
    uint16_t last = 0;
    std::string why;  ///< key of the text "port.<why>"
    std::vector<ModeId> modes;

    bool operator==(const Port&) const = default;
};

/// A rule between roles that can be decided on the drawing alone.
struct Constraint {
    enum class Kind { OnePerServer, Apart, OddCount, MajoritySurvives, SameDatacenter, OnlyWith };
    std::string id;  ///< stable: key of "finding.<id>"
    Kind kind = Kind::OnePerServer;
    std::vector<RoleId> roles;
    std::vector<ModeId> modes;
    std::string source;  ///< "seed", "vendor", "k3s", "est"...

    bool operator==(const Constraint&) const = default;
};

struct OsRelease {
    std::string id;  ///< os-release ID: "centos"
    std::vector<std::string> versions;
    bool operator==(const OsRelease&) const = default;
};

/// Thresholds of the checks, with their source; key is the check's id.
struct Threshold {
    std::string check;
    double value = 0;
    std::string unit;  ///< "ms", "s", "percent", "MiB", "count"
    std::string source;

    bool operator==(const Threshold&) const = default;
};

/// All that resources/catalog says. Immutable after loading.
struct Catalog {
    std::vector<Mode> modes;
    std::vector<Role> roles;
    std::vector<Port> ports;
    std::vector<Constraint> constraints;
    std::vector<OsRelease> systems;
    std::vector<Threshold> thresholds;

    /// From resourceFolder()/catalog; strict: unknown keys, duplicates and wrong units are errors
    /// with line and column.
    static Result<Catalog> load();

    const Mode* mode(const ModeId& id) const;
    const Role* role(const RoleId& id) const;
    const Threshold* threshold(const std::string& check) const;
};

}  // namespace deploy
