#pragma once

#include <memory>
#include <optional>

#include "project/work.h"
#include "runners/runner.h"

namespace wizard {

/// What the probes said, by server.
using Outcomes = std::map<deploy::HostId, deploy::ProbeOutcome>;

/// A project as it was at one moment; the product outlives the work.
struct JudgeWork {
    const deploy::Product& product;
    std::shared_ptr<const deploy::ProjectContent> content;
    std::shared_ptr<const Outcomes> outcomes;
    std::optional<deploy::Bundle> bundle;
    std::shared_ptr<const deploy::Plan> present;  ///< what is on the servers
};

/// What follows from it.
struct Verdicts {
    std::shared_ptr<const deploy::Judgement> judgement;
    std::shared_ptr<const deploy::Result<deploy::Plan>> plan;
};

/// Empty for a mode that is not known. Pure.
deploy::Judgement judgementOf(const JudgeWork& work);
/// BundleInvalid without a bundle. Pure.
deploy::Result<deploy::Plan> planOf(const JudgeWork& work, const deploy::Judgement& judgement);

/// Judges a project with so many servers that it takes longer than a frame.
class JudgeRunner : public Runner {
    Q_OBJECT
public:
    using Runner::Runner;
    void judge(JudgeWork work);

Q_SIGNALS:
    void judged(const wizard::Verdicts& verdicts);
};

}  // namespace wizard
