#include "pages/what_if_card.h"

#include <QButtonGroup>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "pages/parts.h"
#include "text/convert.h"
#include "text/digits.h"
#include "text/words.h"
#include "topology/role_ids.h"

namespace wizard {

namespace {

Tone toneOf(deploy::Health health) {
    return health == deploy::Health::Up         ? Tone::Ok
           : health == deploy::Health::Degraded ? Tone::Warning
                                                : Tone::Error;
}

QString listed(const std::set<deploy::HostId>& hosts) {
    QStringList names;
    for (const deploy::HostId& host : hosts)
        names << toQt(host);
    return wizard::listed(names);
}

/// The roles whose bands tell of a service.
std::vector<deploy::RoleId> rolesOf(const std::string& service) {
    namespace roles = deploy::roles;
    if (service == "entry")
        return {roles::kLoadBalancer, roles::kGateway};
    if (service == "business")
        return {roles::kBusiness, roles::kKubernetesAgent};
    if (service == "kubernetes")
        return {roles::kKubernetesServer};
    return {deploy::RoleId(service)};
}

void clear(QVBoxLayout& column) {
    while (QLayoutItem* item = column.takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

}  // namespace

WhatIfCard::WhatIfCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      title_(makeLabel("heading")),
      allOn_(makeButton(QStringLiteral("allOn"))),
      servers_(new QListWidget),
      platform_(makeLabel("body")),
      services_(new QVBoxLayout),
      singles_(makeButton(QStringLiteral("trySingles"))),
      pairs_(makeButton(QStringLiteral("tryPairs"))),
      tried_(new QButtonGroup(this)),
      summary_(makeLabel("small")),
      table_(new QTableWidget) {
    setObjectName(QStringLiteral("whatIf"));
    servers_->setObjectName(QStringLiteral("whatIfServers"));
    servers_->setUniformItemSizes(true);
    // Short names stand side by side: nine servers need no scrolling within what scrolls.
    servers_->setFlow(QListView::LeftToRight);
    servers_->setWrapping(true);
    servers_->setResizeMode(QListView::Adjust);
    servers_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    title_->setObjectName(QStringLiteral("whatIfTitle"));
    platform_->setObjectName(QStringLiteral("whatIfPlatform"));
    table_->setObjectName(QStringLiteral("whatIfTable"));
    prepareTable(*table_);
    table_->verticalHeader()->setDefaultSectionSize(28);
    table_->horizontalHeader()->setMinimumSectionSize(20);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    for (QPushButton* button : {singles_, pairs_}) {
        button->setCheckable(true);
        tried_->addButton(button);
    }
    singles_->setChecked(true);
    tabToChosen(*tried_);
    allOn_->setProperty("role", QStringLiteral("flat"));

    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(title_);
    column->addWidget(servers_);
    column->addWidget(allOn_, 0, Qt::AlignLeft);
    column->addWidget(platform_);
    column->addLayout(services_);
    column->addWidget(singles_);
    column->addWidget(pairs_);
    column->addWidget(summary_);
    column->addWidget(table_);
    column->addStretch();
    auto* scroll = makeScroll(inner, Qt::ScrollBarAlwaysOff);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);

    connect(allOn_, &QPushButton::clicked, this, [this] { setDown({}); });
    connect(servers_, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        if (!filling_)
            toggle(deploy::HostId(fromQt(item->data(Qt::UserRole).toString())));
    });
    connect(tried_, &QButtonGroup::buttonClicked, this, &WhatIfCard::refreshMatrix);
    connect(table_, &QTableWidget::itemSelectionChanged, this, [this] {
        const int row = table_->currentRow();
        if (filling_ || row < 0 || size_t(row) >= cases().size())
            return;
        const auto& down = cases()[size_t(row)].down;
        setDown({down.begin(), down.end()});
    });
    retranslate();
}

void WhatIfCard::toggle(const deploy::HostId& host) {
    auto down = down_;
    if (!down.erase(host))
        down.insert(host);
    setDown(std::move(down));
}

void WhatIfCard::toggleDatacenter(const std::string& datacenter) {
    if (!context_.draft.isOpen())
        return;
    const auto all = deploy::hostsIn(context_.draft.content().inventory, datacenter);
    const bool off = std::includes(down_.begin(), down_.end(), all.begin(), all.end());
    auto down = down_;
    for (const deploy::HostId& host : all)
        if (off)
            down.erase(host);
        else
            down.insert(host);
    setDown(std::move(down));
}

void WhatIfCard::setDown(std::set<deploy::HostId> down) {
    down_ = std::move(down);
    refreshServers();
    refreshOutcome();
    Q_EMIT changed();
}

FailureShown WhatIfCard::shown() const {
    FailureShown failure{down_, {}};
    if (!down_.empty())
        for (const deploy::ServiceImpact& impact : outcome_.services)
            for (const deploy::RoleId& role : rolesOf(impact.service))
                failure.bands[role] = impact.health;
    return failure;
}

void WhatIfCard::refresh() {
    std::set<deploy::HostId> known;
    if (context_.draft.isOpen())
        for (const deploy::HostId& host : down_)
            if (context_.draft.content().inventory.find(host) != nullptr)
                known.insert(host);
    const bool gone = known != down_;
    down_ = std::move(known);
    // Hidden it costs nothing, unless the drawing shows what is off.
    if (isVisible() || gone || !down_.empty()) {
        refreshServers();
        refreshOutcome();
    }
    refreshMatrix();
    if (gone)
        Q_EMIT changed();
}

void WhatIfCard::refreshServers() {
    filling_ = true;
    servers_->clear();
    if (context_.draft.isOpen())
        for (const deploy::Host& host : context_.draft.content().inventory.hosts) {
            auto* item = new QListWidgetItem(
                host.datacenter.empty()
                    ? toQt(host.name)
                    : QStringLiteral("%1 · %2").arg(toQt(host.name), toQt(host.datacenter)));
            item->setData(Qt::UserRole, toQt(host.name));
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            item->setCheckState(down_.contains(host.name) ? Qt::Unchecked : Qt::Checked);
            servers_->addItem(item);
        }
    fitServers();
    filling_ = false;
}

/// In columns as wide as the longest name, and at most a few rows high.
void WhatIfCard::fitServers() {
    constexpr int kMostRows = 6;
    constexpr int kTick = 36;
    const int room = std::max(servers_->viewport()->width() - 2, 1);
    int widest = 1;
    for (int i = 0; i < servers_->count(); ++i)
        widest = std::max(
            widest, kTick + servers_->fontMetrics().horizontalAdvance(servers_->item(i)->text()));
    const QSize cell(std::min(widest, room), servers_->fontMetrics().height() + 4);
    const QSignalBlocker quiet(servers_);
    for (int i = 0; i < servers_->count(); ++i)
        servers_->item(i)->setSizeHint(cell);
    const int columns = std::max(room / cell.width(), 1);
    const int rows = (servers_->count() + columns - 1) / columns;
    servers_->setFixedHeight(cell.height() * std::clamp(rows, 1, kMostRows) + 4);
}

void WhatIfCard::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fitServers();
}

void WhatIfCard::addNote(deploy::Health health, const QString& title, const QString& body) {
    auto* note = new NoteBox(context_.theme);
    note->show(toneOf(health), title, body);
    services_->addWidget(note);
}

void WhatIfCard::refreshOutcome() {
    clear(*services_);
    const deploy::Mode* mode = context_.draft.mode();
    allOn_->setVisible(!down_.empty());
    title_->setText(
        down_.empty() ? context_.texts.text("what_if.nothing_down")
                      : context_.texts.text("what_if.down", {{"servers", fromQt(listed(down_))}}));
    platform_->clear();
    outcome_ = {};
    if (!context_.draft.isOpen() || mode == nullptr ||
        context_.draft.content().topology.roles().empty())
        return;
    const deploy::ProjectContent& content = context_.draft.content();
    outcome_ = deploy::simulateFailure(*mode, content.inventory, content.topology, down_);
    const int whole = deploy::simulateFailure(*mode, content.inventory, content.topology, {}).tps;
    const QString tps = context_.texts.text(
        "what_if.tps",
        {{"tps", deploy::groupedDigits(outcome_.tps)}, {"whole", deploy::groupedDigits(whole)}});
    if (down_.empty()) {
        platform_->setText(tps);
        return;
    }
    platform_->setText(context_.texts.text(std::string("what_if.platform.") +
                                           deploy::healthWord(outcome_.platform)) +
                       QLatin1Char('\n') + tps);
    for (const deploy::ServiceImpact& impact : outcome_.services)
        addNote(
            impact.health, context_.texts.text("failure_service." + impact.service),
            context_.texts.text("failure." + impact.service + "." + impact.reason, impact.args));
    constexpr size_t kMostTried = 64;
    if (outcome_.platform == deploy::Health::Lost || content.inventory.hosts.size() > kMostTried)
        return;
    QStringList lines;
    for (const deploy::FurtherLoss& loss :
         deploy::furtherLosses(*mode, content.inventory, content.topology, down_)) {
        QStringList services;
        for (const std::string& service : loss.services)
            services << context_.texts.text("failure_service." + service);
        lines << context_.texts.text(
            "what_if.further_line",
            {{"server", loss.host.str()}, {"services", fromQt(listed(services))}});
    }
    if (lines.isEmpty())
        addNote(deploy::Health::Up, context_.texts.text("what_if.further_none"), {});
    else
        addNote(deploy::Health::Lost, context_.texts.text("what_if.further"),
                lines.join(QLatin1Char('\n')));
}

const std::vector<deploy::FailureCase>& WhatIfCard::cases() const {
    return pairs_->isChecked() ? matrix_.pairs : matrix_.singles;
}

void WhatIfCard::refreshMatrix() {
    // Hidden, it costs nothing; many servers make it long.
    const deploy::Mode* mode = context_.draft.mode();
    const bool possible = isVisible() && context_.draft.isOpen() && mode != nullptr;
    if (!possible) {
        matrix_ = {};
        matrixOf_ = {};
    } else if (const auto& content = context_.draft.content();
               matrixOf_.topology != content.topology || matrixOf_.inventory != content.inventory ||
               matrixOf_.mode != content.mode) {
        matrix_ = deploy::failureMatrix(*mode, content.inventory, content.topology);
        matrixOf_ = content;
    }
    const auto& rows = cases();
    filling_ = true;
    table_->clear();
    table_->setRowCount(int(rows.size()));
    table_->setVisible(!rows.empty());
    summary_->setText(pairs_->isChecked() && matrix_.singles.size() > deploy::kMostForPairs
                          ? context_.texts.text("what_if.pairs_left_out",
                                                {{"limit", std::to_string(deploy::kMostForPairs)}})
                          : QString());
    if (!rows.empty()) {
        QStringList heads = {context_.texts.text("what_if.column_down")};
        for (const deploy::ServiceImpact& impact : rows.front().outcome.services)
            heads << context_.texts.text("what_if.short." + impact.service);
        heads << context_.texts.text("what_if.column_tps");
        table_->setColumnCount(int(heads.size()));
        table_->setHorizontalHeaderLabels(heads);
    }
    int good = 0;
    for (size_t row = 0; row < rows.size(); ++row) {
        const deploy::FailureCase& one = rows[row];
        good += one.outcome.platform != deploy::Health::Lost ? 1 : 0;
        int column = 0;
        const auto cell = [&](const QString& text, const QString& tip) {
            auto* item = new QTableWidgetItem(text);
            item->setToolTip(tip);
            item->setData(Qt::AccessibleTextRole, tip);
            table_->setItem(int(row), column++, item);
            return item;
        };
        const QString off = listed(std::set<deploy::HostId>(one.down.begin(), one.down.end()));
        cell(off, off);
        for (const deploy::ServiceImpact& impact : one.outcome.services) {
            const Tone tone = toneOf(impact.health);
            cell(QString(), context_.texts.text(std::string("what_if.word.") +
                                                deploy::healthWord(impact.health)))
                ->setIcon(themedIcon(shapeOf(tone), colorOf(tone, context_.theme.colors())));
        }
        const QString tps = toQt(deploy::groupedDigits(one.outcome.tps));
        cell(tps, tps)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (!rows.empty()) {
        summary_->setText(context_.texts.text(
            pairs_->isChecked() ? "what_if.summary_pairs" : "what_if.summary_singles",
            {{"good", std::to_string(good)}, {"count", std::to_string(rows.size())}}));
        // The services' columns are narrow, so that the table needs no scrolling in its panel.
        constexpr int kService = 35;
        constexpr int kEdge = 42;
        for (int column = 0; column < table_->columnCount(); ++column)
            table_->setColumnWidth(column, kService);
        table_->setColumnWidth(0, kEdge);
        table_->horizontalHeader()->setStretchLastSection(true);
        // The panel scrolls; only a very long table does so within it.
        constexpr int kMostShown = 64;
        fitHeight(*table_, kMostShown);
    }
    filling_ = false;
}

void WhatIfCard::retranslate() {
    allOn_->setText(tr("Switch all on again"));
    servers_->setAccessibleName(tr("Servers that run"));
    singles_->setText(tr("Try every single server"));
    pairs_->setText(tr("Try every pair"));
    table_->setAccessibleName(tr("What each loss does"));
    refresh();
}

}  // namespace wizard
