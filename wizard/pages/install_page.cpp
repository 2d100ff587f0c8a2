#include "pages/install_page.h"

#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "models/run_delegate.h"
#include "pages/log_card.h"
#include "pages/parts.h"
#include "pages/vault_opener.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

InstallPage::InstallPage(const PageContext& context)
    : Page(WizardStep::Install),
      context_(context),
      vault_(new VaultOpener(context, this)),
      model_(new RunModel(context.theme, context.texts, this)),
      headline_(makeLabel("title")),
      progress_(makeLabel("muted")),
      bar_(new QProgressBar),
      stopAfter_(makeButton(QStringLiteral("stopAfterStep"))),
      stopNow_(makeButton(QStringLiteral("stopNow"))),
      resume_(makeButton(QStringLiteral("resume"))),
      problem_(new NoteBox(context.theme)),
      table_(new QTableView),
      log_(new LogCard(context)) {
    table_->setObjectName(QStringLiteral("runGrid"));
    table_->setModel(model_);
    table_->setItemDelegate(new RunDelegate(context.theme, table_));
    prepareTable(*table_);
    table_->setSelectionBehavior(QAbstractItemView::SelectItems);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->horizontalHeader()->setStretchLastSection(false);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto* grid = makeCard();
    auto* gridColumn = new QVBoxLayout(grid);
    gridColumn->setContentsMargins(8, 4, 8, 8);
    gridColumn->addWidget(table_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(makeHead());
    column->addWidget(problem_);
    column->addWidget(grid);
    column->addWidget(log_, 1);
    problem_->hide();

    connect(stopAfter_, &QPushButton::clicked, this, &InstallPage::stopAfterStep);
    connect(stopNow_, &QPushButton::clicked, this, &InstallPage::stopNow);
    connect(resume_, &QPushButton::clicked, this, &InstallPage::resume);
    connect(&runner_, &RunRunner::recorded, this, &InstallPage::take);
    connect(&runner_, &RunRunner::progress, this, [this](const deploy::StepProgress& progress) {
        model_->apply(progress);
        refreshSoon_.start();
    });
    connect(&runner_, &RunRunner::log, log_, &LogCard::append);
    connect(&runner_, &RunRunner::ended, this,
            [this](const deploy::Result<deploy::RunState>& state) {
                if (!state)
                    error_ = state.error();
            });
    // Only now the runner is free and the project may be used again.
    connect(&runner_, &Runner::finished, this, &InstallPage::finish);
    // A click or Enter picks; the focus alone, which moves by itself, does not.
    connect(table_, &QTableView::clicked, this, &InstallPage::pickCell);
    connect(table_, &QTableView::activated, this, &InstallPage::pickCell);
    connect(&context_.draft, &Draft::projectChanged, this, &InstallPage::showLastRun);
    connect(&context_.theme, &Theme::changed, this, &InstallPage::refresh);
    refreshSoon_.setSingleShot(true);
    refreshSoon_.setInterval(50);
    connect(&refreshSoon_, &QTimer::timeout, this, &InstallPage::refresh);
    retranslate();
    showLastRun();
}

QWidget* InstallPage::makeHead() {
    bar_->setTextVisible(false);
    bar_->setRange(0, 1000);
    resume_->setProperty("role", QStringLiteral("primary"));
    auto* head = makeCard();
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(14, 10, 14, 10);
    auto* words = new QVBoxLayout;
    words->addWidget(headline_);
    words->addWidget(progress_);
    words->addWidget(bar_);
    row->addLayout(words, 1);
    row->addSpacing(12);
    row->addWidget(stopAfter_);
    row->addWidget(stopNow_);
    row->addWidget(resume_);
    return head;
}

QString InstallPage::title() const {
    return tr("Installation");
}

QString InstallPage::subtitle() const {
    if (model_->plan().steps.empty())
        return {};
    return tr("%1 of %2 steps").arg(model_->doneSteps()).arg(model_->plan().steps.size());
}

std::vector<Reason> InstallPage::reasons() const {
    if (runner_.running())
        return {{tr("the installation is still running"), [this] { stopAfter_->setFocus(); }}};
    const deploy::RunRecord* last =
        context_.draft.isOpen() ? context_.assessment.lastRun() : nullptr;
    auto* self = const_cast<InstallPage*>(this);
    if (last == nullptr)
        return {{tr("nothing has been installed yet: begin on the review page"),
                 [self] { Q_EMIT self->goTo(WizardStep::Review); }}};
    if (last->state.outcome != deploy::RunOutcome::Succeeded)
        return {{tr("the installation has not come to its end: go on with it"),
                 [this] { resume_->setFocus(); }}};
    return {};
}

QString InstallPage::note() const {
    return tr(
        "What runs on the servers goes on when the connection or this computer fails, and is "
        "found again.");
}

void InstallPage::begin(const deploy::Plan& plan) {
    vault_->open(
        [this, plan](std::shared_ptr<deploy::Vault> vault) { start(plan, std::move(vault)); });
}

void InstallPage::resume() {
    vault_->open(
        [this](std::shared_ptr<deploy::Vault> vault) { start(std::nullopt, std::move(vault)); });
}

void InstallPage::start(std::optional<deploy::Plan> plan, std::shared_ptr<deploy::Vault> vault) {
    if (runner_.running() || !context_.assessment.bundle() || context_.draft.readOnly())
        return;
    const deploy::Clock& clock = context_.clocks.of(context_.draft.content().kind);
    auto connector =
        deploy::connectorFor(context_.draft.folder(), context_.draft.credentials(), clock);
    if (!connector) {
        error_ = connector.error();
        refresh();
        return;
    }
    error_.reset();
    stopping_ = false;
    if (plan) {
        model_->setRun(*plan, {});
        log_->setRun(*plan, {});
    }
    context_.draft.lend();
    runner_.run({context_.draft.product(), context_.draft.folder(), std::move(*connector), clock,
                 std::move(vault), context_.assessment.bundle()->folder, std::move(plan)});
    refresh();
}

void InstallPage::stopAfterStep() {
    stopping_ = true;
    runner_.stopAfterStep();
    refresh();
}

void InstallPage::stopNow() {
    stopping_ = true;
    runner_.stop();
    refresh();
}

void InstallPage::showLastRun() {
    if (runner_.running())
        return;
    error_.reset();
    const deploy::RunRecord* last =
        context_.draft.isOpen() ? context_.assessment.lastRun() : nullptr;
    if (last != nullptr) {
        model_->setRun(last->plan, last->state);
        log_->setRun(last->plan, last->folder);
    } else {
        model_->setRun({}, {});
        log_->setRun({}, {});
    }
    refresh();
}

void InstallPage::take(const deploy::Event& event) {
    model_->apply(event);
    if (event.kind == deploy::EventKind::StepStarted ||
        event.kind == deploy::EventKind::StepAttached)
        log_->stepBegan(event.step);
    if (event.kind == deploy::EventKind::StepFailed)
        log_->pick(event.step);
    refreshSoon_.start();
}

void InstallPage::finish() {
    context_.draft.giveBack();
    context_.assessment.forgetRuns();
    const deploy::RunRecord* last = context_.assessment.lastRun();
    if (last != nullptr && !error_)
        model_->setRun(last->plan, last->state);
    refresh();
    Q_EMIT ended();
}

QString InstallPage::nowText() const {
    if (model_->plan().steps.empty())
        return tr("Nothing has been installed yet");
    if (runner_.running()) {
        const auto now = model_->runningSteps();
        if (now.empty())
            return stopping_ ? tr("Stopping…") : tr("Connecting to the servers…");
        QString text = joined({toQt(now.front()->host), stepTitle(*now.front(), context_.texts)});
        if (now.size() > 1)
            text += tr(" – and %1 more").arg(now.size() - 1);
        return stopping_ ? tr("Stopping after: %1").arg(text) : text;
    }
    switch (model_->state().outcome) {
        case deploy::RunOutcome::Succeeded:
            return tr("Everything is installed");
        case deploy::RunOutcome::Failed:
            return tr("The installation met a failure and can go on from there");
        case deploy::RunOutcome::Stopped:
            return tr("Stopped; it goes on from where it is");
        case deploy::RunOutcome::Running:
            return tr("The installation was interrupted and can go on from there");
    }
    return {};
}

void InstallPage::refresh() {
    const bool busy = runner_.running();
    fitHeight(*table_, 8);
    headline_->setText(nowText());
    const size_t total = model_->plan().steps.size();
    const int done = model_->doneSteps();
    const uint64_t bytes = model_->plan().uploadBytes();
    QStringList parts;
    if (total > 0)
        parts << tr("Step %1 of %2").arg(done).arg(total);
    if (busy)
        parts << tr("about %1 left").arg(durationText(model_->remainingSeconds()));
    if (bytes > 0)
        parts << tr("%1 of %2 sent").arg(bytesText(model_->doneBytes()), bytesText(bytes));
    progress_->setText(joined(parts));
    bar_->setValue(total > 0 ? int(size_t(done) * 1000 / total) : 0);
    bar_->setVisible(total > 0);
    stopAfter_->setVisible(busy);
    stopNow_->setVisible(busy);
    stopAfter_->setEnabled(!stopping_);
    const bool open = context_.draft.isOpen();
    const deploy::RunRecord* last = open && !busy ? context_.assessment.lastRun() : nullptr;
    resume_->setVisible(last != nullptr && last->state.outcome != deploy::RunOutcome::Succeeded);
    resume_->setEnabled(context_.assessment.bundle().has_value() && !context_.draft.readOnly());
    // The first thing that went wrong, in words; its log is one click away.
    std::optional<deploy::Error> wrong = error_;
    QString where;
    for (const auto& [host, server] : model_->state().servers)
        if (!wrong && server.error && !busy) {
            wrong = server.error;
            where = toQt(host);
        }
    for (const deploy::Step& step : model_->plan().steps) {
        const auto state = model_->state().step(step.id);
        if (!wrong && state.status == deploy::StepStatus::Failed && state.error) {
            wrong = state.error;
            where = joined({toQt(step.host), stepTitle(step, context_.texts)});
        }
    }
    if (wrong)
        problem_->show(Tone::Error, where.isEmpty() ? tr("The run could not go on") : where,
                       context_.texts.describe(*wrong));
    else
        problem_->hide();
    Q_EMIT changed();
}

void InstallPage::pickCell() {
    const auto steps = model_->stepsAt(table_->currentIndex());
    if (steps.empty())
        return;
    const deploy::Step* chosen = steps.front();
    for (const deploy::Step* step : steps) {
        const auto status = model_->state().step(step->id).status;
        if (status == deploy::StepStatus::Failed || status == deploy::StepStatus::Running)
            chosen = step;
    }
    log_->pick(chosen->id);
}

void InstallPage::retranslate() {
    stopAfter_->setText(tr("Stop after this step"));
    stopNow_->setText(tr("Stop now"));
    stopNow_->setToolTip(
        tr("Ends waiting at once; what runs on a server goes on there and is found again."));
    resume_->setText(tr("Go on"));
    resume_->setIcon(themedIcon(QStringLiteral("play"), context_.theme.colors().accentInk));
    table_->setAccessibleName(tr("Stages and servers"));
    model_->repaintAll();
    log_->retranslate();
    refresh();
}

}  // namespace wizard
