#include "pages/repair_card.h"

#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "pages/lock_question.h"
#include "pages/login_asker.h"
#include "pages/parts.h"
#include "pages/step_card.h"
#include "project/repairs.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

RepairCard::RepairCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      logins_(new LoginAsker(context, this)),
      title_(makeLabel("heading")),
      hint_(makeLabel("small")),
      show_(makeButton(QStringLiteral("showRepairs"))),
      undo_(makeButton(QStringLiteral("showUndo"))),
      body_(new QWidget),
      list_(new QListWidget),
      step_(new StepCard(context)),
      run_(makeButton(QStringLiteral("runRepairs"))),
      close_(makeButton(QStringLiteral("closeRepairs"))),
      problem_(new NoteBox(context.theme)) {
    setProperty("role", QStringLiteral("card"));
    list_->setObjectName(QStringLiteral("repairs"));
    run_->setProperty("role", QStringLiteral("primary"));
    auto* head = new QHBoxLayout;
    auto* words = new QVBoxLayout;
    words->addWidget(title_);
    words->addWidget(hint_);
    head->addLayout(words, 1);
    head->addWidget(undo_);
    head->addWidget(show_);
    auto* lists = new QHBoxLayout;
    lists->addWidget(list_, 2);
    lists->addWidget(step_, 3);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close_);
    buttons->addWidget(run_);
    auto* inner = new QVBoxLayout(body_);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addLayout(lists, 1);
    inner->addLayout(buttons);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 10);
    column->addLayout(head);
    column->addWidget(problem_);
    column->addWidget(body_, 1);
    body_->hide();
    problem_->hide();
    hide();

    connect(show_, &QPushButton::clicked, this, [this] { open(Work::Repair); });
    connect(undo_, &QPushButton::clicked, this, [this] { open(Work::Undo); });
    connect(close_, &QPushButton::clicked, this, &RepairCard::close);
    connect(run_, &QPushButton::clicked, this, &RepairCard::run);
    connect(list_, &QListWidget::currentRowChanged, this, &RepairCard::showStep);
    connect(list_, &QListWidget::itemChanged, this,
            [this] { run_->setEnabled(!chosen().empty()); });
    connect(&runner_, &RunRunner::ended, this,
            [this](const deploy::Result<deploy::RunState>& state) {
                if (!state) {
                    error_ = state.error();
                    return;
                }
                for (const auto& [id, step] : state->steps)
                    if (!error_ && step.error)
                        error_ = step.error;
            });
    // Only now the runner is free and the project may be used again.
    connect(&runner_, &Runner::finished, this, &RepairCard::finish);
    connect(&context_.draft, &Draft::projectChanged, this, &RepairCard::close);
}

void RepairCard::retranslate() {
    hint_->setText(
        tr("Only what you confirm is done. What was there before is written down on the "
           "server and can be brought back."));
    show_->setText(tr("Show the commands…"));
    undo_->setText(tr("Take back…"));
    close_->setText(tr("Close"));
    list_->setAccessibleName(tr("Repairs"));
    step_->retranslate();
    fillList();
    refresh();
}

void RepairCard::refresh() {
    const bool open = context_.draft.isOpen();
    offered_ =
        open ? deploy::offeredRepairs(context_.assessment.checks()) : std::vector<deploy::Repair>();
    standing_ =
        open ? deploy::standingRepairs(context_.assessment.runs()) : std::vector<deploy::Repair>();
    const bool able = open && !context_.draft.readOnly() && !running();
    title_->setText(running()          ? tr("Putting right…")
                    : offered_.empty() ? tr("Put right on the servers: %1").arg(standing_.size())
                                       : tr("Can be put right from here: %1").arg(offered_.size()));
    // What is open already is not offered again.
    show_->setVisible(!offered_.empty() && work_ != Work::Repair);
    undo_->setVisible(!standing_.empty() && work_ != Work::Undo);
    for (QWidget* button : std::initializer_list<QWidget*>{show_, undo_, close_})
        button->setEnabled(able);
    run_->setEnabled(able && !chosen().empty());
    problem_->setVisible(error_.has_value());
    if (error_)
        problem_->show(Tone::Error, tr("Not everything could be put right"),
                       context_.texts.describe(*error_));
    setVisible(!offered_.empty() || !standing_.empty() || error_ || running());
}

deploy::Result<deploy::Plan> RepairCard::planFor(const std::vector<deploy::Repair>& repairs) const {
    const deploy::ProjectContent& content = context_.draft.content();
    const auto make = work_ == Work::Undo ? &deploy::makeRepairUndoPlan : &deploy::makeRepairPlan;
    return make(content.id, content.mode, repairs, context_.draft.product().scripts);
}

void RepairCard::open(Work work) {
    work_ = work;
    error_.reset();
    fillList();
    body_->show();
    Q_EMIT opened(true);
    list_->setFocus();
    refresh();
}

void RepairCard::close() {
    work_.reset();
    plan_ = {};
    list_->clear();
    body_->hide();
    Q_EMIT opened(false);
    error_.reset();
    if (isVisible())
        refresh();
}

void RepairCard::fillList() {
    if (!work_)
        return;
    const auto plan = planFor(work_ == Work::Undo ? standing_ : offered_);
    plan_ = plan ? *plan : deploy::Plan();
    list_->clear();
    for (const deploy::Step& step : plan_.steps) {
        auto* item =
            new QListWidgetItem(joined({toQt(step.host), stepTitle(step, context_.texts)}));
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Checked);
        list_->addItem(item);
    }
    run_->setText(work_ == Work::Undo ? tr("Take back what is ticked")
                                      : tr("Put right what is ticked"));
    list_->setCurrentRow(0);
    showStep();
}

void RepairCard::showStep() {
    const int row = list_->currentRow();
    step_->show(row >= 0 && size_t(row) < plan_.steps.size() ? &plan_.steps[size_t(row)] : nullptr);
}

std::vector<deploy::Repair> RepairCard::chosen() const {
    const auto all = deploy::repairsOf(plan_);
    std::vector<deploy::Repair> ticked;
    for (int row = 0; row < list_->count() && size_t(row) < all.size(); ++row)
        if (list_->item(row)->checkState() == Qt::Checked)
            ticked.push_back(all[size_t(row)]);
    return ticked;
}

void RepairCard::run() {
    // Exactly the steps whose commands were shown.
    const auto plan = planFor(chosen());
    if (!plan || plan->steps.empty())
        return;
    logins_->collectFor(*plan, [this, plan = *plan] { begin(plan); });
}

void RepairCard::begin(const deploy::Plan& plan, const std::string& brokenLock) {
    // While it asked for a password, a probe may have begun, or another run.
    if (running() || !isEnabled() || context_.draft.readOnly())
        return;
    const deploy::Clock& clock = context_.clocks.of(context_.draft.content().kind);
    auto connector =
        deploy::connectorFor(context_.draft.folder(), context_.draft.credentials(), clock);
    error_.reset();
    ran_ = plan;
    if (!connector) {
        error_ = connector.error();
        return refresh();
    }
    context_.draft.lend();
    // Neither a secret nor a file of the bundle has a part in it.
    runner_.run({context_.draft.product(),
                 context_.draft.folder(),
                 std::move(*connector),
                 clock,
                 nullptr,
                 {},
                 plan,
                 brokenLock});
    refresh();
    Q_EMIT runningChanged();
}

void RepairCard::finish() {
    context_.draft.giveBack();
    context_.assessment.forgetRuns();
    const auto error = error_;
    close();
    error_ = error;
    refresh();
    Q_EMIT runningChanged();
    if (error)
        askAboutLock(context_, *error, [this](const std::string& lock) { begin(ran_, lock); });
    std::vector<deploy::HostId> hosts;
    for (const deploy::Step& step : ran_.steps)
        if (std::find(hosts.begin(), hosts.end(), step.host) == hosts.end())
            hosts.push_back(step.host);
    Q_EMIT changedServers(hosts);
}

}  // namespace wizard
