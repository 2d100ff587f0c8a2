#pragma once

#include "pages/page.h"
#include "pages/page_context.h"
#include "runners/ask_runner.h"
#include "runners/run_runner.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace wizard {

class DatabaseBar;
class DrillBar;
class LoginAsker;
class ReportCard;
class VaultOpener;

/// Step 8: whether the platform works, how it is reached, and the report that is handed over.
class HandOverPage : public Page {
    Q_OBJECT
public:
    explicit HandOverPage(const PageContext& context);

    QString title() const override;
    std::vector<Reason> reasons() const override { return {}; }
    QString note() const override;
    void enter() override;
    bool running() const { return runner_.running() || asker_.running(); }

Q_SIGNALS:
    void ended();

protected:
    void refresh() override;
    void retranslate() override;

private:
    const deploy::RunRecord* lastThatAsked() const;
    void fillResults();
    void fillDrill(const deploy::RunRecord& run);
    void verify();
    void connectDatabase();
    void askServers(const deploy::Plan& questions);
    std::shared_ptr<deploy::Connector> connector();
    void settle(const deploy::RunState& state);
    void tellPower(const deploy::StepId& step, const QByteArray& words);
    void start(const deploy::Plan& plan, const std::string& brokenLock = {});
    void begin(const deploy::Plan& plan, std::shared_ptr<deploy::Vault> vault,
               const std::string& brokenLock);
    QStringList entryAddresses() const;

    PageContext context_;
    RunRunner runner_;
    AskRunner asker_;
    LoginAsker* logins_;
    VaultOpener* vault_;
    QLabel* headline_;
    QLabel* entryTitle_;
    QLabel* entry_;
    QLabel* secretsTitle_;
    QLabel* secrets_;
    QPushButton* verify_;
    DrillBar* drill_;
    DatabaseBar* database_;
    QLabel* resultsTitle_;
    QVBoxLayout* results_;
    ReportCard* report_;
    deploy::Plan asked_;  ///< of the last run
    std::optional<deploy::Error> error_;
    std::optional<deploy::RunState> ended_;  ///< how the last run did, until that was looked at
    std::optional<Answers> answers_;         ///< the same
    QString now_;                            ///< what a person is to do while it runs
};

}  // namespace wizard
