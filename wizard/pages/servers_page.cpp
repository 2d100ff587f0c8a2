#include "pages/servers_page.h"

#include <QClipboard>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QRegularExpression>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "inventory/readers.h"
#include "models/choice_delegate.h"
#include "pages/import_card.h"
#include "pages/parts.h"
#include "pages/secrets_card.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

ServersPage::ServersPage(const PageContext& context)
    : Page(WizardStep::Servers),
      context_(context),
      stack_(new QStackedWidget),
      table_(new QTableView),
      model_(
          new ServerTableModel(context.theme, context.texts, ServerTableModel::Access::Edit, this)),
      note_(new NoteBox(context.theme)),
      empty_(makeLabel("muted")),
      secrets_(new SecretsCard(context)),
      import_(new ImportCard(context)),
      add_(makeButton(QStringLiteral("addServer"))),
      remove_(makeButton(QStringLiteral("removeServers"))),
      paste_(makeButton(QStringLiteral("pasteServers"))),
      importButton_(makeButton(QStringLiteral("importServers"))),
      exportButton_(makeButton(QStringLiteral("exportServers"))),
      undo_(makeButton(QStringLiteral("undo"))),
      redo_(makeButton(QStringLiteral("redo"))) {
    table_->setObjectName(QStringLiteral("serverTable"));
    table_->setModel(model_);
    table_->setItemDelegate(new ChoiceDelegate(table_));
    prepareTable(*table_);
    table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                            QAbstractItemView::AnyKeyPressed);
    auto* card = makeCard();
    auto* cardColumn = new QVBoxLayout(card);
    cardColumn->setContentsMargins(8, 4, 8, 8);
    cardColumn->addWidget(table_, 1);
    // It stands where the servers will.
    auto* inTable = new QVBoxLayout(table_->viewport());
    inTable->addWidget(empty_, 0, Qt::AlignCenter);
    empty_->setWordWrap(false);
    empty_->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("pageBody"));
    auto* grid = new QGridLayout(body);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(12);
    grid->addWidget(makeTools(), 0, 0);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(12);
    middle->addWidget(card, 1);
    middle->addWidget(secrets_);
    grid->addLayout(middle, 1, 0);
    grid->addWidget(note_, 2, 0);
    grid->setColumnStretch(0, 1);
    grid->setRowStretch(1, 1);
    stack_->addWidget(body);
    stack_->addWidget(import_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(stack_);

    connect(model_, &ServerTableModel::edited, this, &ServersPage::takeEdit);
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { refreshNote(); });
    connect(import_, &ImportCard::cancelled, this, [this] { stack_->setCurrentIndex(0); });
    connect(import_, &ImportCard::taken, this, &ServersPage::takeImport);
    for (const auto signal :
         {&Draft::projectChanged, &Draft::inventoryChanged, &Draft::readOnlyChanged})
        connect(&context_.draft, signal, this, &ServersPage::adopt);
    connect(&context_.draft, &Draft::credentialsChanged, this, &ServersPage::adopt);
    connect(&context_.theme, &Theme::changed, this, &ServersPage::retranslate);
    adopt();
    retranslate();
}

QWidget* ServersPage::makeTools() {
    auto* tools = new QWidget;
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QPushButton* button : {add_, remove_, paste_, importButton_, exportButton_})
        row->addWidget(button);
    row->addStretch();
    row->addWidget(undo_);
    row->addWidget(redo_);
    connect(add_, &QPushButton::clicked, this, &ServersPage::addServer);
    connect(remove_, &QPushButton::clicked, this, &ServersPage::removeSelected);
    connect(paste_, &QPushButton::clicked, this, [this] {
        stack_->setCurrentIndex(1);
        import_->beginPaste();
    });
    connect(importButton_, &QPushButton::clicked, this, &ServersPage::importFile);
    connect(exportButton_, &QPushButton::clicked, this, &ServersPage::exportFile);
    const auto onKey = [this](const QKeySequence& keys, void (ServersPage::*act)()) {
        auto* shortcut = new QShortcut(keys, table_);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    onKey(QKeySequence::Delete, &ServersPage::removeSelected);
    onKey(QKeySequence::Copy, &ServersPage::copyRows);
    onKey(QKeySequence::Paste, &ServersPage::paste);
    setAcceptDrops(true);
    QUndoStack& stack = context_.draft.undoStack();
    connect(undo_, &QPushButton::clicked, &stack, &QUndoStack::undo);
    connect(redo_, &QPushButton::clicked, &stack, &QUndoStack::redo);
    connect(&stack, &QUndoStack::canUndoChanged, undo_, &QWidget::setEnabled);
    connect(&stack, &QUndoStack::canRedoChanged, redo_, &QWidget::setEnabled);
    undo_->setEnabled(false);
    redo_->setEnabled(false);
    return tools;
}

QString ServersPage::title() const {
    return tr("Servers");
}

QString ServersPage::subtitle() const {
    const size_t count = context_.draft.content().inventory.hosts.size();
    return count > 0 ? tr("Servers: %1").arg(count) : QString();
}

QString ServersPage::note() const {
    const bool practice =
        context_.draft.isOpen() && context_.draft.content().kind == deploy::ProjectKind::Practice;
    return practice && reasons().empty()
               ? tr("The scenario brings these simulated servers: press Next.")
               : QString();
}

std::vector<Reason> ServersPage::reasons() const {
    std::vector<Reason> found;
    if (model_->inventory().hosts.empty()) {
        found.push_back({tr("add at least one server"), [this] { add_->setFocus(); }});
        return found;
    }
    for (const deploy::CellError& error : model_->errors()) {
        const QString name = toQt(model_->inventory().hosts[error.row].name);
        const QString where = name.isEmpty() ? tr("row %1").arg(error.row + 1) : name;
        found.push_back(
            {labelled(where, model_->textOf(error)), [this, index = model_->indexOf(error)] {
                 const_cast<ServersPage*>(this)->select(index);
             }});
    }
    return found;
}

void ServersPage::leave() {
    stack_->setCurrentIndex(0);
}

void ServersPage::adopt() {
    const auto rows = selectedRows();
    const QModelIndex current = table_->currentIndex();
    const int row = current.row();
    const int column = current.column();
    model_->setAccess(editable() ? ServerTableModel::Access::Edit : ServerTableModel::Access::View);
    const int before = model_->rowCount();
    model_->setInventory(context_.draft.content().inventory);
    const bool practice = context_.draft.content().kind == deploy::ProjectKind::Practice;
    model_->setSecrets(practice ? std::map<deploy::HostId, SecretState>()
                                : secretStatesOf(context_.draft.content().inventory,
                                                 context_.draft.credentials()));
    secrets_->setVisible(!practice);
    secrets_->setInventory(context_.draft.content().inventory);
    table_->setColumnHidden(ServerTableModel::Secrets, practice);
    if (before != model_->rowCount()) {
        fitColumns(*table_, kWidestColumn);
        if (row >= 0 && model_->rowCount() > 0)
            table_->setCurrentIndex(model_->index(std::min(row, model_->rowCount() - 1), column));
    }
    for (QPushButton* button : {add_, paste_, importButton_})
        button->setEnabled(editable());
    exportButton_->setEnabled(model_->rowCount() > 0);
    empty_->setVisible(model_->rowCount() == 0);
    table_->setHorizontalScrollBarPolicy(model_->rowCount() == 0 ? Qt::ScrollBarAlwaysOff
                                                                 : Qt::ScrollBarAsNeeded);
    refreshNote();
    Q_EMIT changed();
}

void ServersPage::refreshNote() {
    const auto rows = selectedRows();
    std::vector<deploy::HostId> names;
    names.reserve(rows.size());
    for (const size_t row : rows)
        names.push_back(model_->inventory().hosts[row].name);
    secrets_->setServers(names);
    remove_->setEnabled(!rows.empty() && !context_.draft.readOnly());
    if (model_->errors().empty()) {
        note_->hide();
        return;
    }
    QStringList lines;
    for (const deploy::CellError& error : model_->errors()) {
        if (lines.size() == 4)
            break;
        lines << tr("Row %1: %2").arg(error.row + 1).arg(model_->textOf(error));
    }
    note_->show(Tone::Error, tr("Values that cannot be used: %1").arg(model_->errors().size()),
                lines.join(QLatin1Char('\n')));
}

void ServersPage::addServer() {
    deploy::Host host;
    host.name = freeName();
    context_.draft.change(tr("Add a server"), [&](deploy::ProjectContent& content) {
        content.inventory.hosts.push_back(host);
    });
    select(model_->index(model_->rowCount() - 1, ServerTableModel::Address));
    table_->edit(table_->currentIndex());
}

void ServersPage::removeSelected() {
    const auto rows = selectedRows();
    if (rows.empty())
        return;
    change(tr("Remove servers"),
           [rows](deploy::ProjectContent& content) { removeHosts(content, rows); });
}

void ServersPage::importFile() {
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Import servers"), {},
        tr("Server lists (*.csv *.xlsx *.yaml *.yml *.ini *.txt config hosts inventory);;All files "
           "(*)"));
    if (!file.isEmpty())
        importList(file);
}

void ServersPage::importList(const QString& file) {
    stack_->setCurrentIndex(1);
    import_->beginFile(file);
}

void ServersPage::takeImport(const deploy::Inventory& servers, deploy::ImportMode mode) {
    change(tr("Import servers"), [servers, mode](deploy::ProjectContent& content) {
        content.inventory = deploy::mergeInventories(content.inventory, servers, mode).inventory;
        deploy::forgetUnlisted(content);
    });
    stack_->setCurrentIndex(0);
    table_->setFocus();
}

void ServersPage::exportFile() {
    QString file =
        QFileDialog::getSaveFileName(this, tr("Export servers"), QStringLiteral("servers.xlsx"),
                                     tr("Excel workbook (*.xlsx);;CSV (*.csv);;YAML (*.yaml)"));
    if (file.isEmpty())
        return;
    if (const auto written = deploy::exportInventoryFile(model_->inventory(), fromQt(file));
        !written)
        note_->show(Tone::Error, tr("The servers were not exported"),
                    context_.texts.describe(written.error()));
    else
        note_->show(Tone::Ok, tr("Servers exported: %1").arg(model_->inventory().hosts.size()),
                    QDir::toNativeSeparators(file));
}

void ServersPage::copyRows() {
    deploy::Inventory chosen;
    for (const size_t row : selectedRows())
        chosen.hosts.push_back(model_->inventory().hosts[row]);
    if (!chosen.hosts.empty())
        QGuiApplication::clipboard()->setText(toQt(deploy::writeInventoryTable(chosen)));
}

void ServersPage::paste() {
    if (!editable())
        return;
    const QString text = QGuiApplication::clipboard()->text();
    const bool oneCell = !text.trimmed().contains(QRegularExpression(QStringLiteral("[\\n\\t]")));
    if (oneCell && table_->currentIndex().isValid()) {
        model_->setData(table_->currentIndex(), text.trimmed(), Qt::EditRole);
        return;
    }
    stack_->setCurrentIndex(1);
    import_->beginPaste(text);
}

void ServersPage::dragEnterEvent(QDragEnterEvent* event) {
    const auto urls = event->mimeData()->urls();
    if (editable() && urls.size() == 1 && urls.front().isLocalFile())
        event->acceptProposedAction();
}

void ServersPage::dropEvent(QDropEvent* event) {
    importList(event->mimeData()->urls().front().toLocalFile());
    event->acceptProposedAction();
}

bool ServersPage::editable() const {
    return context_.draft.isOpen() && !context_.draft.readOnly();
}

void ServersPage::takeEdit(int row, const deploy::Host& host) {
    context_.draft.change(tr("Edit %1").arg(toQt(host.name)), [&](deploy::ProjectContent& content) {
        auto& hosts = content.inventory.hosts;
        const deploy::HostId before = hosts[size_t(row)].name;
        hosts[size_t(row)] = host;
        // Another row may have had the same name: its roles are not taken from it.
        if (before != host.name && content.inventory.find(before) == nullptr)
            renameHost(content, before, host.name);
    });
}

void ServersPage::select(const QModelIndex& index) {
    stack_->setCurrentIndex(0);
    table_->setFocus();
    table_->setCurrentIndex(index);
    table_->scrollTo(index);
}

std::vector<size_t> ServersPage::selectedRows() const {
    std::vector<size_t> rows;
    for (const QModelIndex& index : table_->selectionModel()->selectedRows())
        if (index.row() < int(model_->inventory().hosts.size()))
            rows.push_back(size_t(index.row()));
    std::sort(rows.begin(), rows.end());
    return rows;
}

void ServersPage::retranslate() {
    const auto& icon = [this](const char* name) {
        return context_.theme.icon(QLatin1String(name));
    };
    add_->setText(tr("Add server"));
    add_->setIcon(icon("plus"));
    remove_->setText(tr("Remove"));
    remove_->setIcon(icon("minus"));
    paste_->setText(tr("Paste…"));
    paste_->setIcon(icon("paste"));
    importButton_->setText(tr("Import…"));
    importButton_->setToolTip(
        tr("CSV, Excel, YAML, Ansible inventory, ssh_config; a file can also be dropped here"));
    importButton_->setIcon(icon("import"));
    exportButton_->setText(tr("Export…"));
    exportButton_->setIcon(icon("export"));
    undo_->setToolTip(tr("Undo"));
    undo_->setAccessibleName(tr("Undo"));
    undo_->setIcon(icon("undo"));
    redo_->setToolTip(tr("Redo"));
    redo_->setAccessibleName(tr("Redo"));
    redo_->setIcon(icon("redo"));
    table_->setAccessibleName(tr("Servers"));
    empty_->setText(tr("No servers yet. Add one, paste a list, or import a file."));
    secrets_->retranslate();
    import_->retranslate();
    model_->repaintAll();
    fitColumns(*table_, kWidestColumn);
    refreshNote();
}

}  // namespace wizard
