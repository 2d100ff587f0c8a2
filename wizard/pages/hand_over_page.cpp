#include "pages/hand_over_page.h"

#include <QDir>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "pages/database_bar.h"
#include "pages/drill_bar.h"
#include "pages/lock_question.h"
#include "pages/login_asker.h"
#include "pages/parts.h"
#include "pages/report_card.h"
#include "pages/vault_opener.h"
#include "report/access.h"
#include "report/drill_words.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

namespace {
bool asks(const deploy::Step& step) {
    return std::holds_alternative<deploy::WaitReady>(step.action);
}
}  // namespace

HandOverPage::HandOverPage(const PageContext& context)
    : Page(WizardStep::HandOver),
      context_(context),
      logins_(new LoginAsker(context, this)),
      vault_(new VaultOpener(context, this)),
      headline_(makeLabel("title")),
      entryTitle_(makeLabel("muted")),
      entry_(new QLabel),
      secretsTitle_(makeLabel("muted")),
      secrets_(makeLabel("body")),
      verify_(makeButton(QStringLiteral("verifyAgain"))),
      drill_(new DrillBar(context)),
      database_(new DatabaseBar(context)),
      resultsTitle_(makeLabel("muted")),
      results_(new QVBoxLayout),
      report_(new ReportCard(context)) {
    entry_->setObjectName(QStringLiteral("entryAddress"));
    entry_->setTextFormat(Qt::RichText);
    entry_->setOpenExternalLinks(true);
    entry_->setTextInteractionFlags(Qt::TextBrowserInteraction);
    secrets_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* head = makeCard();
    auto* grid = new QGridLayout(head);
    grid->setContentsMargins(14, 12, 14, 12);
    grid->setHorizontalSpacing(16);
    grid->addWidget(headline_, 0, 0, 1, 2);
    grid->addWidget(verify_, 0, 2);
    grid->addWidget(entryTitle_, 1, 0, Qt::AlignTop);
    grid->addWidget(entry_, 1, 1, 1, 2);
    grid->addWidget(secretsTitle_, 2, 0, Qt::AlignTop);
    grid->addWidget(secrets_, 2, 1, 1, 2);
    grid->addWidget(drill_->title(), 3, 0);
    grid->addWidget(drill_, 3, 1, 1, 2);
    grid->addWidget(database_->title(), 4, 0);
    grid->addWidget(database_, 4, 1, 1, 2);
    grid->setColumnStretch(1, 1);
    auto* card = makeCard();
    auto* cardColumn = new QVBoxLayout(card);
    cardColumn->setContentsMargins(14, 10, 8, 10);
    cardColumn->addWidget(resultsTitle_);
    auto* inner = new QWidget;
    auto* innerColumn = new QVBoxLayout(inner);
    innerColumn->setContentsMargins(0, 0, 6, 0);
    innerColumn->addLayout(results_);
    innerColumn->addStretch();
    auto* scroll = makeScroll(inner);
    cardColumn->addWidget(scroll, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(head);
    auto* body = new QHBoxLayout;
    body->setSpacing(12);
    body->addWidget(card, 2);
    body->addWidget(report_, 3);
    column->addLayout(body, 1);

    connect(verify_, &QPushButton::clicked, this, [this] { verify(); });
    connect(drill_, &DrillBar::confirmed, this, [this](const deploy::Plan& plan) { start(plan); });
    connect(drill_, &DrillBar::refused, this, [this](const deploy::Error& error) {
        error_ = error;
        refresh();
    });
    connect(&runner_, &RunRunner::recorded, this, [this] { refresh(); });
    connect(&runner_, &RunRunner::ended, this,
            [this](const deploy::Result<deploy::RunState>& state) {
                if (state)
                    ended_ = *state;
                else
                    error_ = state.error();
            });
    connect(&runner_, &RunRunner::log, this, &HandOverPage::tellPower);
    // Only now the runner is free and the project may be used again.
    connect(&runner_, &Runner::finished, this, [this] {
        context_.draft.giveBack();
        context_.assessment.forgetRuns();
        now_.clear();
        const auto state = std::exchange(ended_, std::nullopt);
        if (state)
            settle(*state);
        refresh();
        Q_EMIT ended();
        if (error_)
            askAboutLock(context_, *error_,
                         [this](const std::string& lock) { start(asked_, lock); });
    });
    connectDatabase();
    connect(&context_.assessment, &Assessment::changed, this, &HandOverPage::refreshWhenSeen);
    connect(&context_.draft, &Draft::readOnlyChanged, this, &HandOverPage::refreshWhenSeen);
    connect(&context_.theme, &Theme::changed, this, &HandOverPage::refreshWhenSeen);
    retranslate();
}

QString HandOverPage::title() const {
    return tr("Verify and hand over");
}

QString HandOverPage::note() const {
    return tr("The report says what was found, done and verified. It holds no password.");
}

void HandOverPage::enter() {
    refresh();
    report_->focusFirst();
}

QStringList HandOverPage::entryAddresses() const {
    const deploy::RunRecord* last = context_.assessment.lastRun();
    const deploy::Mode* mode = context_.draft.mode();
    QStringList all;
    if (mode != nullptr)
        for (const deploy::Entry& entry : deploy::entriesOf(last == nullptr ? nullptr : &last->plan,
                                                            context_.draft.content(), *mode))
            all << toQt(entry.url);
    return all;
}

void HandOverPage::verify() {
    const deploy::RunRecord* last = context_.assessment.lastRun();
    if (last == nullptr || running())
        return;
    auto plan = deploy::verificationPlan(last->plan);
    if (!plan) {
        error_ = plan.error();
        refresh();
        return;
    }
    start(*plan);
}

void HandOverPage::start(const deploy::Plan& plan, const std::string& brokenLock) {
    if (running())
        return;
    asked_ = plan;
    logins_->collectFor(plan, [this, plan, brokenLock] {
        vault_->open([this, plan, brokenLock](std::shared_ptr<deploy::Vault> vault) {
            begin(plan, std::move(vault), brokenLock);
        });
    });
}

void HandOverPage::begin(const deploy::Plan& plan, std::shared_ptr<deploy::Vault> vault,
                         const std::string& brokenLock) {
    if (running() || context_.draft.readOnly() || !context_.assessment.bundle())
        return;
    auto servers = connector();
    if (!servers)
        return;
    context_.draft.lend();
    runner_.run({context_.draft.product(), context_.draft.folder(), std::move(servers),
                 context_.clocks.of(context_.draft.content().kind), std::move(vault),
                 context_.assessment.bundle()->folder, plan, brokenLock});
    refresh();
}

/// Null where there is none; why is shown.
std::shared_ptr<deploy::Connector> HandOverPage::connector() {
    error_.reset();
    auto made = deploy::connectorFor(context_.draft.folder(), context_.draft.credentials(),
                                     context_.clocks.of(context_.draft.content().kind));
    if (made)
        return std::move(*made);
    error_ = made.error();
    refresh();
    return nullptr;
}

/// Repairs of servers and the like come between, and ask nothing.
const deploy::RunRecord* HandOverPage::lastThatAsked() const {
    const auto& runs = context_.assessment.runs();
    const auto last = std::find_if(runs.rbegin(), runs.rend(), [](const deploy::RunRecord& run) {
        return std::any_of(run.plan.steps.begin(), run.plan.steps.end(), asks);
    });
    return last == runs.rend() ? nullptr : &*last;
}

void HandOverPage::fillResults() {
    while (QLayoutItem* item = results_->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    if (error_) {
        auto* note = new NoteBox(context_.theme);
        note->show(Tone::Error, tr("It could not be done"), context_.texts.describe(*error_));
        results_->addWidget(note);
    }
    const deploy::RunRecord* last = lastThatAsked();
    if (last == nullptr)
        return;
    if (!deploy::drilledServer(last->plan).empty())
        fillDrill(*last);
    // The plan asks what carries first, the entry last.
    const auto& steps = last->plan.steps;
    for (auto it = steps.rbegin(); it != steps.rend(); ++it) {
        const deploy::Step& step = *it;
        if (!asks(step))
            continue;
        const auto state = last->state.step(step.id);
        const bool good = state.status == deploy::StepStatus::Succeeded ||
                          state.status == deploy::StepStatus::Skipped;
        const Tone tone = good                                         ? Tone::Ok
                          : state.status == deploy::StepStatus::Failed ? Tone::Error
                                                                       : Tone::Warning;
        const QString body = state.error ? context_.texts.describe(*state.error)
                             : good      ? tr("It answered as it should.")
                                         : wordOf(state.status);
        auto* note = new NoteBox(context_.theme);
        note->show(tone, joined({toQt(step.host), stepTitle(step, context_.texts)}), body);
        results_->addWidget(note);
    }
}

void HandOverPage::fillDrill(const deploy::RunRecord& run) {
    const deploy::DrillResult drill = deploy::drillResultOf(run);
    for (const deploy::DrillRow& row : deploy::drillRows(drill, context_.texts.table())) {
        auto* note = new NoteBox(context_.theme);
        note->setObjectName(QStringLiteral("drillResult"));
        note->show(
            row.kept ? Tone::Ok : Tone::Error,
            joined({tr("Drill of %1").arg(toQt(drill.server)), toQt(row.function),
                    toQt(row.measured), toQt(row.verdict)}),
            joined({tr("Failure simulation: %1").arg(toQt(row.expected)), toQt(row.writes)}));
        results_->addWidget(note);
    }
}

void HandOverPage::refresh() {
    const deploy::RunRecord* last =
        context_.draft.isOpen() ? context_.assessment.lastRun() : nullptr;
    const bool busy = running();
    const bool installed = last != nullptr && last->state.outcome == deploy::RunOutcome::Succeeded;
    verify_->setEnabled(installed && !context_.draft.readOnly() && !busy);
    const bool ready = installed && !context_.draft.readOnly() && !busy;
    drill_->setReady(ready);
    database_->setReady(ready, installed ? &last->plan : nullptr);
    headline_->setText(!now_.isEmpty()   ? now_
                       : busy            ? tr("Asking the services…")
                       : installed       ? tr("The platform is installed and answers")
                       : last != nullptr ? tr("The platform is not installed completely")
                                         : tr("Nothing has been installed yet"));
    for (QWidget* one :
         std::initializer_list<QWidget*>{entryTitle_, entry_, secretsTitle_, secrets_})
        one->setVisible(installed);
    resultsTitle_->setVisible(last != nullptr);
    if (!busy && installed && lastThatAsked() != nullptr &&
        lastThatAsked()->state.outcome != deploy::RunOutcome::Succeeded)
        headline_->setText(tr("The platform is installed, but not everything answers"));
    QStringList links;
    if (installed)
        for (const QString& address : entryAddresses())
            links << QStringLiteral("<a href='%1' style='color:%2'>%1</a>")
                         .arg(address.toHtmlEscaped(), context_.theme.colors().accent.name());
    entry_->setText(links.join(QStringLiteral("<br/>")));
    const bool practice =
        context_.draft.isOpen() && context_.draft.content().kind == deploy::ProjectKind::Practice;
    secrets_->setText(
        !installed ? QString()
        : practice
            ? tr("Practice keeps no passwords.")
            : tr("Account \"%1\"; its password and all others are in the project's vault:\n%2")
                  .arg(toQt(context_.draft.content().settings.adminAccount),
                       QDir::toNativeSeparators(
                           toQt(context_.draft.folder().vaultFile().string()))));
    if (!busy) {
        fillResults();
        report_->refresh();
    }
    Q_EMIT changed();
}

void HandOverPage::retranslate() {
    entryTitle_->setText(tr("Entry"));
    entry_->setAccessibleName(tr("Entry addresses"));
    secretsTitle_->setText(tr("Passwords"));
    verify_->setText(tr("Verify again"));
    drill_->retranslate();
    database_->retranslate();
    report_->retranslate();
    resultsTitle_->setText(tr("What was verified, from the entry inwards"));
    if (isVisible())
        refresh();
}

}  // namespace wizard
