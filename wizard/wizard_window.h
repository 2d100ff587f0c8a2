#pragma once

#include <QMainWindow>

#include "assessment.h"
#include "clocks.h"
#include "draft.h"
#include "frame/frame.h"

namespace wizard {

class HandOverPage;
class InstallPage;
class ProbePage;

/// The wizard: the draft, what follows from it, and a page for each step in one frame.
class WizardWindow : public QMainWindow {
    Q_OBJECT
public:
    /// All outlive the window.
    WizardWindow(const deploy::Product& product, Theme& theme, Texts& texts,
                 const deploy::Clock& clock);
    ~WizardWindow() override;

    Draft& draft() { return draft_; }
    const Assessment& assessment() const { return assessment_; }
    Frame& frame() { return *frame_; }
    Clocks& clocks() { return clocks_; }
    /// Opens a project and comes back to the step where it was left.
    deploy::Result<void> open(const QString& folder);

protected:
    /// During a run it asks in the window and stays open.
    void closeEvent(QCloseEvent* event) override;

private:
    void makePages(Theme& theme, Texts& texts);
    bool busy() const;
    void askBeforeClosing();

    Draft draft_;
    Assessment assessment_;
    Clocks clocks_;
    Frame* frame_ = nullptr;
    InstallPage* install_ = nullptr;
    HandOverPage* handOver_ = nullptr;
    ProbePage* probe_ = nullptr;
    bool closeWhenEnded_ = false;
};

}  // namespace wizard
