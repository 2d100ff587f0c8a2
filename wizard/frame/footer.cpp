#include "frame/footer.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace wizard {

namespace {
constexpr size_t kShown = 4;
}

Footer::Footer(const Theme& theme, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      icon_(new QLabel),
      text_(new QLabel),
      back_(new QPushButton),
      next_(new QPushButton) {
    setObjectName(QStringLiteral("footer"));
    setMinimumHeight(60);
    back_->setObjectName(QStringLiteral("back"));
    next_->setObjectName(QStringLiteral("next"));
    next_->setProperty("role", QStringLiteral("primary"));
    text_->setObjectName(QStringLiteral("footerText"));
    text_->setWordWrap(true);
    text_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 8, 18, 8);
    row->setSpacing(10);
    row->addWidget(icon_, 0, Qt::AlignVCenter);
    row->addWidget(text_, 1);
    row->addWidget(back_, 0, Qt::AlignVCenter);
    row->addWidget(next_, 0, Qt::AlignVCenter);

    connect(back_, &QPushButton::clicked, this, &Footer::backPressed);
    connect(next_, &QPushButton::clicked, this, &Footer::nextPressed);
    connect(text_, &QLabel::linkActivated, this, [this](const QString& link) {
        const size_t index = link.toULongLong();
        if (index >= reasons_.size() || !reasons_[index].go)
            return;
        // A copy: what it does may show other reasons.
        const auto go = reasons_[index].go;
        go();
    });
    connect(&theme_, &Theme::changed, this, &Footer::refresh);
    refresh();
}

void Footer::showReasons(std::vector<Reason> reasons) {
    reasons_ = std::move(reasons);
    refresh();
}

void Footer::showNote(const QString& note) {
    note_ = note;
    refresh();
}

void Footer::goToFirst() {
    if (reasons_.empty() || !reasons_.front().go || reasons_.front().place != Reason::Place::Here)
        return;
    // It may bring other reasons.
    const auto go = reasons_.front().go;
    go();
}

void Footer::focusNext() {
    if (next_->isVisible())
        next_->setFocus();
}

void Footer::setButtons(bool back, bool next, const QString& nextLabel) {
    back_->setEnabled(back);
    next_->setVisible(next);
    nextLabel_ = nextLabel;
    refresh();
}

void Footer::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QFrame::changeEvent(event);
}

void Footer::refresh() {
    back_->setText(tr("Back"));
    next_->setText(nextLabel_.isEmpty() ? tr("Next") : nextLabel_);
    const Colors& c = theme_.colors();
    icon_->setVisible(!reasons_.empty());
    // Only links need the keyboard.
    text_->setTextInteractionFlags(reasons_.empty() ? Qt::NoTextInteraction
                                                    : Qt::LinksAccessibleByMouse |
                                                          Qt::LinksAccessibleByKeyboard);
    text_->setFocusPolicy(reasons_.empty() ? Qt::NoFocus : Qt::StrongFocus);
    if (reasons_.empty()) {
        text_->setText(QStringLiteral("<span style='color:%1'>%2</span>")
                           .arg(c.muted.name(), note_.toHtmlEscaped()));
        text_->setAccessibleName(note_);
        return;
    }
    icon_->setPixmap(themedIcon(QStringLiteral("triangle"), c.warn).pixmap(18, 18));
    QStringList lines;
    QStringList plain;
    for (size_t i = 0; i < reasons_.size() && i < kShown; ++i) {
        const QString text = reasons_[i].text.toHtmlEscaped();
        plain << reasons_[i].text;
        lines << (reasons_[i].go ? QStringLiteral("<a style='color:%1' href='%2'>%3</a>")
                                       .arg(c.warn.name())
                                       .arg(i)
                                       .arg(text)
                                 : text);
    }
    if (reasons_.size() > kShown)
        lines << tr("and %1 more").arg(reasons_.size() - kShown);
    text_->setText(QStringLiteral("<span style='color:%1'>%2 %3</span>")
                       .arg(c.warn.name(), tr("Cannot go on yet:").toHtmlEscaped(),
                            lines.size() > 1
                                ? QStringLiteral("<br/>") + lines.join(QStringLiteral("<br/>"))
                                : lines.join(QString())));
    text_->setAccessibleName(tr("Cannot go on yet:") + QLatin1Char(' ') +
                             plain.join(QStringLiteral("; ")));
}

}  // namespace wizard
