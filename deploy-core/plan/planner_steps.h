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

/// The steps of a plan, written down in their order. An unknown script is remembered and answered
/// by take().
class StepList {
public:
    using Values = std::map<std::string, std::string>;

    explicit StepList(const RoleScripts& scripts) : scripts_(scripts) {}

    ScriptCall call(const std::string& script, Values values);
    const StepId& add(Step step);
    Result<std::vector<Step>> take() &&;

private:
    const RoleScripts& scripts_;
    std::vector<Step> steps_;
    std::optional<Error> error_;
};

/// Writes the steps of one server into a list that outlives it.
class ServerSteps {
public:
    ServerSteps(StepList& list, HostId host) : list_(list), host_(std::move(host)) {}

    const HostId& host() const { return host_; }
    ScriptCall call(const std::string& script, StepList::Values values) {
        return list_.call(script, std::move(values));
    }
    /// Each returns the new step's id: "<server>/<name>".
    StepId run(const std::string& name, Stage stage, ScriptCall call, std::vector<StepId> needs,
               StepTime time, Args args = {});
    StepId wait(const std::string& name, Stage stage, ScriptCall call, std::vector<StepId> needs,
                StepTime time);
    StepId put(const std::string& name, Stage stage, const BundleFile& file,
               std::optional<ScriptCall> unless, std::vector<StepId> needs);

private:
    StepId add(Step step, const std::string& name, Stage stage, std::vector<StepId> needs,
               StepTime time);

    StepList& list_;
    HostId host_;
};

}  // namespace deploy
