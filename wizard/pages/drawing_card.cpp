#include "pages/drawing_card.h"

#include <QAccessible>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>

#include "diagram/drawing_source.h"
#include "diagram/export.h"
#include "diagram/topology_menu.h"
#include "diagram/topology_view.h"
#include "models/topology_table_model.h"
#include "pages/parts.h"
#include "pages/save_text.h"
#include "text/convert.h"

namespace wizard {

DrawingCard::DrawingCard(const PageContext& context, TopologyEdits& edits, QWidget* parent)
    : QWidget(parent),
      context_(context),
      edits_(edits),
      view_(new TopologyView(edits, context.theme, context.texts)),
      table_(new QTableView),
      model_(new TopologyTableModel(edits, context.texts, this)),
      stack_(new QStackedWidget),
      said_(makeLabel("small")),
      search_(new QLineEdit),
      tableButton_(makeButton(QStringLiteral("showTable"))),
      zoomIn_(makeButton(QStringLiteral("zoomIn"))),
      zoomOut_(makeButton(QStringLiteral("zoomOut"))),
      fit_(makeButton(QStringLiteral("fitDrawing"))),
      export_(makeButton(QStringLiteral("exportDrawing"))) {
    table_->setObjectName(QStringLiteral("drawingTable"));
    table_->setModel(model_);
    prepareTable(*table_);
    table_->setSelectionBehavior(QAbstractItemView::SelectItems);
    table_->horizontalHeader()->setResizeContentsPrecision(0);
    stack_->addWidget(view_);
    stack_->addWidget(table_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(stack_, 1);
    makeTools();
    auto* tools = new QHBoxLayout;
    tools->setSpacing(4);
    tools->addWidget(said_, 1);
    for (QWidget* tool :
         std::initializer_list<QWidget*>{search_, tableButton_, zoomOut_, zoomIn_, fit_, export_})
        tools->addWidget(tool);
    column->addLayout(tools);
    connect(view_, &TopologyView::said, this, &DrawingCard::say);
    connect(view_, &TopologyView::menuWanted, this, &DrawingCard::showMenu);
}

void DrawingCard::makeTools() {
    said_->setObjectName(QStringLiteral("drawingSaid"));
    said_->setMinimumHeight(30);
    search_->setObjectName(QStringLiteral("searchDrawing"));
    search_->setClearButtonEnabled(true);
    search_->setMinimumWidth(48);
    search_->setMaximumWidth(150);
    tableButton_->setCheckable(true);
    for (QPushButton* button : {tableButton_, zoomIn_, zoomOut_, fit_, export_})
        button->setProperty("role", QStringLiteral("flat"));
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        match_ = 0;
        search(text, 0);
    });
    connect(search_, &QLineEdit::returnPressed, this, [this] { search(search_->text(), 1); });
    connect(tableButton_, &QPushButton::toggled, this, [this](bool table) {
        stack_->setCurrentIndex(table ? 1 : 0);
        fitTable();
        for (QPushButton* button : {zoomIn_, zoomOut_, fit_})
            button->setEnabled(!table);
    });
    connect(zoomIn_, &QPushButton::clicked, view_, [this] { view_->zoom(1.25); });
    connect(zoomOut_, &QPushButton::clicked, view_, [this] { view_->zoom(0.8); });
    connect(fit_, &QPushButton::clicked, view_, &TopologyView::fit);
    connect(export_, &QPushButton::clicked, this, &DrawingCard::exportDrawing);
    auto* findKey = new QShortcut(QKeySequence::Find, this);
    connect(findKey, &QShortcut::activated, search_, [this] { search_->setFocus(); });
}

void DrawingCard::retranslate() {
    search_->setPlaceholderText(tr("Search"));
    search_->setAccessibleName(tr("Search a server by name or address"));
    tableButton_->setText(tr("As table"));
    zoomIn_->setIcon(context_.theme.icon(QStringLiteral("plus")));
    zoomIn_->setToolTip(tr("Larger (+)"));
    zoomIn_->setAccessibleName(tr("Larger"));
    zoomOut_->setIcon(context_.theme.icon(QStringLiteral("minus")));
    zoomOut_->setToolTip(tr("Smaller (-)"));
    zoomOut_->setAccessibleName(tr("Smaller"));
    fit_->setIcon(context_.theme.icon(QStringLiteral("fit")));
    fit_->setToolTip(tr("Fit to window (0)"));
    fit_->setAccessibleName(tr("Fit to window"));
    export_->setToolTip(tr("Export…"));
    export_->setAccessibleName(tr("Export…"));
    nameExport();
    export_->setIcon(context_.theme.icon(QStringLiteral("export")));
    view_->setAccessibleName(tr("Drawing of the servers and their roles"));
    table_->setAccessibleName(tr("Table of the servers and their roles"));
    said_->clear();
}

void DrawingCard::nameExport() {
    constexpr int kRoomForName = 480;
    export_->setText(width() < kRoomForName ? QString() : tr("Export…"));
}

void DrawingCard::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    nameExport();
}

void DrawingCard::refresh() {
    const deploy::ModeId mode = context_.draft.content().mode;
    view_->show(drawingOf(context_.draft, context_.assessment, context_.texts),
                mode == mode_ ? TopologyView::Change::AtOnce : TopologyView::Change::Animated);
    mode_ = mode;
    model_->refresh();
    fitTable();
    if (view_->selected().empty() && view_->drawing().layout.frames.size() == 1)
        view_->select({view_->drawing().layout.frames.front().host});
}

/// Asking every row of hundreds of servers takes longer than all the rest of an edit.
void DrawingCard::fitTable() {
    if (stack_->currentWidget() == table_ && table_->horizontalHeader()->count() > 0)
        table_->resizeColumnsToContents();
}

void DrawingCard::say(const QString& text) {
    said_->setText(text);
    QAccessibleEvent event(said_, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void DrawingCard::find(const std::vector<deploy::HostId>& hosts) {
    view_->find(hosts);
    for (int row = 0; row < model_->rowCount(); ++row)
        if (!hosts.empty() && model_->hostAt(row) == hosts.front())
            table_->setCurrentIndex(model_->index(row, TopologyTableModel::Name));
}

void DrawingCard::search(const QString& text, int step) {
    if (!context_.draft.isOpen() || text.trimmed().isEmpty())
        return;
    std::vector<deploy::HostId> found;
    for (const deploy::Host& host : edits_.drawn().hosts)
        if (toQt(host.name).contains(text.trimmed(), Qt::CaseInsensitive) ||
            toQt(host.address).contains(text.trimmed(), Qt::CaseInsensitive))
            found.push_back(host.name);
    if (found.empty()) {
        say(tr("No server has \"%1\" in its name or address").arg(text.trimmed()));
        return;
    }
    match_ = (match_ + size_t(step)) % found.size();
    say(tr("%1 of %2: %3").arg(match_ + 1).arg(found.size()).arg(toQt(found[match_])));
    find({found[match_]});
}

void DrawingCard::showMenu(const QPoint& position) {
    makeTopologyMenu(*view_, edits_, context_.texts)->popup(position);
}

void DrawingCard::exportDrawing() {
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the drawing"), QStringLiteral("topology.svg"),
        tr("Drawing (*.svg)") + QStringLiteral(";;") + tr("Picture (*.png)"));
    if (file.isEmpty())
        return;
    const QString problem =
        wizard::exportDrawing(view_->drawing().layout, context_.texts.table(), file);
    if (problem.isEmpty())
        say(tr("Saved: %1").arg(file));
    else
        askNotSaved(context_.questions, file, problem);
}

}  // namespace wizard
