#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace deploy {

/// A role script (resources/roles/<script>.sh, functions check, apply, verify, remove) with its
/// values.
struct ScriptCall {
    std::string script;                          ///< "docker/engine"
    std::string sha256;                          ///< of the script's text and of roles/lib.sh
    std::map<std::string, std::string> values;   ///< shell variables; never a secret
    std::map<std::string, std::string> secrets;  ///< shell variable -> name in the vault
    bool operator==(const ScriptCall&) const = default;
};

/// Sends a file of the bundle, unless `unless`'s check already holds on the server.
struct PutFile {
    std::string source;  ///< path in the bundle
    std::string sha256;
    uint64_t size = 0;        ///< bytes
    std::string destination;  ///< absolute path on the server
    std::optional<ScriptCall> unless;
    bool operator==(const PutFile&) const = default;
};

/// Runs check; where it does not hold: apply, detached on the server, then check again. With
/// Action::Remove: remove, then check must not hold any more.
struct RunScript {
    enum class Action { Apply, Remove };
    ScriptCall call;
    Action action = Action::Apply;
    bool operator==(const RunScript&) const = default;
};

/// Calls verify until it holds; changes nothing, so it is asked anew in every run.
struct WaitReady {
    ScriptCall call;
    std::chrono::seconds deadline{120};
    bool operator==(const WaitReady&) const = default;
};

using StepAction = std::variant<PutFile, RunScript, WaitReady>;

/// The columns of the install grid; for display only, never a barrier.
enum class Stage {
    Prepare,
    Bundle,
    Docker,
    Images,
    Database,
    Cache,
    LoadBalancer,
    Kubernetes,
    Business,
    Ops,
    Verify
};

/// One thing done on one server. Printable, hashable, diffable.
struct Step {
    StepId id;  ///< "<server>/<name>"; unique in the plan, stable between plans
    HostId host;
    Stage stage = Stage::Prepare;
    std::string title;          ///< text key "step.<title>"
    Args args;                  ///< for the title's text
    std::vector<StepId> needs;  ///< steps that must have succeeded
    StepAction action;
    std::chrono::seconds estimate{1};        ///< [est]; for the remaining time only
    std::chrono::seconds softDeadline{120};  ///< shown as slow
    std::chrono::seconds hardDeadline{900};  ///< its process group is ended
    bool operator==(const Step&) const = default;
};

std::string stageName(Stage stage);  ///< "prepare", "bundle"...: text key "stage.<name>"

/// SHA-256 over all that the step does (not over title, estimate and deadlines).
std::string digestOf(const Step& step);

}  // namespace deploy
