#pragma once

#include <QTimer>
#include <optional>
#include <set>

#include "models/run_model.h"
#include "pages/page.h"
#include "pages/page_context.h"
#include "runners/run_runner.h"

class QFrame;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace wizard {

class LogCard;
class LoginAsker;
class NoteBox;
class RunHead;
class StepGraphView;
class VaultOpener;

/// Step 7: the run, live; stop, go on, and what every step said.
class InstallPage : public Page {
    Q_OBJECT
public:
    explicit InstallPage(const PageContext& context);

    QString title() const override;
    QString subtitle() const override;
    std::vector<Reason> reasons() const override;
    QString note() const override;

    bool running() const { return runner_.running(); }
    /// Begins a new run of the plan. Asks for the vault's passphrase first where one is needed.
    void begin(const deploy::Plan& plan);
    /// The last run goes on, with all of its servers or with one alone.
    void resume(const std::set<deploy::HostId>& only = {});
    void stopAfterStep();
    void stopNow();

Q_SIGNALS:
    /// The run is over and the project is the draft's again.
    void ended();

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    void retranslate() override;

private:
    struct Wish {
        std::optional<deploy::Plan> plan;  ///< absent: the last run goes on
        std::set<deploy::HostId> only = {};
        std::string brokenLock = {};
    };
    /// Asks for what is missing (passwords, the vault's passphrase), then starts it.
    void prepare(const deploy::Plan& plan, const Wish& wish);
    void start(const Wish& wish, std::shared_ptr<deploy::Vault> vault);
    void showLastRun();
    void take(const deploy::Event& event);
    void finish();
    void showGraph(bool graph);
    void fitGrid();
    void showProblem();
    deploy::HostId serverToRetry() const;
    void pickCell();

    PageContext context_;
    RunRunner runner_;
    LoginAsker* logins_;
    VaultOpener* vault_;
    RunModel* model_;
    RunHead* head_;
    NoteBox* problem_;
    QFrame* card_;  ///< of the grid and the graph
    QTableView* table_;
    StepGraphView* graph_;
    QStackedWidget* views_;  ///< the grid of stages, or the graph of steps
    QPushButton* graphButton_;
    LogCard* log_;
    std::optional<deploy::Error> error_;
    std::set<deploy::HostId> only_;  ///< of the present run
    bool stopping_ = false;
    QTimer refreshSoon_;
};

}  // namespace wizard
