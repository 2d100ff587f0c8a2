#include "frame/frame.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "frame/explore_note.h"
#include "frame/footer.h"
#include "frame/rail_item.h"
#include "frame/top_bar.h"
#include "text/convert.h"

namespace wizard {

Frame::Frame(Draft& draft, Theme& theme, Texts& texts, QWidget* parent)
    : QWidget(parent),
      draft_(draft),
      theme_(theme),
      texts_(texts),
      topBar_(new TopBar(theme, texts)),
      stack_(new QStackedWidget),
      exploreNote_(new ExploreNote),
      questions_(new QuestionPanel(theme)),
      footer_(new Footer(theme)) {
    setObjectName(QStringLiteral("window"));
    setAttribute(Qt::WA_StyledBackground);
    railBox_ = new QFrame;
    railBox_->setObjectName(QStringLiteral("rail"));
    rail_ = new QVBoxLayout(railBox_);
    rail_->setContentsMargins(0, 14, 0, 14);
    rail_->setSpacing(0);
    rail_->addStretch();

    auto* area = new QWidget;
    area->setObjectName(QStringLiteral("pageArea"));
    auto* areaColumn = new QVBoxLayout(area);
    areaColumn->setContentsMargins(18, 14, 18, 14);
    areaColumn->setSpacing(12);
    areaColumn->addWidget(stack_, 1);
    areaColumn->addWidget(questions_);

    stack_->addWidget(exploreNote_);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    bars_ = new QVBoxLayout;
    bars_->setSpacing(0);
    bars_->addWidget(topBar_);
    grid->addLayout(bars_, 0, 0, 1, 2);
    grid->addWidget(railBox_, 1, 0);
    grid->addWidget(area, 1, 1);
    grid->addWidget(footer_, 2, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(1, 1);

    connect(qApp, &QApplication::focusChanged, this, &Frame::keepFocusNear);
    connect(footer_, &Footer::nextPressed, this, &Frame::next);
    connect(footer_, &Footer::backPressed, this, &Frame::back);
    connect(exploreNote_, &ExploreNote::drawingWanted, this,
            [this] { show(WizardStep::Topology); });
    connect(topBar_, &TopBar::languageFailed, this, &Frame::tellError);
    connect(&draft_, &Draft::projectChanged, this, &Frame::adoptProject);
    connect(&draft_, &Draft::saveFailed, this, &Frame::tellError);
    connect(&theme_, &Theme::changed, this, [this] { refreshSoon_.start(); });
    connect(new QShortcut(QKeySequence(Qt::ALT | Qt::Key_Right), this), &QShortcut::activated, this,
            &Frame::next);
    connect(new QShortcut(QKeySequence(Qt::ALT | Qt::Key_Left), this), &QShortcut::activated, this,
            &Frame::back);
    connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, this,
            [this] { draft_.undoStack().undo(); });
    connect(new QShortcut(QKeySequence::Redo, this), &QShortcut::activated, this,
            [this] { draft_.undoStack().redo(); });
    // Many changes may come at once; the rail asks every page, so it is drawn once for all.
    refreshSoon_.setSingleShot(true);
    refreshSoon_.setInterval(15);
    connect(&refreshSoon_, &QTimer::timeout, this, &Frame::refresh);
    adoptProject();
}

// The application tells of the focus even while the parts go.
Frame::~Frame() {
    qApp->disconnect(this);
}

void Frame::addBar(QWidget* bar) {
    bars_->addWidget(bar);
}

void Frame::addPage(Page* page) {
    const auto index = size_t(page->step());
    pages_[index] = page;
    stack_->addWidget(page);
    auto* item = new RailItem(int(index) + 1, theme_);
    item->setObjectName(QStringLiteral("rail%1").arg(index));
    items_[index] = item;
    rail_->insertWidget(int(index), item);
    connect(item, &QAbstractButton::clicked, this, [this, page] { go(page->step()); });
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + int(index))), this),
            &QShortcut::activated, this, [this, page] { go(page->step()); });
    connect(page, &Page::changed, this, [this] { refreshSoon_.start(); });
    connect(page, &Page::goTo, this, &Frame::go);
    if (index + 1 == size_t(kStepCount))
        refresh();
}

bool Frame::explores() const {
    return draft_.isOpen() && draft_.content().kind == deploy::ProjectKind::Explore;
}

std::vector<Reason> Frame::reasonsOf(Page* page) const {
    if (!explores() || !needsServers(page->step()))
        return page->reasons();
    if (page->step() < WizardStep::Topology)
        return {};
    auto* self = const_cast<Frame*>(this);
    return {{tr("an exploration has no servers: nothing can be installed"),
             [self] { self->show(WizardStep::Topology); }, Reason::Place::OtherPage}};
}

bool Frame::reachable(WizardStep step) const {
    for (size_t i = 0; i < size_t(step); ++i)
        if (!reasonsOf(pages_[i]).empty())
            return false;
    return true;
}

StepState Frame::stateOf(WizardStep step) const {
    if (!reachable(step))
        return StepState::NotPossible;
    return stateOf(step, reasonsOf(page(step)));
}

StepState Frame::stateOf(WizardStep step, const std::vector<Reason>& reasons) const {
    const bool passed = draft_.isOpen() && draft_.steps().passed.contains(step);
    if (!passed)
        return StepState::Open;
    if (draft_.stale(step))
        return StepState::Stale;
    if (!reasons.empty() || page(step)->wantsAttention())
        return StepState::Attention;
    return StepState::Done;
}

void Frame::go(WizardStep step) {
    for (size_t i = 0; i < size_t(step); ++i) {
        if (reasonsOf(pages_[i]).empty())
            continue;
        showReasonsOf(pages_[i]);
        return;
    }
    show(step);
}

void Frame::show(WizardStep step) {
    if (pages_[size_t(current_)] && current_ != step)
        pages_[size_t(current_)]->leave();
    current_ = step;
    explained_ = nullptr;
    const bool without = explores() && needsServers(step);
    stack_->setCurrentWidget(without ? static_cast<QWidget*>(exploreNote_) : page(step));
    if (draft_.isOpen())
        draft_.setCurrent(step);
    if (!without)
        page(step)->enter();
    refresh();
}

void Frame::next() {
    Page* now = page(current_);
    if (!reasonsOf(now).empty()) {
        showReasonsOf(now);
        footer_->goToFirst();
        return;
    }
    const bool without = explores() && needsServers(current_);
    if (current_ == WizardStep::HandOver || (!without && !now->commit()))
        return;
    draft_.pass(current_);
    go(WizardStep(int(current_) + 1));
}

void Frame::back() {
    if (current_ != WizardStep::Start)
        show(WizardStep(int(current_) - 1));
}

void Frame::showReasonsOf(Page* one) {
    explained_ = one;
    std::vector<Reason> reasons = reasonsOf(one);
    for (Reason& reason : reasons)
        // The place may lie on another page than the one that is shown.
        reason.go = [this, one, inner = std::move(reason.go)] {
            if (one->step() != current_)
                show(one->step());
            if (inner)
                inner();
        };
    footer_->showReasons(std::move(reasons));
}

void Frame::tellError(const deploy::Error& error) {
    const auto make = [this, error] {
        Question question;
        question.key = QStringLiteral("error:") + toQt(std::string(deploy::codeName(error.code)));
        question.title = tr("Something went wrong");
        question.body = texts_.describe(error);
        question.choices = {tr("Understood")};
        return question;
    };
    questions_->ask(make, {});
}

void Frame::adoptProject() {
    if (draft_.isOpen()) {
        topBar_->setProject(toQt(draft_.content().name), draft_.content().kind);
        setWindowTitle(tr("%1 – FinClip Deploy").arg(toQt(draft_.content().name)));
    } else {
        topBar_->setProject({}, deploy::ProjectKind::Deploy);
        setWindowTitle(tr("FinClip Deploy"));
        if (current_ != WizardStep::Start)
            show(WizardStep::Start);
    }
    refreshSoon_.start();
}

void Frame::refresh() {
    if (pages_.back() == nullptr)
        return;
    // Each page is asked once, and none behind one that blocks: with many servers reasons cost.
    bool reachable = true;
    for (size_t i = 0; i < pages_.size(); ++i) {
        const auto step = WizardStep(i);
        const auto reasons = reachable ? reasonsOf(pages_[i]) : std::vector<Reason>();
        items_[i]->show({pages_[i]->title(), pages_[i]->subtitle(),
                         reachable ? stateOf(step, reasons) : StepState::NotPossible,
                         step == current_});
        reachable = reachable && reasons.empty();
    }
    if (explained_ != nullptr)
        showReasonsOf(explained_);
    else
        footer_->showReasons({});
    const bool without = explores() && needsServers(current_);
    if (without)
        exploreNote_->setPage(page(current_)->title());
    footer_->showNote(without ? QString() : page(current_)->note());
    footer_->setButtons(current_ != WizardStep::Start, current_ != WizardStep::HandOver,
                        without ? QString() : page(current_)->nextLabel());
}

/// What goes away hands the focus to its neighbour by Tab, which may be the rail or the top bar:
/// nobody would look for it there.
void Frame::keepFocusNear(const QWidget* before, const QWidget* now) {
    if (before == nullptr || now == nullptr || !isAncestorOf(before))
        return;
    const bool wentAway = !before->isVisible() || !before->isEnabled();
    const bool near = stack_->isAncestorOf(now) || questions_->isAncestorOf(now);
    if (wentAway && !near && isAncestorOf(now))
        footer_->focusNext();
}

void Frame::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // A narrow window leaves its room to the page: the steps keep their marks.
    constexpr int kRoomForNames = 1200;
    railBox_->setFixedWidth(event->size().width() < kRoomForNames ? RailItem::kMarkOnly
                                                                  : RailItem::kWide);
}

void Frame::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        adoptProject();
    QWidget::changeEvent(event);
}

}  // namespace wizard
