#include "pages/check_details.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include "base/utf8.h"
#include "pages/parts.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

namespace {

Tone toneOf(deploy::CheckStatus status) {
    switch (status) {
        case deploy::CheckStatus::Pass:
        case deploy::CheckStatus::Waived:
            return Tone::Ok;
        case deploy::CheckStatus::Warning:
        case deploy::CheckStatus::CouldNotCheck:
            return Tone::Warning;
        case deploy::CheckStatus::Failed:
            return Tone::Error;
        case deploy::CheckStatus::NotApplicable:
            break;
    }
    return Tone::Neutral;
}

}  // namespace

CheckDetails::CheckDetails(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      heading_(makeLabel("heading")),
      again_(makeButton(QStringLiteral("probeOneAgain"))),
      raw_(makeButton(QStringLiteral("showRaw"))),
      list_(new QVBoxLayout),
      waiverForm_(makeCard()),
      waiverTitle_(makeLabel("heading")),
      by_(new QLineEdit),
      reason_(new QLineEdit),
      waive_(makeButton(QStringLiteral("waiveConfirm"))),
      rawText_(new QPlainTextEdit) {
    setProperty("role", QStringLiteral("card"));
    raw_->setCheckable(true);
    rawText_->setReadOnly(true);
    rawText_->setProperty("role", QStringLiteral("raw"));
    rawText_->hide();
    by_->setObjectName(QStringLiteral("waiverBy"));
    reason_->setObjectName(QStringLiteral("waiverReason"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 10);
    auto* head = new QHBoxLayout;
    head->addWidget(heading_, 1);
    head->addWidget(raw_);
    head->addWidget(again_);
    column->addLayout(head);
    auto* inner = new QWidget;
    list_->setContentsMargins(0, 0, 6, 0);
    list_->setSpacing(6);
    auto* innerColumn = new QVBoxLayout(inner);
    innerColumn->setContentsMargins(0, 0, 0, 0);
    innerColumn->addLayout(list_);
    innerColumn->addStretch();
    auto* scroll = makeScroll(inner);
    column->addWidget(scroll, 1);
    auto* form = new QHBoxLayout(waiverForm_);
    form->addWidget(waiverTitle_);
    form->addWidget(by_, 1);
    form->addWidget(reason_, 2);
    form->addWidget(waive_);
    waiverForm_->hide();
    column->addWidget(waiverForm_);
    column->addWidget(rawText_, 1);

    connect(again_, &QPushButton::clicked, this, [this] { Q_EMIT probeAgain(host_); });
    connect(raw_, &QPushButton::toggled, this, &CheckDetails::showRaw);
    connect(waive_, &QPushButton::clicked, this, &CheckDetails::waive);
    connect(reason_, &QLineEdit::returnPressed, this, &CheckDetails::waive);
    retranslate();
}

void CheckDetails::retranslate() {
    again_->setText(tr("Probe again"));
    raw_->setText(tr("The server's own words"));
    by_->setPlaceholderText(tr("Your name"));
    by_->setAccessibleName(tr("Name of the person who accepts it"));
    reason_->setPlaceholderText(tr("Reason; both stand in the report"));
    reason_->setAccessibleName(tr("Reason for accepting it"));
    waive_->setText(tr("Accept it"));
    rawText_->setAccessibleName(tr("The server's own words"));
}

void CheckDetails::show(const deploy::HostId& host, const QString& heading,
                        const std::vector<deploy::CheckResult>& checks) {
    if (host != host_)
        waiverForm_->hide();
    host_ = host;
    heading_->setText(heading);
    while (QLayoutItem* item = list_->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    const auto outcome = context_.assessment.outcomes().find(host);
    const bool known = outcome != context_.assessment.outcomes().end();
    again_->setEnabled(!host.empty());
    raw_->setEnabled(known);
    if (known && !outcome->second)
        addError(outcome->second.error());
    else
        for (const deploy::CheckResult& check : checks)
            if (check.status != deploy::CheckStatus::NotApplicable)
                list_->addWidget(makeCheck(check));
    // They stand between the card's own buttons and its form, by Tab, too.
    QWidget* before = again_;
    for (int i = 0; i < list_->count(); ++i)
        for (QPushButton* button : list_->itemAt(i)->widget()->findChildren<QPushButton*>()) {
            setTabOrder(before, button);
            before = button;
        }
    showRaw(raw_->isChecked());
}

void CheckDetails::addError(const deploy::Error& error) {
    auto* note = new NoteBox(context_.theme);
    const deploy::ErrorText words = deploy::describe(error, context_.texts.table());
    note->show(Tone::Error, toQt(words.what), toQt(words.remedy));
    list_->addWidget(note);
    const bool wrong = error.code == deploy::ErrorCode::SshAuthFailed ||
                       error.code == deploy::ErrorCode::SudoPasswordWrong ||
                       error.code == deploy::ErrorCode::SudoRefused;
    if (!wrong)
        return;
    auto* button = makeButton(QStringLiteral("askPasswordAgain"));
    button->setText(tr("Enter the password again…"));
    connect(button, &QPushButton::clicked, this, [this] { Q_EMIT askAgain(host_); });
    list_->addWidget(button, 0, Qt::AlignLeft);
}

QWidget* CheckDetails::makeCheck(const deploy::CheckResult& check) {
    const std::string key = "check." + check.id.str();
    deploy::Args args = check.args;
    args.try_emplace("measured", check.measured);
    args.try_emplace("required", check.required);
    const bool bad = check.status == deploy::CheckStatus::Failed ||
                     check.status == deploy::CheckStatus::Warning ||
                     check.status == deploy::CheckStatus::Waived ||
                     check.status == deploy::CheckStatus::CouldNotCheck;
    QString title = labelled(context_.texts.text(key + ".title", args), wordOf(check.status));
    QStringList lines;
    if (!check.measured.empty() || !check.required.empty())
        lines << joined(
            {check.measured.empty() ? QString() : tr("measured %1").arg(toQt(check.measured)),
             check.required.empty() ? QString() : tr("required %1").arg(toQt(check.required)),
             check.source.empty()
                 ? QString()
                 : tr("source: %1").arg(context_.texts.text("source." + check.source))});
    const bool told =
        check.status == deploy::CheckStatus::Failed || check.status == deploy::CheckStatus::Warning;
    if (told && context_.texts.table().has(key + ".failed"))
        lines << context_.texts.text(key + ".failed", args);
    if (bad && context_.texts.table().has(key + ".remedy"))
        lines << context_.texts.text(key + ".remedy", args);
    for (const deploy::Waiver& waiver : context_.draft.content().waivers)
        if (waiver.check == check.id && waiver.host == check.host)
            lines << tr("Accepted by %1: %2").arg(toQt(waiver.by), toQt(waiver.reason));
    auto* note = new NoteBox(context_.theme);
    note->show(toneOf(check.status), title, lines.join(QLatin1Char('\n')));
    // Nobody can accept what nobody knows.
    const bool waivable = check.waivable == deploy::Waivable::Yes &&
                          check.status == deploy::CheckStatus::Failed && !context_.draft.readOnly();
    if (!waivable && check.status != deploy::CheckStatus::Waived)
        return note;
    auto* button =
        new QPushButton(waivable ? tr("Accept it all the same…") : tr("Take the acceptance back"));
    button->setObjectName(waivable ? QStringLiteral("waive") : QStringLiteral("unwaive"));
    if (waivable)
        connect(button, &QPushButton::clicked, this, [this, check] { beginWaiver(check); });
    else
        connect(button, &QPushButton::clicked, this, [this, check] {
            context_.draft.change(
                tr("Take an acceptance back"), [&](deploy::ProjectContent& content) {
                    std::erase_if(content.waivers, [&](const deploy::Waiver& waiver) {
                        return waiver.check == check.id && waiver.host == check.host;
                    });
                });
        });
    auto* both = new QWidget;
    auto* column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(note);
    column->addWidget(button, 0, Qt::AlignLeft);
    return both;
}

void CheckDetails::beginWaiver(const deploy::CheckResult& check) {
    waiving_ = check.id;
    waiverTitle_->setText(context_.texts.text("check." + check.id.str() + ".title", check.args));
    reason_->clear();
    waiverForm_->show();
    (by_->text().isEmpty() ? by_ : reason_)->setFocus();
}

void CheckDetails::waive() {
    const QString by = by_->text().trimmed();
    const QString reason = reason_->text().trimmed();
    setLook(*by_, "wrong", by.isEmpty());
    setLook(*reason_, "wrong", reason.isEmpty());
    if (by.isEmpty() || reason.isEmpty()) {
        (by.isEmpty() ? by_ : reason_)->setFocus();
        return;
    }
    const auto kind = context_.draft.content().kind;
    const deploy::Waiver waiver{waiving_, host_, fromQt(by), fromQt(reason),
                                context_.clocks.of(kind).wall()};
    waiverForm_->hide();
    context_.draft.change(tr("Accept a failed check"), [&](deploy::ProjectContent& content) {
        content.waivers.push_back(waiver);
    });
}

void CheckDetails::showRaw(bool visible) {
    const auto outcome = context_.assessment.outcomes().find(host_);
    const bool known = outcome != context_.assessment.outcomes().end();
    rawText_->setVisible(visible && known);
    if (!visible || !known)
        return;
    const std::string& words =
        outcome->second ? outcome->second->raw : outcome->second.error().detail;
    rawText_->setPlainText(toQt(deploy::escapeForDisplay(words)));
}

}  // namespace wizard
