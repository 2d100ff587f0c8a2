#include "pages/host_key_card.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

#include "pages/parts.h"

namespace wizard {

HostKeyCard::HostKeyCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      model_(new HostKeyModel(context.theme, this)),
      title_(makeLabel("heading")),
      hint_(makeLabel("small")),
      table_(new QTableView),
      paste_(new QLineEdit),
      all_(makeButton(QStringLiteral("tickAllKeys"))),
      confirm_(makeButton(QStringLiteral("confirmKeys"))),
      problem_(makeLabel("error")) {
    setProperty("role", QStringLiteral("card"));
    table_->setObjectName(QStringLiteral("hostKeys"));
    paste_->setObjectName(QStringLiteral("comparePaste"));
    confirm_->setProperty("role", QStringLiteral("primary"));
    table_->setModel(model_);
    prepareTable(*table_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 10);
    column->addWidget(title_);
    column->addWidget(hint_);
    column->addWidget(table_);
    auto* row = new QHBoxLayout;
    row->addWidget(paste_, 1);
    row->addWidget(all_);
    row->addWidget(confirm_);
    column->addLayout(row);
    column->addWidget(problem_);
    problem_->hide();
    connect(paste_, &QLineEdit::textChanged, model_, &HostKeyModel::compareWith);
    connect(confirm_, &QPushButton::clicked, this, &HostKeyCard::confirm);
    connect(all_, &QPushButton::clicked, this, [this] {
        for (int i = 0; i < model_->rowCount(); ++i)
            model_->setData(model_->index(i, HostKeyModel::Server), Qt::Checked,
                            Qt::CheckStateRole);
    });
    connect(model_, &QAbstractItemModel::dataChanged, this, &HostKeyCard::refresh);
    connect(model_, &QAbstractItemModel::rowsInserted, this, &HostKeyCard::refresh);
    connect(model_, &QAbstractItemModel::rowsRemoved, this, &HostKeyCard::refresh);
    retranslate();
}

void HostKeyCard::retranslate() {
    paste_->setPlaceholderText(tr("Paste fingerprints (SHA256:…); other words do not matter"));
    paste_->setAccessibleName(tr("Fingerprints to compare with"));
    table_->setAccessibleName(tr("Host keys to confirm"));
    all_->setText(tr("Tick all"));
    refresh();
}

void HostKeyCard::add(const deploy::Host& host, const deploy::Error& question) {
    model_->add(host, question);
    fitColumns(*table_);
}

void HostKeyCard::remove(const deploy::HostId& host) {
    model_->remove(host);
}

void HostKeyCard::clear() {
    model_->clear();
    refresh();
}

bool HostKeyCard::waiting() const {
    return model_->rowCount() > 0;
}

void HostKeyCard::focusFirst() {
    table_->setFocus();
}

void HostKeyCard::confirm() {
    problem_->hide();
    std::vector<deploy::HostId> done;
    for (const HostKeyModel::Row& row : model_->confirmed()) {
        const auto saved = deploy::confirmHostKey(context_.draft.folder(), row.host, row.question);
        if (!saved) {
            problem_->setText(context_.texts.describe(saved.error()));
            problem_->show();
            break;
        }
        done.push_back(row.host.name);
    }
    for (const deploy::HostId& host : done)
        model_->remove(host);
    if (!done.empty())
        Q_EMIT confirmed(done);
}

void HostKeyCard::fitRows(int most) {
    rows_ = most;
    fitHeight(*table_, rows_);
}

void HostKeyCard::refresh() {
    fitHeight(*table_, rows_);
    const bool practice =
        context_.draft.isOpen() && context_.draft.content().kind == deploy::ProjectKind::Practice;
    const bool changed = model_->anyChanged();
    title_->setText(changed ? tr("Servers that show another key: compare their fingerprints")
                            : tr("Servers that are new: compare their fingerprints"));
    hint_->setText(
        changed ? tr("Such a server was set up anew, or somebody is in between. Ask its "
                     "administrator for the fingerprint, by telephone for example, and paste it: "
                     "only what is the same can be trusted.")
        : practice
            ? tr("On real servers you would compare these with what the customer tells you. "
                 "Simulated ones are what they say: tick all, and trust them.")
            : tr("Ask the customer for the fingerprints and paste them, or compare by eye and "
                 "tick. Nothing is sent to a server, no password either, before its key is "
                 "confirmed."));
    const size_t count = model_->confirmed().size();
    confirm_->setText(tr("Trust the ticked: %1").arg(count));
    confirm_->setEnabled(count > 0);
    setVisible(model_->rowCount() > 0);
}

}  // namespace wizard
