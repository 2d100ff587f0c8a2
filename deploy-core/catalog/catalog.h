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

/// How many servers have a role in a mode. `maximum` 0 means no upper limit. A role that a mode
/// does not list has no place in it.
struct RoleCount {
    RoleId role;
    int minimum = 0;
    int maximum = 0;
    int suggested = 0;   ///< on the mode's own number of servers
    int processes = 0;   ///< in all, over its servers (the cache's six); 0: one a server
    std::string source;  ///< "seed", "vendor", "k3s", "est"...: key of the text "source.<source>"

    bool operator==(const RoleCount&) const = default;
};

/// One of the three deployment modes; figures from the seed document. Texts: "mode.<id>.name" and
/// others.
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
    std::string source;

    /// Null for a role that has no place in the mode.
    const RoleCount* count(const RoleId& role) const;
    bool operator==(const Mode&) const = default;
};

/// Text "role.<id>", and in a sentence "role.<id>.about".
struct Role {
    RoleId id;
    bool visible = true;  ///< shown as a band of its own
    std::string color;    ///< name of the band's colour in the theme: "worker", "database"...

    bool operator==(const Role&) const = default;
};

enum class Protocol { Tcp, Udp, Vrrp };

/// Who talks to whom: source of the firewall request sheet, reachability checks and tooltips.
/// An end is a role's id; or "server" (every server), "client" (people and devices; only `from`),
/// "laptop" (this program; only `from`): texts "port_end.<end>".
struct Port {
    std::string from;
    std::string to;
    Protocol protocol = Protocol::Tcp;
    uint16_t first = 0;  ///< 0 for protocols without ports
    uint16_t last = 0;
    std::string why;  ///< key of the text "port.<why>"
    std::vector<ModeId> modes;
    std::string distribution;  ///< "k3s" or "rke2": only there; empty: with any
    int least = 0;  ///< only where the role `to` has at least so many servers; 0: with any number
    std::string source;

    bool operator==(const Port&) const = default;
};

/// A rule between roles that can be decided on the drawing alone.
struct Constraint {
    enum class Kind {
        OnePerServer,      ///< no server has two instances of a role
        Apart,             ///< no server has one of `roles` together with one of `others`
        OddCount,          ///< the number of servers of each role is odd
        MajoritySurvives,  ///< more than half of each role's servers are left when any one is lost
        SameDatacenter,    ///< all servers of a role are in one datacenter
        OnlyWith           ///< a server with one of `roles` also has one of `others`
    };
    enum class Grade { Error, Warning };  ///< of the finding
    std::string id;                       ///< stable: key of "finding.<id>"
    Kind kind = Kind::OnePerServer;
    std::vector<RoleId> roles;
    std::vector<RoleId> others;  ///< only of Apart and OnlyWith
    std::vector<ModeId> modes;
    Grade grade = Grade::Error;
    std::string source;

    bool operator==(const Constraint&) const = default;
};

/// Text "os.<id>".
struct OsRelease {
    std::string id;                     ///< os-release ID: "centos"
    std::vector<std::string> versions;  ///< os-release VERSION_ID
    bool operator==(const OsRelease&) const = default;
};

/// Thresholds of the checks, with their source; key is the check's id.
struct Threshold {
    std::string check;
    double value = 0;
    std::string unit;  ///< "ms", "s", "percent", "MiB", "count", "times"; fixed for each check
    std::string source;

    bool operator==(const Threshold&) const = default;
};

/// All that resources/catalog says. Immutable after loading.
struct Catalog {
    std::vector<Mode> modes;
    std::vector<Role> roles;  ///< in the order of the drawing's bands
    std::vector<std::string>
        services;  ///< of the single node's picture, row by row: "service.<id>"
    std::vector<Port> ports;
    std::vector<Constraint> constraints;
    std::vector<OsRelease> systems;
    std::vector<Threshold> thresholds;

    /// From resourceFolder()/catalog; strict: unknown keys, duplicates, unknown roles and modes and
    /// wrong units are errors with line and column.
    static Result<Catalog> load();

    const Mode* mode(const ModeId& id) const;
    const Role* role(const RoleId& id) const;
    const Threshold* threshold(const std::string& check) const;
};

}  // namespace deploy
