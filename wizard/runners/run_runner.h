#pragma once

#include <QByteArray>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>

#include "project/work.h"
#include "runners/runner.h"

namespace wizard {

/// One run of a plan: begun anew, or the last one gone on with where `plan` is absent. The project
/// is lent to the runner's thread until finished().
struct RunJob {
    const deploy::Product& product;
    deploy::ProjectFolder& project;
    std::shared_ptr<deploy::Connector> connector;
    const deploy::Clock& clock;
    std::shared_ptr<deploy::Vault> vault;  ///< null in practice
    std::filesystem::path bundleFolder;
    std::optional<deploy::Plan> plan;
    std::string brokenLock = {};         ///< as RunWork::brokenLock
    std::set<deploy::HostId> only = {};  ///< as RunWork::only
};

/// Applies, resumes, verifies or removes, as the plan says.
class RunRunner : public Runner {
    Q_OBJECT
public:
    using Runner::Runner;
    void run(const RunJob& job);
    /// Each server ends the step it is at.
    void stopAfterStep() { afterStep_.request_stop(); }

Q_SIGNALS:
    void recorded(const deploy::Event& event);
    void progress(const deploy::StepProgress& progress);
    /// Output of steps as it came, joined where it comes faster than the screen follows.
    void log(const deploy::StepId& step, const QByteArray& bytes);
    void ended(const deploy::Result<deploy::RunState>& state);

private:
    class Relay;
    std::stop_source afterStep_;
};

}  // namespace wizard
