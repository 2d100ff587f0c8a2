#pragma once

#include <string>
#include <vector>

#include "cli_app.h"
#include "cli_signals.h"
#include "inventory/host.h"

namespace deploy::cli {

/// One function a command of finclip-deployctl; errors end the program with their exit class.

struct NewArgs {
    std::string project;
    std::string inventory;
    std::string encoding = "utf-8";
    std::string bundle;
    std::string bundleKey;
    std::string mode = "single";
};
Result<Answer> newCommand(const Cli& cli, const NewArgs& args);

struct InventoryArgs {
    std::string path;  ///< list of servers (show) or project folder
    std::string list;  ///< list of servers (replace)
    std::string encoding = "utf-8";
    std::string output;
};
Result<Answer> inventoryShowCommand(const Cli& cli, const InventoryArgs& args);
Result<Answer> inventoryReplaceCommand(const Cli& cli, const InventoryArgs& args);
Result<Answer> inventoryExportCommand(const Cli& cli, const InventoryArgs& args);
/// The servers of a list; every cell that cannot be used is printed with its place, and then is an
/// InventoryInvalid.
Result<Inventory> readServerList(const Cli& cli, const std::string& path,
                                 const std::string& encoding);

struct TrustArgs {
    std::string project;
    bool acceptNew = false;
    std::vector<std::string> fingerprints;  ///< NAME=SHA256:...
};
Result<Answer> trustCommand(const Cli& cli, const TrustArgs& args, const std::stop_token& stop);

struct AssignArgs {
    std::string project;
    bool suggest = false;
    std::vector<std::string> assignments;  ///< ROLE=SERVER[,SERVER]; ROLE= takes the role away
};
Result<Answer> assignCommand(const Cli& cli, const AssignArgs& args);

struct WaiveArgs {
    std::string project;
    std::string check;
    std::string server;
    std::string by;
    std::string reason;
};
Result<Answer> waiveCommand(const Cli& cli, const WaiveArgs& args);

struct SettingsArgs {
    std::string project;
    std::vector<std::string> values;  ///< KEY=VALUE; none: shows all
};
Result<Answer> settingsCommand(const Cli& cli, const SettingsArgs& args);

struct ProbeArgs {
    std::string project;
    std::vector<std::string> servers;
};
Result<Answer> probeCommand(const Cli& cli, const ProbeArgs& args, const std::stop_token& stop);
Result<Answer> checkCommand(const Cli& cli, const std::string& project,
                            const std::stop_token& stop);

struct PlanArgs {
    std::string project;
    bool byServer = false;
    bool scripts = false;
    std::string output;
    bool firewall = false;  ///< the request for the customer's firewall team instead of the steps
};
Result<Answer> planCommand(const Cli& cli, const PlanArgs& args, const std::stop_token& stop);

/// What must be let through, as a table or with an output as CSV. Needs neither bundle nor probe.
Result<Answer> firewallSheet(const Cli& cli, const PlanArgs& args);

struct ApplyArgs {
    std::string project;
    bool yes = false;
    std::string digest;
    std::string breakLock = {};  ///< id of another run's lock
};
Result<Answer> applyCommand(const Cli& cli, const ApplyArgs& args, const StopOnSignal& stop);

struct RunArgs {
    std::string project;
    std::string breakLock = {};             ///< id of another run's lock
    std::vector<std::string> servers = {};  ///< resume: these alone; none: all
};
Result<Answer> resumeCommand(const Cli& cli, const RunArgs& args, const StopOnSignal& stop);
Result<Answer> verifyCommand(const Cli& cli, const RunArgs& args, const StopOnSignal& stop);
Result<Answer> statusCommand(const Cli& cli, const std::string& project, const StopOnSignal& stop);

struct RecoverArgs {
    std::string project;
    bool yes = false;
    std::string breakLock = {};
};
/// Brings the database back: asks every member, tells who starts first, and lets the rest join.
Result<Answer> recoverCommand(const Cli& cli, const RecoverArgs& args, const StopOnSignal& stop);
struct SwitchOverArgs {
    std::string project;
    std::string to = {};       ///< the server that is to write; empty: the one that does not
    bool primaryLost = false;  ///< promote with what is there
    bool yes = false;
    std::string breakLock = {};
};
/// Makes the other one of a database pair the primary.
Result<Answer> switchOverCommand(const Cli& cli, const SwitchOverArgs& args,
                                 const StopOnSignal& stop);
struct ReadyInstalled;
/// recoverCommand() of a database pair: a server that cannot follow becomes a replica anew.
Result<Answer> renewReplica(const Cli& cli, const RecoverArgs& args, ReadyInstalled& installed,
                            const StopOnSignal& stop);
/// Puts the cache's masters back on their own servers.
Result<Answer> rebalanceCommand(const Cli& cli, const RunArgs& args, const StopOnSignal& stop);

struct RepairArgs {
    std::string project;
    bool yes = false;
    bool undo = false;  ///< take back the repairs that stand
    std::string breakLock = {};
};
/// Puts right on the servers what the checks of the saved facts offer, each command shown before.
Result<Answer> repairCommand(const Cli& cli, const RepairArgs& args, const StopOnSignal& stop);

struct DrillArgs {
    std::string project;
    std::string server;
    bool power = false;
    bool yes = false;
    bool lastCopy = false;  ///< also where a service is away as long as the server is
    std::string breakLock = {};
};
/// Stops a server on purpose, measures, and brings it back.
Result<Answer> drillCommand(const Cli& cli, const DrillArgs& args, const StopOnSignal& stop);

struct RemoveArgs {
    std::string project;
    bool yes = false;
    bool data = false;           ///< the data goes as well
    std::string server = {};     ///< this one's part alone; empty: all
    bool lastCopy = false;       ///< also where a service ends with it
    std::string breakLock = {};  ///< id of another run's lock
};
Result<Answer> removeCommand(const Cli& cli, const RemoveArgs& args, const StopOnSignal& stop);

struct ReportArgs {
    std::string project;
    std::string output;
};
Result<Answer> reportCommand(const Cli& cli, const ReportArgs& args);

struct WhatIfArgs {
    std::string project;
    std::vector<std::string> down;  ///< servers, or datacenters for all of theirs
    bool matrix = false;            ///< every loss of one, of two and of a datacenter
};
Result<Answer> whatIfCommand(const Cli& cli, const WhatIfArgs& args);

struct AdviseArgs {
    int tps = 0;
    std::string survive = "nothing";  ///< "nothing", "server", "datacenter"
    int servers = 0;                  ///< at hand; 0: not known
};
Result<Answer> adviseCommand(const Cli& cli, const AdviseArgs& args);

struct BundleArgs {
    std::string path;
    std::string archive;
    std::string key;  ///< public key (verify) or secret key file (sign)
    std::string cache;
};
Result<Answer> bundleVerifyCommand(const Cli& cli, const BundleArgs& args,
                                   const std::stop_token& stop);
Result<Answer> bundlePackCommand(const Cli& cli, const BundleArgs& args,
                                 const std::stop_token& stop);
Result<Answer> bundleSignCommand(const Cli& cli, const BundleArgs& args);
Result<Answer> bundleKeygenCommand(const Cli& cli, const BundleArgs& args);

struct PracticeArgs {
    std::string project;
    std::string scenario = "single-ok";
};
Result<Answer> practiceCommand(const Cli& cli, const PracticeArgs& args, const StopOnSignal& stop);

}  // namespace deploy::cli
