#include "pages/findings_card.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>

#include "diagram/drawing.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

namespace {

/// A finding that can be pressed, also by keyboard.
class FindingButton : public QPushButton {
public:
    FindingButton(const Theme& theme, Tone tone, const QString& title, const QString& body) {
        setFlat(true);
        setStyleSheet(
            QStringLiteral("QPushButton { padding: 0; border: 1px solid transparent; }"
                           "QPushButton:focus { border: 1px solid palette(link); }"));
        setAccessibleName(title);
        setAccessibleDescription(body);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        note_ = new NoteBox(theme);
        note_->show(tone, title, body);
        note_->setAttribute(Qt::WA_TransparentForMouseEvents);
        column->addWidget(note_);
        QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
    }
    QSize sizeHint() const override { return layout()->sizeHint(); }
    QSize minimumSizeHint() const override { return {80, heightForWidth(std::max(80, width()))}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return layout()->totalHeightForWidth(width); }

private:
    NoteBox* note_;
};

Tone toneOf(deploy::Severity severity) {
    return severity == deploy::Severity::Error     ? Tone::Error
           : severity == deploy::Severity::Warning ? Tone::Warning
                                                   : Tone::Neutral;
}

}  // namespace

QString findingText(const deploy::Finding& finding, const Texts& texts, const char* part) {
    deploy::Args args = finding.args;
    QStringList hosts;
    for (const deploy::HostId& host : finding.hosts)
        hosts << toQt(host);
    QStringList roles;
    for (const deploy::RoleId& role : finding.roles)
        roles << roleName(texts, role);
    args.try_emplace("hosts", fromQt(listed(hosts)));
    args.try_emplace("roles", fromQt(listed(roles)));
    const std::string key = "finding." + finding.id + "." + part;
    return texts.table().has(key) ? texts.text(key, args) : QString();
}

FindingsCard::FindingsCard(const PageContext& context, QWidget* parent)
    : QFrame(parent), context_(context), title_(makeLabel("muted")), list_(new QVBoxLayout) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2, 2, 2, 2);
    column->addWidget(title_);
    auto* inner = new QWidget;
    auto* innerColumn = new QVBoxLayout(inner);
    innerColumn->setContentsMargins(0, 0, 0, 0);
    innerColumn->addLayout(list_);
    innerColumn->addStretch();
    auto* scroll = makeScroll(inner, Qt::ScrollBarAlwaysOff);
    column->addWidget(scroll, 1);
}

void FindingsCard::remember(const std::vector<deploy::Finding>& findings) {
    const auto in = [](const std::vector<deploy::Finding>& list) {
        return [&list](const deploy::Finding& one) {
            return std::find(list.begin(), list.end(), one) != list.end();
        };
    };
    std::vector<deploy::Finding> next = findings;
    std::erase_if(next, in(shown_));
    std::copy_if(shown_.begin(), shown_.end(), std::back_inserter(next), in(findings));
    shown_ = std::move(next);
}

Tone FindingsCard::worst() const {
    const auto worst = std::max_element(
        shown_.begin(), shown_.end(),
        [](const auto& one, const auto& other) { return one.severity < other.severity; });
    return worst == shown_.end() ? Tone::Ok : toneOf(worst->severity);
}

QString FindingsCard::summary() const {
    const auto count = [this](deploy::Severity severity) {
        return std::count_if(shown_.begin(), shown_.end(),
                             [&](const auto& one) { return one.severity == severity; });
    };
    return tr("Errors: %1, warnings: %2")
        .arg(count(deploy::Severity::Error))
        .arg(count(deploy::Severity::Warning));
}

FindingsCard::Row FindingsCard::rowOf(const deploy::Finding& finding) const {
    return {toneOf(finding.severity), findingText(finding, context_.texts, "what"),
            findingText(finding, context_.texts, "remedy"), finding.hosts};
}

void FindingsCard::draw() {
    while (QLayoutItem* item = list_->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    if (drawn_->rows.empty()) {
        auto* note = new NoteBox(context_.theme);
        note->show(Tone::Ok, tr("All rules are kept"), {});
        list_->addWidget(note);
    }
    for (const Row& row : drawn_->rows) {
        auto* button = new FindingButton(context_.theme, row.tone, row.title, row.body);
        connect(button, &QPushButton::clicked, this,
                [this, hosts = row.hosts] { Q_EMIT picked(hosts); });
        list_->addWidget(button);
    }
}

void FindingsCard::refresh() {
    remember(context_.assessment.findings());
    title_->setText(summary());
    Drawn next{context_.theme.appearance(), context_.texts.table().language(), {}};
    for (const deploy::Finding& finding : shown_)
        next.rows.push_back(rowOf(finding));
    // Most edits break no rule, and each is told of twice: before and after it is judged.
    if (drawn_ != next) {
        drawn_ = std::move(next);
        draw();
    }
    // Only what stands in the same window can follow by Tab.
    QWidget* before = before_;
    for (int i = 0; i < list_->count(); ++i) {
        setTabOrder(before, list_->itemAt(i)->widget());
        before = list_->itemAt(i)->widget();
    }
}

}  // namespace wizard
