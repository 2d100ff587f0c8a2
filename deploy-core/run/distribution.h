#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/id.h"

namespace deploy {

/// Which server takes which file from where, in one run: the first one that needs a file takes it
/// from the laptop, each further one from a server that has it or is getting it, best from one that
/// feeds nobody yet: so they form chains, and no line carries a file twice. Thread-safe.
class Distribution {
public:
    /// The server to take the file from; none: the laptop. `host` is noted as getting it, until
    /// has() or gaveUp(), and takes it from nobody whom it feeds itself.
    std::optional<HostId> sourceFor(const std::string& sha256, const HostId& host);
    /// It has so much of it by now.
    void progress(const std::string& sha256, const HostId& host, uint64_t bytes);
    /// It has all of it.
    void has(const std::string& sha256, const HostId& host);
    /// It gets it no more, and has it not.
    void gaveUp(const std::string& sha256, const HostId& host);

    /// Whether it had all of it; what made use of the file may have taken it away since.
    bool hadAll(const std::string& sha256, const HostId& host) const;

    /// `host` takes nothing from `source` any more: the way does not exist.
    void noWay(const HostId& source, const HostId& host);
    /// `host` takes this file not from `source`, which was too slow or lost it.
    void notFrom(const std::string& sha256, const HostId& source, const HostId& host);
    /// Is the source so far behind the first that another one would be better?
    bool heldUp(const std::string& sha256, const HostId& host) const;

private:
    struct Holder {
        HostId host;
        uint64_t bytes = 0;
        bool whole = false;
        bool active = true;            ///< is getting it or has it
        std::optional<HostId> source;  ///< while it gets it from a server
        std::set<HostId> avoids;
    };
    using Holders = std::vector<Holder>;
    static Holder& of(Holders& holders, const HostId& host);
    static bool feeds(const Holders& holders, const HostId& from, const HostId& to);

    mutable std::mutex mutex_;
    std::map<std::string, Holders> files_;
    std::set<std::pair<HostId, HostId>> closed_;
};

}  // namespace deploy
