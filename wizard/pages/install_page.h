#pragma once

#include <QTimer>
#include <optional>

#include "models/run_model.h"
#include "pages/page.h"
#include "pages/page_context.h"
#include "runners/run_runner.h"

class QTableView;

namespace wizard {

class LogCard;
class LoginAsker;
class NoteBox;
class RunHead;
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
    void resume();
    void stopAfterStep();
    void stopNow();

Q_SIGNALS:
    /// The run is over and the project is the draft's again.
    void ended();

protected:
    void retranslate() override;

private:
    /// Asks for passwords that are missing, then opens the vault.
    void prepare(const deploy::Plan& plan,
                 const std::function<void(std::shared_ptr<deploy::Vault>)>& then);
    /// `plan` absent: the last run goes on.
    void start(std::optional<deploy::Plan> plan, std::shared_ptr<deploy::Vault> vault);
    void showLastRun();
    void take(const deploy::Event& event);
    void finish();
    void refresh();
    void showProblem();
    void pickCell();

    PageContext context_;
    RunRunner runner_;
    LoginAsker* logins_;
    VaultOpener* vault_;
    RunModel* model_;
    RunHead* head_;
    NoteBox* problem_;
    QTableView* table_;
    LogCard* log_;
    std::optional<deploy::Error> error_;
    bool stopping_ = false;
    QTimer refreshSoon_;
};

}  // namespace wizard
