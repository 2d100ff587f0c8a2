#include "pages/probe_page.h"

#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "pages/check_details.h"
#include "pages/host_key_card.h"
#include "pages/login_asker.h"
#include "pages/parts.h"
#include "pages/repair_card.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

namespace {
/// Of a category's column; together they fit the window's usual width.
constexpr int kNarrowest = 60;
constexpr int kWidest = 190;
constexpr int kLegible = 110;

/// A person is to say whether it is the right server.
bool asksForKey(deploy::ErrorCode code) {
    return code == deploy::ErrorCode::SshHostKeyUnknown ||
           code == deploy::ErrorCode::SshHostKeyChanged ||
           code == deploy::ErrorCode::SshHostKeyOtherType;
}
}  // namespace

ProbePage::ProbePage(const PageContext& context)
    : Page(WizardStep::Probe),
      context_(context),
      logins_(new LoginAsker(context, this)),
      headline_(makeLabel("title")),
      progressText_(makeLabel("muted")),
      bar_(new QProgressBar),
      probeAll_(makeButton(QStringLiteral("probeAll"))),
      stop_(makeButton(QStringLiteral("stopProbe"))),
      table_(new QTableView),
      model_(new ProbeModel(context.theme, context.texts, context.assessment, this)),
      keys_(new HostKeyCard(context)),
      repairs_(new RepairCard(context)),
      details_(new CheckDetails(context)) {
    table_->setObjectName(QStringLiteral("probeGrid"));
    table_->setModel(model_);
    prepareTable(*table_);
    table_->setSelectionBehavior(QAbstractItemView::SelectItems);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    // Columns are as wide as what is in sight needs: asking hundreds of rows takes longer than a
    // frame.
    table_->horizontalHeader()->setResizeContentsPrecision(0);
    bar_->setTextVisible(false);
    auto* head = makeCard();
    auto* headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(14, 10, 14, 10);
    auto* words = new QVBoxLayout;
    words->addWidget(headline_);
    words->addWidget(progressText_);
    words->addWidget(bar_);
    headRow->addLayout(words, 1);
    headRow->addWidget(stop_);
    headRow->addWidget(probeAll_);
    auto* card = makeCard();
    auto* cardColumn = new QVBoxLayout(card);
    cardColumn->setContentsMargins(8, 4, 8, 8);
    cardColumn->addWidget(table_);
    card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(head);
    column->addWidget(keys_);
    column->addWidget(card);
    column->addWidget(repairs_);
    column->addWidget(details_, 1);
    column->addStretch();

    connect(probeAll_, &QPushButton::clicked, this, [this] { probe({}); });
    connect(stop_, &QPushButton::clicked, this, [this] { runner_.stop(); });
    connect(&runner_, &ProbeRunner::probed, this, &ProbePage::take);
    connect(&runner_, &Runner::finished, this, [this] {
        pending_.clear();
        refreshWhenSeen();
        Q_EMIT changed();
        if (!queued_.empty())
            probeQueued();
    });
    connect(keys_, &HostKeyCard::confirmed, this,
            [this](const std::vector<deploy::HostId>& hosts) { probe(hosts); });
    connect(repairs_, &RepairCard::opened, this, [this, column](bool open) {
        showDetails();
        fitRows();
        column->setStretchFactor(repairs_, open ? 1 : 0);
    });
    connect(repairs_, &RepairCard::runningChanged, this, [this] {
        refreshWhenSeen();
        Q_EMIT changed();
        if (!repairing())
            Q_EMIT repaired();
    });
    connect(repairs_, &RepairCard::changedServers, this,
            [this](const std::vector<deploy::HostId>& hosts) { probe(hosts); });
    connect(details_, &CheckDetails::probeAgain, this,
            [this](const deploy::HostId& host) { probe({host}); });
    connect(details_, &CheckDetails::askAgain, this, [this](const deploy::HostId& name) {
        if (const deploy::Host* host = context_.draft.content().inventory.find(name))
            logins_->ask(*host, [this, name] { probe({name}); });
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ProbePage::showDetails);
    connect(&context_.draft, &Draft::projectChanged, this, [this] {
        runner_.stop();
        queued_.clear();
        keys_->clear();
    });
    connect(&context_.draft, &Draft::readOnlyChanged, this, &ProbePage::refreshWhenSeen);
    connect(&context_.assessment, &Assessment::outdated, this, &ProbePage::refreshWhenSeen);
    connect(&context_.assessment, &Assessment::changed, this, [this] {
        refreshWhenSeen();
        Q_EMIT changed();
    });
    connect(&context_.theme, &Theme::changed, this, &ProbePage::refreshWhenSeen);
    retranslate();
}

QString ProbePage::title() const {
    return tr("Probe");
}

QString ProbePage::subtitle() const {
    const auto& outcomes = context_.assessment.outcomes();
    if (outcomes.empty() || !context_.draft.isOpen())
        return {};
    const size_t bad = unsettled();
    const size_t waived = context_.draft.content().waivers.size();
    return joined({bad > 0 ? tr("%1 to settle").arg(bad) : tr("all passed"),
                   waived > 0 ? tr("%1 accepted").arg(waived) : QString()});
}

std::vector<Reason> ProbePage::unasked() const {
    std::vector<Reason> found;
    if (!context_.draft.isOpen())
        return found;
    auto* self = const_cast<ProbePage*>(this);
    if (runner_.running())
        return {{tr("servers are still being probed"), [this] { table_->setFocus(); }}};
    if (repairing())
        return {{tr("servers are still being put right"), {}}};
    for (const deploy::Host& host : context_.draft.content().inventory.hosts) {
        const auto outcome = context_.assessment.outcomes().find(host.name);
        const QString name = toQt(host.name);
        const auto go = [self, id = host.name] { self->select(id, ProbeModel::Server); };
        if (outcome == context_.assessment.outcomes().end())
            found.push_back(
                {labelled(name, tr("not probed yet")), [this] { probeAll_->setFocus(); }});
        else if (!outcome->second)
            found.push_back(
                {toQt(deploy::describe(outcome->second.error(), context_.texts.table()).what), go});
        else if (context_.draft.changedSinceProbe(host))
            found.push_back(
                {labelled(name, tr("was changed after its probe: probe it again")), go});
    }
    if (found.empty() && !context_.assessment.settled())
        found.push_back({tr("the checks are being worked out"), {}});
    return found;
}

std::vector<Reason> ProbePage::reasons() const {
    std::vector<Reason> found = unasked();
    if (!found.empty() || !context_.draft.isOpen())
        return found;
    auto* self = const_cast<ProbePage*>(this);
    for (const deploy::CheckResult& check : context_.assessment.checks())
        if (deploy::blocks(check))
            found.push_back(
                {labelled(toQt(check.host),
                          context_.texts.text("check." + check.id.str() + ".title", check.args) +
                              QStringLiteral(" – ") + wordOf(check.status)),
                 [self, host = check.host, category = check.category] {
                     self->select(host, ProbeModel::FirstCategory + int(category));
                 }});
    return found;
}

size_t ProbePage::unsettled() const {
    const size_t before = unasked().size();
    if (before > 0 || !context_.draft.isOpen())
        return before;
    const auto& checks = context_.assessment.checks();
    return size_t(std::count_if(checks.begin(), checks.end(), deploy::blocks));
}

QString ProbePage::note() const {
    if (!context_.assessment.outcomes().empty() && unsettled() == 0)
        return tr("Every server can be used: press Next.");
    return tr("Probing reads only. Until the installation begins no server is changed.");
}

bool ProbePage::wantsAttention() const {
    return false;
}

void ProbePage::probe(std::vector<deploy::HostId> hosts) {
    if (!context_.draft.isOpen())
        return;
    if (runner_.running() || repairing()) {
        // Servers are still being worked on: these follow.
        queued_.insert(hosts.begin(), hosts.end());
        return;
    }
    const auto& inventory = context_.draft.content().inventory;
    if (hosts.empty())
        for (const deploy::Host& host : inventory.hosts)
            hosts.push_back(host.name);
    logins_->collect(hosts, [this, hosts] { begin(hosts); });
}

void ProbePage::probeQueued() {
    const std::vector<deploy::HostId> hosts(queued_.begin(), queued_.end());
    queued_.clear();
    probe(hosts);
}

void ProbePage::begin(const std::vector<deploy::HostId>& hosts) {
    deploy::Inventory chosen;
    for (const deploy::Host& host : context_.draft.content().inventory.hosts)
        if (std::find(hosts.begin(), hosts.end(), host.name) != hosts.end())
            chosen.hosts.push_back(host);
    auto connector = deploy::connectorFor(context_.draft.folder(), context_.draft.credentials(),
                                          context_.clocks.of(context_.draft.content().kind));
    if (!connector) {
        const auto make = [this, error = connector.error()] {
            Question question;
            question.key = QStringLiteral("probe.connector");
            question.title = tr("The probe cannot begin");
            question.body = context_.texts.describe(error);
            question.choices = {tr("Understood")};
            return question;
        };
        context_.questions.ask(make, {});
        return;
    }
    project_ = context_.draft.content().id;
    pending_ = {hosts.begin(), hosts.end()};
    asked_ = hosts.size();
    for (const deploy::HostId& host : hosts)
        keys_->remove(host);
    runner_.probe(std::move(*connector), chosen,
                  deploy::probeOptions(context_.draft.product(), context_.draft.content()));
    refreshWhenSeen();
    Q_EMIT changed();
}

void ProbePage::take(const deploy::Host& host, const deploy::ProbeOutcome& outcome) {
    // An answer may come when its project was closed already.
    if (context_.draft.content().id != project_)
        return;
    pending_.erase(host.name);
    if (!outcome && asksForKey(outcome.error().code))
        keys_->add(host, outcome.error());
    if (!outcome)
        logins_->forgetRefused(host.name, outcome.error());
    context_.assessment.setOutcome(host, outcome);
}

void ProbePage::refresh() {
    const bool first = model_->rowCount() == 0;
    model_->setState(
        context_.draft.isOpen() ? context_.draft.content().inventory : deploy::Inventory(),
        pending_);
    if (first || !runner_.running()) {
        fitColumns(*table_, kWidestColumn);
        fitCategories();
    }
    fitRows();
    const bool busy = runner_.running();
    const size_t done = asked_ - pending_.size();
    bar_->setVisible(busy);
    bar_->setRange(0, int(asked_));
    bar_->setValue(int(done));
    stop_->setVisible(busy);
    probeAll_->setEnabled(!busy && context_.draft.isOpen() && !context_.draft.readOnly());
    const bool fresh = context_.assessment.outcomes().empty();
    probeAll_->setText(fresh ? tr("Probe all servers") : tr("Probe all again"));
    // One button at a time is the one to press.
    setLook(*probeAll_, "role", fresh ? QStringLiteral("primary") : QString());
    const size_t waiting = unsettled();
    if (busy)
        headline_->setText(tr("Probing %1 of %2 servers").arg(done).arg(asked_));
    else if (fresh)
        headline_->setText(tr("The servers have not been probed yet"));
    else if (keys_->waiting())
        headline_->setText(tr("Confirm first who the servers are"));
    else if (!context_.assessment.settled())
        headline_->setText(tr("The checks are being worked out"));
    else if (waiting == 0)
        headline_->setText(tr("Every server can be used"));
    else
        headline_->setText(tr("To be settled before going on: %1").arg(waiting));
    progressText_->setText(
        busy && !pending_.empty() ? tr("Waiting for %1").arg(toQt(*pending_.begin()))
        : waiting == 0
            ? tr("Warnings hold nothing up: the installation says what it does about them.")
        : fresh || keys_->waiting()
            ? tr("One read-only round trip to each server.")
            : tr("Each failed check says what is required, and what to do."));
    if (!table_->currentIndex().isValid() && model_->rowCount() > 0)
        table_->setCurrentIndex(model_->index(0, 0));
    repairs_->setEnabled(!busy);
    repairs_->refresh();
    showDetails();
}

/// Long words of one category are cut before another category is out of sight.
void ProbePage::fitCategories() {
    const auto& header = *table_->horizontalHeader();
    const int last = model_->columnCount() - 1;
    for (int i = ProbeModel::FirstCategory; i <= last; ++i)
        table_->setColumnWidth(i, std::clamp(table_->columnWidth(i), kNarrowest, kWidest));
    for (int i = ProbeModel::FirstCategory; i < last; ++i) {
        const int tooMuch = header.length() - table_->viewport()->width();
        // The heading stays whole.
        const int spare = table_->columnWidth(i) - std::max(kLegible, header.sectionSizeHint(i));
        if (tooMuch > 0 && spare > 0)
            table_->setColumnWidth(i, table_->columnWidth(i) - std::min(tooMuch, spare));
    }
}

/// In a low window the keys that wait come first.
void ProbePage::fitRows() {
    constexpr int kMostKeys = 5;
    constexpr int kLow = 600;
    const bool low = height() < kLow;
    if (!low || !keys_->waiting()) {
        // Commands that are read before they are run need the room more, too.
        fitHeight(*table_, low && repairs_->showsCommands() ? 1 : 10);
        keys_->fitRows(kMostKeys);
        return;
    }
    // All but the rows of both tables; the rest is theirs.
    constexpr int kOthers = 330;
    constexpr int kRow = 32;
    fitHeight(*table_, 1);
    keys_->fitRows(std::clamp((height() - kOthers) / kRow - 1, 2, kMostKeys));
}

void ProbePage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    fitRows();
}

bool ProbePage::repairing() const {
    return repairs_->running();
}

void ProbePage::stopRepairing() {
    repairs_->stop();
}

void ProbePage::showDetails() {
    const QModelIndex index = table_->currentIndex();
    const deploy::HostId host = model_->hostAt(index.row());
    const auto outcome = context_.assessment.outcomes().find(host);
    const bool known = outcome != context_.assessment.outcomes().end();
    // What a new key asks stands in the card of keys.
    const bool asked = known && !outcome->second &&
                       outcome->second.error().code == deploy::ErrorCode::SshHostKeyUnknown;
    details_->setVisible(known && !asked && !repairs_->showsCommands());
    QString heading = toQt(host);
    if (index.column() >= ProbeModel::FirstCategory)
        heading = joined(
            {heading, wordOf(deploy::CheckCategory(index.column() - ProbeModel::FirstCategory))});
    details_->show(host, heading,
                   known ? model_->checksAt(index) : std::vector<deploy::CheckResult>());
}

void ProbePage::select(const deploy::HostId& host, int column) {
    for (int row = 0; row < model_->rowCount(); ++row)
        if (model_->hostAt(row) == host)
            table_->setCurrentIndex(model_->index(row, column));
    table_->setFocus();
}

void ProbePage::retranslate() {
    stop_->setText(tr("Stop"));
    table_->setAccessibleName(tr("Servers and what was found"));
    keys_->retranslate();
    repairs_->retranslate();
    details_->retranslate();
    refreshWhenSeen();
}

}  // namespace wizard
