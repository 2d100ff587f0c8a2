#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/byte_count.h"
#include "probe/checks.h"

namespace deploy {

/// What is fixed about a check. The one list of all checks is in check_table.cpp.
struct CheckSpec {
    enum class Grade { Warns, Fails };
    const char* id;
    CheckCategory category;
    Grade grade;  ///< what not holding means
    Waivable waivable;
    const char* source;  ///< of a threshold that is not in the catalogue
    const char* repair;  ///< "": none
};

const std::vector<CheckSpec>& checkTable();
/// Null for an id that no check has.
const CheckSpec* checkSpec(const CheckId& id);

/// By check, then by value: the places in Fleet::servers of those that have the value.
using Owners = std::map<std::string, std::map<std::string, std::vector<size_t>>>;

/// What comparing servers needs: the facts of all that were probed, and who may have which role.
struct Fleet {
    std::vector<const Facts*> servers;  ///< not owned
    Owners owners;                      ///< of the values that only one server may have
    std::map<RoleId, std::vector<size_t>> carriers;  ///< places in Inventory::hosts, ascending
    std::optional<double> medianOffset;              ///< seconds; of the server in the middle
    std::string usualTimeZone;                       ///< the offset that most have: "+0800"
};

/// Without the carriers.
Fleet fleetOf(const std::vector<const Facts*>& servers);
/// Fleet::carriers: as CheckSheet::mayHave says, for every role at once; "server" stands for all.
std::map<RoleId, std::vector<size_t>> carriersIn(const CheckContext& context,
                                                 const Inventory& inventory);
/// Looked up by every server: comparing each with each takes seconds where there are hundreds.
Owners ownersIn(const std::vector<const Facts*>& servers);

/// The checks of one server as they are judged. References are not owned.
class CheckSheet {
public:
    CheckSheet(const CheckContext& context, const Inventory& inventory, const Host& host,
               const ProbeOutcome* outcome, const Fleet& fleet);

    const CheckContext& context;
    const Inventory& inventory;
    const Host& host;
    const ProbeOutcome* outcome;  ///< null: not probed
    const Facts& facts;           ///< all empty where there are none
    const Fleet& fleet;

    bool probed() const { return outcome != nullptr && outcome->has_value(); }
    bool cluster() const { return context.mode->kubernetes; }
    /// By the drawing; without one every server may get every role of the mode.
    bool mayHave(const RoleId& role) const;
    /// Something of ours is on the server.
    bool hasOurs() const { return facts.finclipVersion || !installedParts().empty(); }
    /// The books of an installation: a repair of the server itself is made without one.
    std::vector<std::string> installedParts() const;
    std::optional<double> limit(const std::string& id) const;

    /// Holds: Pass; does not: what the check's grade says; unknown: CouldNotCheck.
    void judge(const char* id, std::optional<bool> holds, const std::string& measured,
               const std::string& required, Args args = {});
    void add(const char* id, CheckStatus status, const std::string& measured,
             const std::string& required, Args args = {});
    void notApplicable(const char* id, const std::string& measured = {});

    std::vector<CheckResult> take() { return std::move(results_); }

private:
    std::vector<CheckResult> results_;
};

/// The parts of runChecks(), by category.
void checkAccess(CheckSheet& sheet);
void checkSystem(CheckSheet& sheet);
void checkResources(CheckSheet& sheet);
void checkDisk(CheckSheet& sheet);
void checkClock(CheckSheet& sheet);
void checkIdentity(CheckSheet& sheet);
void checkNetwork(CheckSheet& sheet);
void checkPeers(CheckSheet& sheet);
void checkSettings(CheckSheet& sheet);
void checkExisting(CheckSheet& sheet);

/// Some ports are those of one Kubernetes distribution; the bundle brings one of them.
bool isOfBundle(const Port& port, const BundleManifest* bundle);

/// Up to two decimals, without zeros at the end.
std::string numberText(double value);
std::string joined(const std::vector<std::string>& words, const char* separator = ", ");

}  // namespace deploy
