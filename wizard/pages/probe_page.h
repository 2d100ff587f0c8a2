#pragma once

#include <set>

#include "models/probe_model.h"
#include "pages/page.h"
#include "pages/page_context.h"
#include "runners/probe_runner.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace wizard {

class CheckDetails;
class HostKeyCard;
class LoginAsker;
class RepairCard;

/// Step 3: what the servers are like, read-only.
class ProbePage : public Page {
    Q_OBJECT
public:
    explicit ProbePage(const PageContext& context);

    QString title() const override;
    QString subtitle() const override;
    std::vector<Reason> reasons() const override;
    QString note() const override;
    bool wantsAttention() const override;

    /// Servers are being changed, on an order given here.
    bool repairing() const;
    void stopRepairing();

Q_SIGNALS:
    /// The repairs are over and the project is the draft's again.
    void repaired();

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    void retranslate() override;

private:
    /// Asks for passwords that are missing first. None named: all.
    void probe(std::vector<deploy::HostId> hosts);
    void probeQueued();
    void begin(const std::vector<deploy::HostId>& hosts);
    void take(const deploy::Host& host, const deploy::ProbeOutcome& outcome);
    /// What keeps the checks themselves from being known.
    std::vector<Reason> unasked() const;
    /// How many reasons there are: texts of thousands take long.
    size_t unsettled() const;
    void showDetails();
    void fitCategories();
    void fitRows();
    void select(const deploy::HostId& host, int column);

    PageContext context_;
    LoginAsker* logins_;
    QLabel* headline_;
    QLabel* progressText_;
    QProgressBar* bar_;
    QPushButton* probeAll_;
    QPushButton* stop_;
    QTableView* table_;
    ProbeModel* model_;
    HostKeyCard* keys_;
    RepairCard* repairs_;
    CheckDetails* details_;
    ProbeRunner runner_;
    std::set<deploy::HostId> pending_;
    std::set<deploy::HostId> queued_;  ///< to be probed when the present probe ends
    size_t asked_ = 0;
    std::string project_;  ///< whose servers are being probed
};

}  // namespace wizard
