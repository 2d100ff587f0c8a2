#include "pages/import_card.h"

#include <QFileInfo>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QTableView>
#include <QVBoxLayout>

#include "models/import_model.h"
#include "pages/parts.h"
#include "text/convert.h"

namespace wizard {

using deploy::ImportEffect;
using deploy::ImportMode;

ImportCard::ImportCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      title_(makeLabel("title")),
      hint_(makeLabel("muted")),
      text_(new QPlainTextEdit),
      note_(new NoteBox(context.theme)),
      left_(new NoteBox(context.theme)),
      encoding_(makeButton(QStringLiteral("importGb18030"))),
      table_(new QTableView),
      blank_(new QWidget),
      model_(new ImportModel(context.theme, context.texts, this)),
      merge_(new QRadioButton),
      replace_(new QRadioButton),
      take_(makeButton(QStringLiteral("importTake"))),
      cancel_(makeButton(QStringLiteral("importCancel"))) {
    setProperty("role", QStringLiteral("card"));
    text_->setObjectName(QStringLiteral("pasteText"));
    text_->setTabChangesFocus(true);
    text_->setMaximumHeight(150);
    table_->setObjectName(QStringLiteral("importTable"));
    table_->setModel(model_);
    prepareTable(*table_);
    merge_->setObjectName(QStringLiteral("importMerge"));
    replace_->setObjectName(QStringLiteral("importReplace"));
    merge_->setChecked(true);
    take_->setProperty("role", QStringLiteral("primary"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->addWidget(title_);
    column->addWidget(hint_);
    column->addWidget(text_);
    column->addWidget(note_);
    column->addWidget(encoding_, 0, Qt::AlignLeft);
    column->addWidget(table_, 1);
    column->addWidget(blank_, 1);
    column->addWidget(left_);
    column->addWidget(merge_);
    column->addWidget(replace_);
    auto* row = new QHBoxLayout;
    row->addWidget(take_);
    row->addWidget(cancel_);
    row->addStretch();
    column->addLayout(row);

    connect(text_, &QPlainTextEdit::textChanged, this, &ImportCard::readText);
    connect(encoding_, &QPushButton::clicked, this,
            [this] { readFile(deploy::TextEncoding::Gb18030); });
    connect(replace_, &QRadioButton::toggled, this, [this](bool replace) {
        model_->setMode(replace ? ImportMode::Replace : ImportMode::Merge);
    });
    connect(model_, &ImportModel::judged, this, &ImportCard::refresh);
    connect(take_, &QPushButton::clicked, this,
            [this] { Q_EMIT taken(model_->chosen(), model_->mode()); });
    connect(cancel_, &QPushButton::clicked, this, &ImportCard::cancelled);
    retranslate();
}

void ImportCard::retranslate() {
    text_->setAccessibleName(tr("Servers to paste"));
    table_->setAccessibleName(tr("What was understood"));
    encoding_->setText(tr("Read it as GB18030 (Chinese Windows)"));
    merge_->setText(tr("Add to the list; servers of the same name are replaced"));
    replace_->setText(tr("Replace the whole list"));
    cancel_->setText(tr("Cancel"));
    model_->repaintAll();
    fitColumns(*table_, kWidestColumn);
    refresh();
}

void ImportCard::beginPaste(const QString& text) {
    file_.clear();
    merge_->setChecked(true);
    text_->show();
    text_->setPlainText(text);
    readText();
    text_->setFocus();
}

void ImportCard::beginFile(const QString& path) {
    file_ = path;
    merge_->setChecked(true);
    text_->hide();
    readFile(deploy::TextEncoding::Utf8);
    (take_->isEnabled() ? static_cast<QWidget*>(take_) : cancel_)->setFocus();
}

void ImportCard::readText() {
    if (file_.isEmpty())
        show(deploy::importInventory(fromQt(text_->toPlainText()), fromQt(tr("text")),
                                     deploy::TextEncoding::Utf8,
                                     context_.draft.content().inventory));
}

void ImportCard::readFile(deploy::TextEncoding encoding) {
    auto read =
        deploy::importInventoryFile(fromQt(file_), encoding, context_.draft.content().inventory);
    // Places are told by the file's name alone; the whole path would hide them.
    const std::string path = fromQt(file_);
    const std::string name = fromQt(QFileInfo(file_).fileName());
    const auto shorten = [&](std::string& where) {
        if (where.starts_with(path))
            where.replace(0, path.size(), name);
    };
    if (!read) {
        shorten(read.error().where);
    } else {
        for (deploy::CellError& error : read->unreadable)
            shorten(error.where);
        for (deploy::ImportNote& note : read->notes)
            shorten(note.where);
    }
    show(std::move(read));
}

void ImportCard::show(deploy::Result<deploy::InventoryImport> read) {
    read_ = std::move(read);
    model_->setImport(read_->value_or(deploy::InventoryImport{}),
                      context_.draft.content().inventory);
    fitColumns(*table_, kWidestColumn);
}

QStringList ImportCard::problemLines() const {
    constexpr size_t kShown = 4;
    const auto errors = model_->errors();
    QStringList lines;
    for (size_t i = 0; i < errors.size() && i < kShown; ++i) {
        const QString where =
            errors[i].where.empty() ? tr("Row %1").arg(errors[i].row + 1) : toQt(errors[i].where);
        lines << where + QStringLiteral(": ") + model_->textOf(errors[i]);
    }
    if (errors.size() > kShown)
        lines << tr("and %1 more").arg(errors.size() - kShown);
    return lines;
}

void ImportCard::tellSummary() {
    const bool nothing = !read_ || (*read_ && (*read_)->inventory.hosts.empty());
    if (nothing && (file_.isEmpty() || !read_)) {
        note_->hide();
        return;
    }
    if (!*read_) {
        note_->show(Tone::Error, tr("This cannot be read as a list of servers"),
                    context_.texts.describe(read_->error()));
        return;
    }
    QStringList parts;
    const auto add = [&](ImportEffect effect, const QString& words) {
        if (const size_t count = model_->count(effect); count > 0)
            parts << words.arg(count);
    };
    add(ImportEffect::New, tr("%1 new"));
    add(ImportEffect::Changed, tr("%1 changed"));
    add(ImportEffect::Same, tr("%1 as they are"));
    if (const size_t gone = model_->merged().removed.size(); gone > 0)
        parts << tr("%1 of the present ones go").arg(gone);
    const QString format = context_.texts.text("inventory_format." +
                                               std::string(deploy::formatWord((*read_)->format)));
    const QString found = tr("%1, servers: %2").arg(format).arg((*read_)->inventory.hosts.size());
    const QString title = (QStringList{found} + parts).join(QStringLiteral(" · "));
    const QStringList problems = problemLines();
    if (problems.isEmpty())
        note_->show(nothing ? Tone::Warning : Tone::Ok, title, {});
    else
        note_->show(Tone::Warning,
                    title + QStringLiteral(" · ") +
                        tr("values that cannot be used: %1").arg(model_->errors().size()),
                    problems.join(QLatin1Char('\n')));
}

void ImportCard::refresh() {
    title_->setText(file_.isEmpty() ? tr("Paste servers")
                                    : tr("Import %1").arg(QFileInfo(file_).fileName()));
    hint_->setText(file_.isEmpty()
                       ? tr("One a line: eng@10.0.0.11:22 name – also ranges: 10.0.0.[11-14] – or "
                            "a table with a header line, YAML, an Ansible inventory, an "
                            "ssh_config.")
                       : tr("This is what was understood. Nothing is taken yet."));
    encoding_->setVisible(read_ && !*read_ && !file_.isEmpty() &&
                          read_->error().code == deploy::ErrorCode::EncodingInvalid);
    tellSummary();
    const bool readable = read_ && read_->has_value();
    QStringList left;
    if (readable)
        for (const deploy::ImportNote& note : (*read_)->notes)
            left << toQt(note.where) + QStringLiteral(": ") +
                        context_.texts.text("import_note." + note.code, note.args);
    constexpr int kShown = 5;
    if (left.size() > kShown)
        left = left.mid(0, kShown) << tr("and %1 more").arg(left.size() - kShown);
    if (left.isEmpty())
        left_->hide();
    else
        left_->show(Tone::Neutral, tr("Not taken from this list"), left.join(QLatin1Char('\n')));
    const bool choice =
        readable && !context_.draft.content().inventory.hosts.empty() && model_->rowCount() > 0;
    merge_->setVisible(choice);
    replace_->setVisible(choice);
    table_->setVisible(model_->rowCount() > 0);
    blank_->setVisible(model_->rowCount() == 0);
    const size_t count = model_->chosen().hosts.size();
    take_->setText(tr("Take servers: %1").arg(count));
    take_->setEnabled(count > 0);
}

}  // namespace wizard
