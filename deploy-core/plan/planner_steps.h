#pragma once

#include "plan/planner.h"

namespace deploy {

/// Where the server keeps what was sent, by digest.
std::string sentFile(const std::string& sha256);

/// How long a step takes [est], and from when on it is slow or ended.
struct StepTime {
    std::chrono::seconds estimate{1};
    std::chrono::seconds slow{120};
    std::chrono::seconds most{900};
};

/// The steps of one server, written down in their order. An unknown script is remembered and
/// answered by take().
class StepList {
public:
    using Values = std::map<std::string, std::string>;

    StepList(const RoleScripts& scripts, const HostId& host) : scripts_(scripts), host_(host) {}

    ScriptCall call(const std::string& script, Values values);
    /// Each returns the new step's id: "<server>/<name>".
    StepId run(const std::string& name, Stage stage, ScriptCall call, std::vector<StepId> needs,
               StepTime time, Args args = {});
    StepId wait(const std::string& name, Stage stage, ScriptCall call, std::vector<StepId> needs,
                StepTime time);
    StepId put(const std::string& name, Stage stage, const BundleFile& file,
               std::optional<ScriptCall> unless, std::vector<StepId> needs);

    Result<std::vector<Step>> take() &&;

private:
    StepId add(Step step, const std::string& name, Stage stage, std::vector<StepId> needs,
               StepTime time);

    const RoleScripts& scripts_;
    HostId host_;
    std::vector<Step> steps_;
    std::optional<Error> error_;
};

}  // namespace deploy
