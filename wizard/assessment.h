#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <optional>
#include <vector>

#include "draft.h"
#include "runners/judge_runner.h"

namespace wizard {

/// What follows from the draft and from what was found on the servers: checks, findings, the plan,
/// earlier runs. Of few servers it is worked out when it is asked for and forgotten when the draft
/// changes; of many on a thread, and until that has ended what was said before stands. GUI thread.
class Assessment : public QObject {
    Q_OBJECT
public:
    /// So many servers are judged in a few milliseconds.
    static constexpr size_t kMostAtOnce = 40;

    explicit Assessment(Draft& draft, QObject* parent = nullptr);

    /// The verified bundle of this session; none until it was verified.
    const std::optional<deploy::Bundle>& bundle() const { return bundle_; }
    void setBundle(std::optional<deploy::Bundle> bundle);

    /// What the probes of this session and the saved facts say; a server may be absent.
    const Outcomes& outcomes() const { return *outcomes_; }
    /// Saves the facts, too.
    void setOutcome(const deploy::Host& host, const deploy::ProbeOutcome& outcome);
    const deploy::Facts* facts(const deploy::HostId& host) const;

    /// False: many servers are being judged; changed() tells when they are.
    bool settled() const { return settled_; }
    std::shared_ptr<const deploy::Judgement> judgement() const;
    const std::vector<deploy::CheckResult>& checks() const;
    const std::vector<deploy::Finding>& findings() const;
    /// The error says what is missing or blocks.
    const deploy::Result<deploy::Plan>& plan() const;
    const std::vector<deploy::RunRecord>& runs() const;
    /// The last run that was to change servers; null when there is none.
    const deploy::RunRecord* lastRun() const;
    /// A run ended: read the runs anew.
    void forgetRuns();

    /// How often checks and findings, and plans, were worked out.
    struct Tally {
        int judgements = 0;
        int plans = 0;
    };
    const Tally& tally() const { return tally_; }

Q_SIGNALS:
    /// What is said here may be another, and is of the draft as it is now.
    void changed();
    /// The draft changed, and its many servers are being judged; changed() follows.
    void outdated();
    void failed(const deploy::Error& error);

private:
    void reload();
    void forget();
    JudgeWork work() const;
    void dropRuns();
    void judgeOnThread();
    void take(const Verdicts& verdicts);

    Draft& draft_;
    std::optional<deploy::Bundle> bundle_;
    std::shared_ptr<const Outcomes> outcomes_;
    mutable std::shared_ptr<const deploy::Judgement> judgement_;
    mutable std::shared_ptr<const deploy::Result<deploy::Plan>> plan_;
    mutable std::optional<std::vector<deploy::RunRecord>> runs_;
    mutable std::shared_ptr<const deploy::Plan> present_;  ///< of runs_
    mutable Tally tally_;
    bool settled_ = true;
    int edits_ = 0;
    int judgedEdits_ = 0;  ///< edits_ when the runner began
    QTimer judgeSoon_;
    JudgeRunner runner_;
};

}  // namespace wizard
