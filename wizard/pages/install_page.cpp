#include "pages/install_page.h"

#include <QHeaderView>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "models/run_delegate.h"
#include "pages/lock_question.h"
#include "pages/log_card.h"
#include "pages/login_asker.h"
#include "pages/parts.h"
#include "pages/run_head.h"
#include "pages/step_graph_view.h"
#include "pages/vault_opener.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

InstallPage::InstallPage(const PageContext& context)
    : Page(WizardStep::Install),
      context_(context),
      logins_(new LoginAsker(context, this)),
      vault_(new VaultOpener(context, this)),
      model_(new RunModel(context.theme, context.texts, this)),
      head_(new RunHead(*model_, context.theme, context.texts)),
      problem_(new NoteBox(context.theme)),
      card_(makeCard()),
      table_(new QTableView),
      graph_(new StepGraphView(*model_, context.theme, context.texts)),
      views_(new QStackedWidget),
      graphButton_(makeButton(QStringLiteral("showGraph"))),
      log_(new LogCard(context)) {
    table_->setObjectName(QStringLiteral("runGrid"));
    table_->setModel(model_);
    table_->setItemDelegate(new RunDelegate(context.theme, table_));
    prepareTable(*table_);
    table_->setSelectionBehavior(QAbstractItemView::SelectItems);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->horizontalHeader()->setStretchLastSection(false);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto* gridColumn = new QVBoxLayout(card_);
    gridColumn->setContentsMargins(8, 4, 8, 8);
    gridColumn->setSpacing(4);
    graphButton_->setProperty("role", QStringLiteral("flat"));
    graphButton_->setCheckable(true);
    views_->addWidget(table_);
    views_->addWidget(graph_);
    gridColumn->addWidget(views_);
    gridColumn->addWidget(graphButton_, 0, Qt::AlignRight);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(head_);
    column->addWidget(problem_);
    column->addWidget(card_);
    column->addWidget(log_, 1);
    problem_->hide();

    connect(head_, &RunHead::stopAfterStep, this, &InstallPage::stopAfterStep);
    connect(head_, &RunHead::stopNow, this, &InstallPage::stopNow);
    connect(head_, &RunHead::resume, this, [this] { resume(); });
    connect(head_, &RunHead::retry, this,
            [this](const deploy::HostId& server) { resume({server}); });
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
    connect(graphButton_, &QPushButton::toggled, this, &InstallPage::showGraph);
    connect(graph_, &StepGraphView::picked, log_, &LogCard::pick);
    connect(log_, &LogCard::shown, graph_, &StepGraphView::show);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &InstallPage::refresh);
    connect(&context_.draft, &Draft::projectChanged, this, &InstallPage::showLastRun);
    connect(&context_.theme, &Theme::changed, this, &InstallPage::refresh);
    refreshSoon_.setSingleShot(true);
    refreshSoon_.setInterval(50);
    connect(&refreshSoon_, &QTimer::timeout, this, &InstallPage::refresh);
    retranslate();
    showLastRun();
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
        return {{tr("the installation is still running"), [this] { table_->setFocus(); }}};
    const deploy::RunRecord* last =
        context_.draft.isOpen() ? context_.assessment.lastRun() : nullptr;
    auto* self = const_cast<InstallPage*>(this);
    if (last == nullptr)
        return {{tr("nothing has been installed yet: begin on the review page"),
                 [self] { Q_EMIT self->goTo(WizardStep::Review); }, Reason::Place::OtherPage}};
    if (last->state.outcome != deploy::RunOutcome::Succeeded)
        return {{tr("the installation has not come to its end: go on with it"),
                 [this] { head_->focusResume(); }}};
    return {};
}

QString InstallPage::note() const {
    if (context_.draft.isOpen() && reasons().empty())
        return tr("Everything is installed: press Next for the hand-over.");
    return tr(
        "What runs on the servers goes on when the connection or this computer fails, and is "
        "found again.");
}

void InstallPage::begin(const deploy::Plan& plan) {
    prepare(plan, {plan});
}

void InstallPage::resume(const std::set<deploy::HostId>& only) {
    if (const deploy::RunRecord* last = context_.assessment.lastRun())
        prepare(last->plan, {std::nullopt, only});
}

void InstallPage::prepare(const deploy::Plan& plan, const Wish& wish) {
    logins_->collectFor(plan, [this, wish] {
        vault_->open(
            [this, wish](std::shared_ptr<deploy::Vault> vault) { start(wish, std::move(vault)); });
    });
}

void InstallPage::start(const Wish& wish, std::shared_ptr<deploy::Vault> vault) {
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
    only_ = wish.only;
    if (wish.plan) {
        model_->setRun(*wish.plan, {});
        log_->setRun(*wish.plan, {});
    }
    context_.draft.lend();
    runner_.run({context_.draft.product(), context_.draft.folder(), std::move(*connector), clock,
                 std::move(vault), context_.assessment.bundle()->folder, wish.plan, wish.brokenLock,
                 wish.only});
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
    // The refused run is kept: breaking the lock lets that one go on.
    if (error_ && last != nullptr)
        askAboutLock(context_, *error_, [this, plan = last->plan](const std::string& lock) {
            prepare(plan, {std::nullopt, only_, lock});
        });
}

/// Each stage has the same room; in a narrow window each as much as its name needs.
void InstallPage::fitGrid() {
    QHeaderView& header = *table_->horizontalHeader();
    const int count = header.count();
    if (count < 2)
        return;
    constexpr int kPadding = 17;  // of a heading, in the style sheet
    int widest = 0;
    int wanted = header.sectionSizeHint(0);
    for (int i = 1; i < count; ++i) {
        const QString title = model_->headerData(i, Qt::Horizontal, Qt::DisplayRole).toString();
        widest = std::max(widest, header.fontMetrics().horizontalAdvance(title) + kPadding);
        wanted += header.sectionSizeHint(i);
    }
    const int room = table_->viewport()->width();
    const bool even = header.sectionSizeHint(0) + widest * (count - 1) <= room;
    const auto mode = even             ? QHeaderView::Stretch
                      : wanted <= room ? QHeaderView::Interactive
                                       : QHeaderView::ResizeToContents;
    if (header.sectionResizeMode(1) != mode) {
        header.setSectionResizeMode(mode);
        header.setSectionResizeMode(0, QHeaderView::ResizeToContents);
    }
    // Not evenly, but so that no heading is cut and all of the width is used.
    for (int i = 1; mode == QHeaderView::Interactive && i < count; ++i)
        header.resizeSection(i, header.sectionSizeHint(i) + (room - wanted) / count);
}

void InstallPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    fitGrid();
}

void InstallPage::refresh() {
    const bool busy = runner_.running();
    fitGrid();
    fitHeight(*table_, 8);
    showGraph(graphButton_->isChecked());
    const bool open = context_.draft.isOpen();
    const deploy::RunRecord* last = open && !busy ? context_.assessment.lastRun() : nullptr;
    const bool unfinished = last != nullptr && last->state.outcome != deploy::RunOutcome::Succeeded;
    const bool able = context_.assessment.bundle().has_value() && !context_.draft.readOnly();
    using Resume = RunHead::State::Resume;
    head_->show({busy, stopping_,
                 !unfinished ? Resume::Hidden
                 : able      ? Resume::Offered
                             : Resume::Refused,
                 unfinished ? serverToRetry() : deploy::HostId()});
    showProblem();
    Q_EMIT changed();
}

/// The graph shares the page with the log; the grid takes what its rows need.
void InstallPage::showGraph(bool graph) {
    views_->setCurrentWidget(graph ? static_cast<QWidget*>(graph_) : table_);
    views_->setMaximumHeight(graph ? QWIDGETSIZE_MAX : table_->maximumHeight());
    auto* column = static_cast<QVBoxLayout*>(layout());
    constexpr int kGraphShare = 2;
    // Setting it lays the page out anew, and a run refreshes twenty times a second.
    if (const int at = column->indexOf(card_); column->stretch(at) != (graph ? kGraphShare : 0))
        column->setStretch(at, graph ? kGraphShare : 0);
    graphButton_->setEnabled(!model_->plan().steps.empty());
}

/// Of those that failed the one that is picked in the grid, else the first. Where none did, the one
/// that is picked, if it has something left.
deploy::HostId InstallPage::serverToRetry() const {
    if (model_->rowCount() < 2)
        return {};
    const int picked = table_->currentIndex().row();
    const auto left = [&](int row) {
        const RunModel::Cell cell = model_->cellAt(model_->index(row, 0));
        return cell.done != cell.steps;
    };
    const auto failed = [&](int row) {
        const auto status = model_->cellAt(model_->index(row, 0)).status;
        return left(row) && (status == deploy::StepStatus::Failed || model_->failed(row));
    };
    if (picked >= 0 && failed(picked))
        return model_->hostAt(picked);
    for (int row = 0; row < model_->rowCount(); ++row)
        if (failed(row))
            return model_->hostAt(row);
    return picked >= 0 && left(picked) ? model_->hostAt(picked) : deploy::HostId();
}

void InstallPage::showProblem() {
    const bool busy = runner_.running();
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
    head_->retranslate();
    table_->setAccessibleName(tr("Stages and servers"));
    graph_->setAccessibleName(tr("Graph of the steps"));
    graphButton_->setText(tr("As graph of steps"));
    model_->repaintAll();
    log_->retranslate();
    refresh();
}

}  // namespace wizard
