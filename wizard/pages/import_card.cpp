#include "pages/import_card.h"

#include <QFileInfo>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>
#include <QVBoxLayout>

#include "inventory/readers.h"
#include "pages/parts.h"
#include "text/convert.h"

namespace wizard {

ImportCard::ImportCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      title_(makeLabel("title")),
      hint_(makeLabel("muted")),
      text_(new QPlainTextEdit),
      note_(new NoteBox(context.theme)),
      encoding_(makeButton(QStringLiteral("importGb18030"))),
      table_(new QTableView),
      model_(
          new ServerTableModel(context.theme, context.texts, ServerTableModel::Access::View, this)),
      add_(makeButton(QStringLiteral("importAdd"))),
      replace_(makeButton(QStringLiteral("importReplace"))),
      cancel_(makeButton(QStringLiteral("importCancel"))) {
    setProperty("role", QStringLiteral("card"));
    text_->setObjectName(QStringLiteral("pasteText"));
    text_->setTabChangesFocus(true);
    text_->setMaximumHeight(150);
    table_->setModel(model_);
    prepareTable(*table_);
    table_->setColumnHidden(ServerTableModel::Secrets, true);
    add_->setProperty("role", QStringLiteral("primary"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->addWidget(title_);
    column->addWidget(hint_);
    column->addWidget(text_);
    column->addWidget(note_);
    column->addWidget(encoding_, 0, Qt::AlignLeft);
    column->addWidget(table_, 1);
    auto* row = new QHBoxLayout;
    row->addWidget(add_);
    row->addWidget(replace_);
    row->addWidget(cancel_);
    row->addStretch();
    column->addLayout(row);

    connect(text_, &QPlainTextEdit::textChanged, this, [this] {
        if (file_.isEmpty())
            show(deploy::importInventory(fromQt(text_->toPlainText()), "paste",
                                         deploy::TextEncoding::Utf8,
                                         context_.draft.content().inventory)
                     .and_then(deploy::wholeInventory));
    });
    connect(encoding_, &QPushButton::clicked, this, [this] {
        show(deploy::importInventoryFile(fromQt(file_), deploy::TextEncoding::Gb18030)
                 .and_then(deploy::wholeInventory));
    });
    connect(add_, &QPushButton::clicked, this,
            [this] { Q_EMIT taken(model_->inventory(), false); });
    connect(replace_, &QPushButton::clicked, this,
            [this] { Q_EMIT taken(model_->inventory(), true); });
    connect(cancel_, &QPushButton::clicked, this, &ImportCard::cancelled);
    retranslate();
}

void ImportCard::retranslate() {
    text_->setAccessibleName(tr("Servers to paste"));
    table_->setAccessibleName(tr("What was understood"));
    encoding_->setText(tr("Read it as GB18030 (Chinese Windows)"));
    replace_->setText(tr("Replace all servers"));
    cancel_->setText(tr("Cancel"));
    model_->repaintAll();
    refresh();
}

void ImportCard::beginPaste() {
    file_.clear();
    text_->clear();
    text_->show();
    show(deploy::Inventory{});
    note_->hide();
    text_->setFocus();
}

void ImportCard::beginFile(const QString& path) {
    file_ = path;
    text_->hide();
    show(deploy::importInventoryFile(fromQt(path)).and_then(deploy::wholeInventory));
    add_->setFocus();
}

void ImportCard::show(const deploy::Result<deploy::Inventory>& read) {
    encoding_->setVisible(!read && read.error().code == deploy::ErrorCode::EncodingInvalid &&
                          !file_.isEmpty());
    if (!read) {
        model_->setInventory({});
        note_->show(Tone::Error, tr("This cannot be read as a list of servers"),
                    context_.texts.describe(read.error()));
    } else {
        model_->setInventory(*read);
        const size_t errors = model_->errors().size();
        QStringList lines;
        for (size_t i = 0; i < errors && i < 3; ++i) {
            const deploy::CellError& error = model_->errors()[i];
            lines << tr("Row %1: %2").arg(error.row + 1).arg(model_->textOf(error));
        }
        if (errors > 3)
            lines << tr("and %1 more").arg(errors - 3);
        if (errors > 0)
            note_->show(Tone::Warning, tr("Values that cannot be used: %1").arg(errors),
                        lines.join(QLatin1Char('\n')));
        else if (!read->hosts.empty())
            note_->show(Tone::Ok, tr("Servers understood: %1").arg(read->hosts.size()), {});
        else
            note_->hide();
    }
    table_->resizeColumnsToContents();
    refresh();
}

void ImportCard::refresh() {
    const size_t count = model_->inventory().hosts.size();
    title_->setText(file_.isEmpty() ? tr("Paste servers")
                                    : tr("Import %1").arg(QFileInfo(file_).fileName()));
    hint_->setText(file_.isEmpty()
                       ? tr("One a line: eng@10.0.0.11:22 name – also ranges: 10.0.0.[11-14] – or "
                            "a table with a header line, or YAML.")
                       : tr("This is what was understood. Nothing is taken yet."));
    add_->setText(tr("Add servers: %1").arg(count));
    add_->setEnabled(count > 0);
    replace_->setEnabled(count > 0);
}

}  // namespace wizard
