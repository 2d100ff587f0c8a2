#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"

namespace deploy {

/// What must go on without: one server, or a whole datacenter.
enum class Survive { Nothing, Server, Datacenter };

/// More than anybody asks for; beyond it the drawings that figures are reckoned from get large.
constexpr int kMostTps = 1000000;

/// What a customer asks for.
struct Wish {
    int tps = 0;  ///< at most kMostTps; 0: not known
    Survive survive = Survive::Nothing;
    int serversAtHand = 0;  ///< 0: not known
    bool operator==(const Wish&) const = default;
};

/// The smallest size of one mode that meets a wish, or comes nearest to it.
struct ModeOption {
    ModeId mode;
    int servers = 0;     ///< of the platform itself, in all its datacenters
    int opsServers = 0;  ///< that the mode needs besides
    int datacenters = 1;
    ServerSize each;
    int tps = 0;           ///< reference [seed, linear]
    int tpsAfterLoss = 0;  ///< with the loss of any one server that costs most; 0: no service
    Survive survives = Survive::Nothing;
    /// What the wish asks and this does not give: "tps", "server", "datacenter", "servers".
    std::vector<std::string> unmet;

    int total() const { return servers + opsServers; }
    bool operator==(const ModeOption&) const = default;
};

/// Text "advice.reason.<code>".
struct Reasoning {
    std::string code;
    Args args;
    bool operator==(const Reasoning&) const = default;
};

struct Advice {
    ModeId recommended;
    std::vector<Reasoning> reasons;
    std::vector<ModeOption> options;  ///< one for each mode of the catalogue, in its order

    const ModeOption* option(const ModeId& mode) const;
    bool operator==(const Advice&) const = default;
};

/// Recommends a mode and a size. Pure; figures are the catalogue's (seed), larger sizes linear in
/// servers [est]. Where the servers at hand suffice for no mode that meets the wish, the one that
/// would meet it is recommended, and a reason says what is missing.
Advice advise(const Catalog& catalog, const Wish& wish);

}  // namespace deploy
