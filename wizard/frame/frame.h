#pragma once

#include <QTimer>
#include <QWidget>
#include <array>

#include "draft.h"
#include "frame/questions.h"
#include "frame/theme.h"
#include "pages/page.h"
#include "text/texts.h"

class QStackedWidget;
class QVBoxLayout;

namespace wizard {

class ExploreNote;
class Footer;
class RailItem;
class TopBar;

/// The window's body: top bar, rail, pages, questions, Back and Next. Knows pages by their
/// interface only.
class Frame : public QWidget {
    Q_OBJECT
public:
    Frame(Draft& draft, Theme& theme, Texts& texts, QWidget* parent = nullptr);
    ~Frame() override;

    /// A bar below the top bar, above every page; the frame owns it.
    void addBar(QWidget* bar);
    /// Pages are added in the order of WizardStep; the frame owns them.
    void addPage(Page* page);
    Page* page(WizardStep step) const { return pages_[size_t(step)]; }
    WizardStep current() const { return current_; }
    QuestionPanel& questions() { return *questions_; }
    StepState stateOf(WizardStep step) const;

    /// Goes there if every earlier step lets it, else says why not.
    void go(WizardStep step);
    /// Goes there without asking: on opening, and back.
    void show(WizardStep step);
    void next();
    void back();
    /// Something went wrong that belongs to no page.
    void tellError(const deploy::Error& error);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void adoptProject();
    bool reachable(WizardStep step) const;
    /// Of a step that can be reached.
    StepState stateOf(WizardStep step, const std::vector<Reason>& reasons) const;
    void showReasonsOf(Page* page);
    /// The page's own; in an exploration that nothing can be installed.
    std::vector<Reason> reasonsOf(Page* page) const;
    bool explores() const;
    void keepFocusNear(const QWidget* before, const QWidget* now);

    Draft& draft_;
    Theme& theme_;
    Texts& texts_;
    TopBar* topBar_;
    QVBoxLayout* bars_;
    QWidget* railBox_;
    QVBoxLayout* rail_;
    QStackedWidget* stack_;
    ExploreNote* exploreNote_;  ///< in place of pages that need servers, in an exploration
    QuestionPanel* questions_;
    Footer* footer_;
    std::array<Page*, kStepCount> pages_{};
    std::array<RailItem*, kStepCount> items_{};
    WizardStep current_ = WizardStep::Start;
    Page* explained_ = nullptr;  ///< the page whose reasons the footer lists
    QTimer refreshSoon_;
};

}  // namespace wizard
