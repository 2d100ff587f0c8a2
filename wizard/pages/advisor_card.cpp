#include "pages/advisor_card.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "diagram/drawing.h"
#include "pages/parts.h"
#include "text/convert.h"
#include "text/digits.h"
#include "text/words.h"

namespace wizard {

namespace {

constexpr std::array kSurvives = {"nothing", "server", "datacenter"};
constexpr std::array kRows = {"servers", "each", "tps", "left", "survives", "verdict"};
constexpr int kRowHeight = 26;
constexpr int kCellPadding = 12;

/// Numbers of an argument as people read them.
deploy::Args readable(deploy::Args args) {
    for (const char* key : {"tps", "limit"})
        if (const auto number = args.find(key); number != args.end())
            number->second = deploy::groupedDigits(std::stoi(number->second));
    return args;
}

}  // namespace

AdvisorCard::AdvisorCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      inner_(new QWidget),
      tpsLabel_(makeLabel("muted")),
      tps_(new QSpinBox),
      surviveLabel_(makeLabel("muted")),
      survive_(new QComboBox),
      serversLabel_(makeLabel("muted")),
      servers_(new QSpinBox),
      headline_(makeLabel("heading")),
      reasons_(makeLabel("body")),
      use_(makeButton(QStringLiteral("useAdvice"))),
      table_(new QTableWidget(int(kRows.size()),
                              1 + int(context.draft.product().catalog.modes.size()))),
      reference_(makeLabel("small")) {
    setProperty("role", QStringLiteral("card"));
    setObjectName(QStringLiteral("advisor"));
    constexpr int kStep = 1000;
    constexpr int kMostServers = 10000;
    tps_->setObjectName(QStringLiteral("adviseTps"));
    tps_->setRange(0, deploy::kMostTps);
    tps_->setSingleStep(kStep);
    tps_->setGroupSeparatorShown(true);
    survive_->setObjectName(QStringLiteral("adviseSurvive"));
    for (const char* word : kSurvives)
        survive_->addItem(QString(), QLatin1String(word));
    servers_->setObjectName(QStringLiteral("adviseServers"));
    servers_->setRange(0, kMostServers);
    headline_->setObjectName(QStringLiteral("adviceHeadline"));
    table_->setObjectName(QStringLiteral("adviceTable"));
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionMode(QAbstractItemView::NoSelection);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setTabKeyNavigation(false);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->verticalHeader()->setMinimumSectionSize(kRowHeight);
    table_->verticalHeader()->hide();
    table_->horizontalHeader()->setDefaultAlignment(
        Qt::Alignment::fromInt(int(Qt::AlignLeft) | int(Qt::AlignVCenter) | int(Qt::TextWordWrap)));
    for (QSpinBox* number : {tps_, servers_})
        number->setButtonSymbols(QAbstractSpinBox::NoButtons);
    use_->setProperty("role", QStringLiteral("primary"));
    tpsLabel_->setBuddy(tps_);
    surviveLabel_->setBuddy(survive_);
    serversLabel_->setBuddy(servers_);

    auto* scroll = makeScroll(inner_, Qt::ScrollBarAlwaysOff);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(2, 2, 2, 2);
    all->addWidget(scroll);
    auto* grid = new QGridLayout(inner_);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    int row = 0;
    for (const auto& [label, field] : {std::pair<QLabel*, QWidget*>{tpsLabel_, tps_},
                                       {surviveLabel_, survive_},
                                       {serversLabel_, servers_}}) {
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row++, 1);
    }
    auto* answer = new QVBoxLayout;
    answer->addWidget(headline_);
    answer->addWidget(reasons_);
    answer->addSpacing(4);
    answer->addWidget(use_, 0, Qt::AlignLeft);
    answer->addStretch();
    grid->addLayout(answer, 0, 2, row, 1);
    grid->setRowMinimumHeight(row++, 8);
    grid->addWidget(table_, row++, 0, 1, 3);
    grid->addWidget(reference_, row, 0, 1, 3);
    grid->setColumnMinimumWidth(1, 220);
    grid->setColumnStretch(2, 1);
    grid->setHorizontalSpacing(18);

    connect(table_->horizontalHeader(), &QHeaderView::sectionResized, this, &AdvisorCard::fitTable);
    connect(tps_, &QSpinBox::valueChanged, this, &AdvisorCard::reckon);
    connect(servers_, &QSpinBox::valueChanged, this, &AdvisorCard::reckon);
    connect(survive_, &QComboBox::currentIndexChanged, this, &AdvisorCard::reckon);
    connect(use_, &QPushButton::clicked, this, [this] {
        if (const auto* option = advice_.option(advice_.recommended))
            Q_EMIT chosen(deploy::ModeOption(*option));
    });
    retranslate();
}

QSize AdvisorCard::sizeHint() const {
    const QMargins around = layout()->contentsMargins();
    const QLayout& inner = *inner_->layout();
    const int wide = std::max(inner_->width(), inner.totalMinimumSize().width());
    const int high = inner.hasHeightForWidth() ? inner.totalHeightForWidth(wide)
                                               : inner.totalSizeHint().height();
    const QSize edges = size() - contentsRect().size();
    return edges +
           QSize(wide + around.left() + around.right(), high + around.top() + around.bottom());
}

void AdvisorCard::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

void AdvisorCard::begin() {
    const bool generic =
        !context_.draft.isOpen() || context_.draft.content().kind == deploy::ProjectKind::Explore;
    servers_->setValue(generic ? 0 : int(context_.draft.content().inventory.hosts.size()));
    tps_->setFocus();
    reckon();
}

void AdvisorCard::reckon() {
    advice_ = deploy::advise(
        context_.draft.product().catalog,
        {tps_->value(), deploy::Survive(survive_->currentIndex()), servers_->value()});
    refresh();
    Q_EMIT changed();
}

void AdvisorCard::refresh() {
    if (!isVisible() || advice_.options.empty())
        return;
    const deploy::ModeOption& chosen = *advice_.option(advice_.recommended);
    headline_->setText(context_.texts.text(
        chosen.total() == 1 ? "advice.recommended_one" : "advice.recommended",
        {{"mode", chosen.mode.str()},
         {"servers", std::to_string(chosen.servers)},
         {"ops", chosen.opsServers > 0 ? std::to_string(chosen.opsServers) : ""}}));
    QStringList lines;
    for (const deploy::Reasoning& reason : advice_.reasons)
        lines << QStringLiteral("· ") +
                     context_.texts.text("advice.reason." + reason.code, readable(reason.args));
    reasons_->setText(lines.join(QLatin1Char('\n')));
    const bool other =
        context_.draft.isOpen() && (context_.draft.content().mode != advice_.recommended ||
                                    context_.draft.content().kind == deploy::ProjectKind::Explore);
    use_->setEnabled(other && !context_.draft.readOnly());
    fillTable();
}

void AdvisorCard::fillTable() {
    const auto number = [](int value) { return toQt(deploy::groupedDigits(value)); };
    for (size_t i = 0; i < advice_.options.size(); ++i) {
        const deploy::ModeOption& option = advice_.options[i];
        QStringList unmet;
        for (const std::string& what : option.unmet)
            unmet << context_.texts.text("advice.unmet." + what);
        QString servers = QString::number(option.servers);
        if (option.opsServers > 0)
            servers += QStringLiteral(" + %1").arg(option.opsServers);
        const QStringList cells = {
            servers,
            context_.texts.text("advice.table.size",
                                {{"cores", std::to_string(option.each.cores)},
                                 {"memory", fromQt(bytesText(option.each.memoryBytes))},
                                 {"disk", fromQt(bytesText(option.each.diskBytes))}}),
            number(option.tps),
            number(option.tpsAfterLoss),
            context_.texts.text(std::string("advice.survives.") +
                                kSurvives.at(size_t(option.survives))),
            unmet.isEmpty() ? QStringLiteral("✓ ") + context_.texts.text("advice.table.meets")
                            : QStringLiteral("✕ ") + listed(unmet)};
        auto* head = new QTableWidgetItem(modeName(context_.texts, option.mode));
        QFont bold = font();
        bold.setBold(option.mode == advice_.recommended);
        head->setFont(bold);
        table_->setHorizontalHeaderItem(int(i) + 1, head);
        for (int row = 0; row < int(cells.size()); ++row) {
            auto* item = new QTableWidgetItem(cells[row]);
            item->setFont(bold);
            item->setToolTip(cells[row]);
            table_->setItem(row, int(i) + 1, item);
        }
    }
    fitTable();
}

void AdvisorCard::fitTable() {
    QHeaderView& header = *table_->horizontalHeader();
    QFont bold = header.font();
    bold.setBold(true);
    int high = kRowHeight;
    for (int i = 1; i < header.count(); ++i) {
        const QRect room(0, 0, header.sectionSize(i) - kCellPadding, QWIDGETSIZE_MAX);
        const QString text = table_->model()->headerData(i, Qt::Horizontal).toString();
        high =
            std::max(high, QFontMetrics(bold).boundingRect(room, Qt::TextWordWrap, text).height() +
                               kCellPadding);
    }
    header.setFixedHeight(high);
    table_->resizeRowsToContents();
    table_->setFixedHeight(high + table_->verticalHeader()->length() + 6);
}

void AdvisorCard::retranslate() {
    tpsLabel_->setText(tr("TPS wanted"));
    tps_->setSpecialValueText(tr("not known"));
    tps_->setAccessibleName(tr("TPS wanted"));
    surviveLabel_->setText(tr("Must go on without"));
    survive_->setAccessibleName(tr("What must go on without"));
    survive_->setItemText(0, tr("nothing: a stop is acceptable"));
    survive_->setItemText(1, tr("any one server"));
    survive_->setItemText(2, tr("a whole datacenter"));
    serversLabel_->setText(tr("Servers at hand"));
    servers_->setSpecialValueText(tr("not known"));
    servers_->setAccessibleName(tr("Servers at hand"));
    use_->setText(tr("Use this mode"));
    table_->setHorizontalHeaderItem(0, new QTableWidgetItem);
    for (int row = 0; row < int(kRows.size()); ++row) {
        auto* item = new QTableWidgetItem(
            context_.texts.text(std::string("advice.table.") + kRows.at(size_t(row))));
        item->setForeground(context_.theme.colors().muted);
        table_->setItem(row, 0, item);
    }
    table_->setAccessibleName(tr("The modes compared"));
    reference_->setText(context_.texts.text("advice.reference"));
    refresh();
}

}  // namespace wizard
