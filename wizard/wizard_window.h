#pragma once

#include <QMainWindow>

#include "assessment.h"
#include "draft.h"
#include "frame/frame.h"

namespace wizard {

class InstallPage;

/// The wizard: the draft, what follows from it, and a page for each step in one frame.
class WizardWindow : public QMainWindow {
    Q_OBJECT
public:
    /// All outlive the window.
    WizardWindow(const deploy::Product& product, Theme& theme, Texts& texts,
                 const deploy::Clock& clock);
    ~WizardWindow() override;

    Draft& draft() { return draft_; }
    Frame& frame() { return *frame_; }
    /// Opens a project and comes back to the step where it was left.
    deploy::Result<void> open(const QString& folder);

protected:
    /// During a run it asks in the window and stays open.
    void closeEvent(QCloseEvent* event) override;

private:
    Draft draft_;
    Assessment assessment_;
    Frame* frame_;
    InstallPage* install_ = nullptr;
    bool closeWhenStopped_ = false;
};

}  // namespace wizard
