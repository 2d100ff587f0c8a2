#include "pages/firewall_card.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>

#include "pages/parts.h"
#include "pages/save_text.h"
#include "text/convert.h"

namespace wizard {

FirewallCard::FirewallCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      title_(makeLabel("heading")),
      hint_(makeLabel("muted")),
      save_(makeButton(QStringLiteral("saveFirewall"))),
      table_(new QTableWidget) {
    setProperty("role", QStringLiteral("card"));
    table_->setObjectName(QStringLiteral("firewall"));
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setWordWrap(true);
    prepareTable(*table_);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(14, 10, 14, 12);
    grid->addWidget(title_, 0, 0);
    grid->addWidget(save_, 0, 1, 2, 1);
    grid->addWidget(hint_, 1, 0);
    grid->addWidget(table_, 2, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    grid->setRowStretch(2, 1);
    connect(save_, &QPushButton::clicked, this, &FirewallCard::save);
    retranslate();
}

void FirewallCard::retranslate() {
    title_->setText(tr("Firewall request"));
    hint_->setText(
        tr("For the customer's network team: who must reach whom, at which port, and what for."));
    save_->setText(tr("Save as a table (CSV)…"));
    table_->setAccessibleName(tr("What must be let through"));
    refresh();
}

void FirewallCard::refresh() {
    rules_.clear();
    if (context_.draft.isOpen()) {
        const deploy::ProjectContent& content = context_.draft.content();
        rules_ = deploy::firewallRules(context_.draft.product().catalog, content.mode,
                                       content.inventory, content.topology, content.settings);
    }
    const deploy::MessageTable& texts = context_.texts.table();
    const auto titles = deploy::firewallTitles(texts);
    table_->setColumnCount(int(titles.size()));
    table_->setRowCount(int(rules_.size()));
    QStringList heads;
    for (const std::string& title : titles)
        heads << toQt(title);
    table_->setHorizontalHeaderLabels(heads);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int row = 0; row < int(rules_.size()); ++row) {
        const auto cells = deploy::firewallCells(rules_[size_t(row)], texts);
        for (int column = 0; column < int(cells.size()); ++column) {
            const QString words = toQt(cells[size_t(column)]);
            auto* item = new QTableWidgetItem(words);
            item->setToolTip(words);
            table_->setItem(row, column, item);
        }
    }
    auto* header = table_->horizontalHeader();
    header->setStretchLastSection(false);
    for (int column = 0; column < table_->columnCount(); ++column)
        header->setSectionResizeMode(column, column == 2 || column == 3
                                                 ? QHeaderView::ResizeToContents
                                                 : QHeaderView::Stretch);
    table_->resizeRowsToContents();
    // Rows of two lines touch each other else.
    constexpr int kGap = 8;
    for (int row = 0; row < table_->rowCount(); ++row)
        table_->setRowHeight(row, table_->rowHeight(row) + kGap);
    save_->setEnabled(!rules_.empty());
}

void FirewallCard::save() {
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Save the firewall request"),
                                     QStringLiteral("firewall.csv"), tr("Tables (*.csv)"));
    if (!file.isEmpty())
        saveText(context_.questions, file, deploy::firewallCsv(rules_, context_.texts.table()));
}

}  // namespace wizard
