#include "wizard_window.h"

#include <QCloseEvent>
#include <algorithm>

#include "frame/practice_bar.h"
#include "pages/hand_over_page.h"
#include "pages/install_page.h"
#include "pages/probe_page.h"
#include "pages/project_chooser.h"
#include "pages/review_page.h"
#include "pages/servers_page.h"
#include "pages/settings_page.h"
#include "pages/start_page.h"
#include "pages/topology_page.h"
#include "text/convert.h"

namespace wizard {

WizardWindow::WizardWindow(const deploy::Product& product, Theme& theme, Texts& texts,
                           const deploy::Clock& clock)
    : draft_(product), assessment_(draft_), clocks_(clock) {
    const StyleSheetHeld held;
    frame_ = new Frame(draft_, theme, texts);
    setCentralWidget(frame_);
    makePages(theme, texts);
    connect(&assessment_, &Assessment::failed, frame_, &Frame::tellError);
    connect(frame_, &QWidget::windowTitleChanged, this, &QWidget::setWindowTitle);
    setWindowTitle(frame_->windowTitle());
    setMinimumSize(1000, 660);
    resize(1440, 900);
}

// Pages first: their runners end before the draft that they work on goes.
WizardWindow::~WizardWindow() {
    delete frame_;
}

void WizardWindow::makePages(Theme& theme, Texts& texts) {
    const PageContext context{draft_, assessment_, theme, texts, frame_->questions(), clocks_};
    frame_->addBar(new PracticeBar(context));
    auto* start = new StartPage(context);
    auto* review = new ReviewPage(context);
    install_ = new InstallPage(context);
    handOver_ = new HandOverPage(context);
    probe_ = new ProbePage(context);
    for (Page* page : std::initializer_list<Page*>{
             start, new ServersPage(context), probe_, new TopologyPage(context),
             new SettingsPage(context), review, install_, handOver_})
        frame_->addPage(page);
    connect(start, &StartPage::openRequested, this, [this](const QString& folder) {
        if (const auto opened = open(folder); !opened)
            frame_->tellError(opened.error());
    });
    connect(review, &ReviewPage::beginRequested, install_, &InstallPage::begin);
    const auto closeNow = [this] {
        if (closeWhenEnded_)
            close();
    };
    connect(install_, &InstallPage::ended, this, closeNow);
    connect(handOver_, &HandOverPage::ended, this, closeNow);
    connect(probe_, &ProbePage::repaired, this, closeNow);
    frame_->show(WizardStep::Start);
}

deploy::Result<void> WizardWindow::open(const QString& folder) {
    if (auto opened = draft_.open(folder); !opened)
        return opened;
    ProjectChooser::remember(folder);
    frame_->show(draft_.steps().current);
    return {};
}

bool WizardWindow::busy() const {
    return install_->running() || handOver_->running() || probe_->repairing();
}

void WizardWindow::closeEvent(QCloseEvent* event) {
    if (!busy()) {
        event->accept();
        return;
    }
    event->ignore();
    askBeforeClosing();
}

void WizardWindow::askBeforeClosing() {
    const auto make = [] {
        Question question;
        question.key = QStringLiteral("close");
        question.title = tr("An installation is running");
        question.body = tr(
            "Nothing is lost by closing: each step ends on its server or is found again, and the "
            "installation goes on when the project is opened.");
        question.choices = {tr("Keep running"), tr("Stop after this step, then close"),
                            tr("Stop now and close")};
        return question;
    };
    frame_->questions().ask(make, [this](const Answer& answer) {
        closeWhenEnded_ = answer.choice != 0;
        if (answer.choice == 1)
            install_->stopAfterStep();
        if (answer.choice == 2)
            install_->stopNow();
        if (closeWhenEnded_)
            probe_->stopRepairing();
        if (closeWhenEnded_ && !busy())
            close();
    });
}

}  // namespace wizard
