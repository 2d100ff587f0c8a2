#pragma once

#include <QObject>
#include <map>
#include <optional>
#include <vector>

#include "draft.h"

namespace wizard {

/// What follows from the draft and from what was found on the servers: checks, findings, the plan,
/// earlier runs. Worked out when asked for and forgotten when the draft changes. GUI thread.
class Assessment : public QObject {
    Q_OBJECT
public:
    explicit Assessment(Draft& draft, QObject* parent = nullptr);

    /// The verified bundle of this session; none until it was verified.
    const std::optional<deploy::Bundle>& bundle() const { return bundle_; }
    void setBundle(std::optional<deploy::Bundle> bundle);

    /// What the probes of this session and the saved facts say; a server may be absent.
    const std::map<deploy::HostId, deploy::ProbeOutcome>& outcomes() const { return outcomes_; }
    /// Saves the facts, too.
    void setOutcome(const deploy::Host& host, const deploy::ProbeOutcome& outcome);
    const deploy::Facts* facts(const deploy::HostId& host) const;

    const std::vector<deploy::CheckResult>& checks() const;
    const std::vector<deploy::Finding>& findings() const;
    /// The error says what is missing or blocks.
    const deploy::Result<deploy::Plan>& plan() const;
    const std::vector<deploy::RunRecord>& runs() const;
    /// The last run that was to change servers; null when there is none.
    const deploy::RunRecord* lastRun() const;
    /// A run ended: read the runs anew.
    void forgetRuns();

Q_SIGNALS:
    void changed();
    void failed(const deploy::Error& error);

private:
    void reload();
    void forget();

    Draft& draft_;
    std::optional<deploy::Bundle> bundle_;
    std::map<deploy::HostId, deploy::ProbeOutcome> outcomes_;
    mutable std::optional<std::vector<deploy::CheckResult>> checks_;
    mutable std::optional<std::vector<deploy::Finding>> findings_;
    mutable std::optional<deploy::Result<deploy::Plan>> plan_;
    mutable std::optional<std::vector<deploy::RunRecord>> runs_;
};

}  // namespace wizard
