#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace deploy {

/// Where a path lies: the data directory's file system (of the deepest folder that exists).
struct FileSystemFacts {
    std::string type;  ///< "ext4", "xfs", "overlay"
    std::optional<uint64_t> totalBytes;
    std::optional<uint64_t> freeBytes;
    std::optional<uint64_t> totalInodes;
    std::optional<uint64_t> freeInodes;
    std::optional<bool> rotational;    ///< true: a spinning disk
    std::optional<bool> ftype;         ///< xfs ftype=1
    std::vector<std::string> options;  ///< mount options
    std::optional<bool> symlink;       ///< a part of the path is a symbolic link
    bool operator==(const FileSystemFacts&) const = default;
};

struct ListeningPort {
    std::string protocol;  ///< "tcp" or "udp"
    uint16_t port = 0;
    std::string process;  ///< may be empty
    bool operator==(const ListeningPort&) const = default;
};

struct InterfaceFacts {
    std::string name;
    std::string mac;
    std::vector<std::string> addresses;  ///< "10.77.0.11/24"
    std::optional<int> mtu;
    bool operator==(const InterfaceFacts&) const = default;
};

/// A program that is already on the server.
struct ExistingSoftware {
    std::string id;       ///< "docker", "containerd", "kubernetes", "mysql", "redis"
    std::string version;  ///< may be empty
    bool running = false;
    std::string detail;  ///< paths, units
    bool operator==(const ExistingSoftware&) const = default;
};

/// What another server got when it asked this one for a port: "open", "refused", "silent",
/// "unreachable", or "taken" (a program of this server's own has it and could not be asked).
struct PeerAnswer {
    std::string protocol;  ///< "tcp" or "udp"
    uint16_t port = 0;
    std::string answer;
    bool operator==(const PeerAnswer&) const = default;
};

/// How another server reached this one.
struct PeerFacts {
    HostId from;  ///< who asked
    std::vector<PeerAnswer> ports;
    std::optional<double> rttMs;        ///< mean
    std::optional<double> lossPercent;  ///< of 20 packets
    std::optional<int> mtu;             ///< the greatest packet that arrives whole
    std::optional<int> ownMtu;          ///< of the interface that it was sent from
    bool operator==(const PeerFacts&) const = default;
};

/// Whether the virtual address is free, as this server's network says: "free", "taken" (mac: by
/// whom), "own" (on an interface of this server), "elsewhere" (in none of its networks), "unknown".
struct VirtualAddressFacts {
    std::string address;
    std::string state;
    std::string mac;
    bool operator==(const VirtualAddressFacts&) const = default;
};

/// What one probe round found on one server. An empty optional means "could not be found out",
/// which a check turns into CouldNotCheck, never into Pass. Numbers were range-checked by the
/// parser.
struct Facts {
    HostId host;
    WallTime probedAt{};                               ///< the laptop's clock
    std::optional<std::string> architecture;           ///< "x86_64"
    std::optional<std::vector<std::string>> cpuFlags;  ///< those that matter: of x86-64-v2
    std::optional<std::string> osId;                   ///< os-release ID
    std::optional<std::string> osVersion;  ///< VERSION_ID; "7.9" for CentOS, which says "7"
    std::optional<std::string> osName;     ///< PRETTY_NAME
    std::optional<std::string> kernel;     ///< "5.15.0-91-generic"
    std::optional<std::string> hostname;
    std::optional<std::string> machineId;
    std::optional<std::string> bootId;
    std::optional<int> cores;
    std::optional<uint64_t> memoryBytes;  ///< installed, where that is known; else usable
    std::optional<uint64_t> swapBytes;    ///< size of the swap space that is on; 0 = off
    std::optional<FileSystemFacts> dataDirectory;
    std::optional<double> clockOffsetSeconds;  ///< server minus laptop, half the RTT taken off
    std::optional<bool> timeServiceRuns;
    std::optional<std::string> timeZone;  ///< offset and name: "+0800 CST"
    std::optional<bool> root;             ///< root rights were really had
    std::optional<bool> sudoersIncluded;
    std::vector<InterfaceFacts> interfaces;
    std::optional<bool> defaultRoute;
    std::optional<std::vector<std::string>> nameservers;
    std::optional<bool> dnsWildcard;  ///< a name that cannot exist resolves; only when asked for
    std::vector<std::string> routes;  ///< destination networks but the default: "10.77.0.0/24"
    std::optional<std::vector<ListeningPort>> listening;
    std::optional<std::string> selinux;  ///< "enforcing", "permissive", "disabled"
    std::optional<bool> firewalldRuns;
    std::optional<std::string> transparentHugePages;
    /// Loaded, built in or loadable, of those asked for.
    std::optional<std::vector<std::string>> modules;
    std::optional<std::vector<std::string>> cgroupControllers;
    std::optional<int> cgroupVersion;
    std::map<std::string, int64_t> sysctl;  ///< "net.ipv4.ip_forward"
    std::optional<std::string> iptablesVersion;
    std::optional<std::vector<std::string>> tools;  ///< of those asked for, present
    std::optional<bool> systemd;
    std::vector<ExistingSoftware> existing;
    std::optional<std::string>
        dockerDaemonJson;  ///< content of /etc/docker/daemon.json; absent: no file
    std::optional<int> sshdMaxSessions;
    std::optional<std::string> sshdMaxStartups;
    std::optional<double> fdatasyncP99Ms;  ///< of synchronous 2,300-byte writes; when asked for
    std::optional<double> loginShellMs;    ///< from the session's start to the script's first line
    std::optional<std::string> finclipVersion;  ///< what of ours is installed
    std::vector<std::string>
        finclipParts;  ///< what of ours is there, whole or in part: the undo ledger's books
    /// How the other servers reached this one; only when asked for.
    std::optional<std::vector<PeerFacts>> peers;
    std::optional<VirtualAddressFacts> virtualAddress;
    std::string raw;  ///< the probe's own words, escaped for display, for "one click away"

    bool operator==(const Facts&) const = default;
};

/// The stored form (project folder, practice fleets). Unknown keys are errors.
std::string factsToJson(const Facts& facts);
Result<Facts> factsFromJson(const std::string& json, const std::string& name);

/// Parses what the script of the probe (probe_text.h) printed. Pure. A line that cannot be
/// understood, or a number that no server can have, leaves its fact empty; a text that is not the
/// probe's (no header or no end line) is ProbeUnparsable. What needs the laptop's clock (probedAt,
/// clockOffsetSeconds) is left to the prober.
Result<Facts> parseProbe(const HostId& host, const std::string& output);

}  // namespace deploy
