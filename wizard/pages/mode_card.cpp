#include "pages/mode_card.h"

#include <QPainter>
#include <algorithm>

namespace wizard {

namespace {

constexpr int kLine = 19;
constexpr int kTitle = 22;
constexpr QMargins kMargins(16, 10, 14, 8);
constexpr int kFitIndent = 20;
constexpr int kBadgeGap = 8;

QFont smallOf(QFont font) {
    font.setPixelSize(12);
    return font;
}

/// A long line goes on in the next.
int heightOf(const QFontMetrics& metrics, const QString& line, int width) {
    const int high = metrics.boundingRect(0, 0, width, 1000, Qt::TextWordWrap, line).height();
    return std::max(kLine, high + 2);
}

}  // namespace

ModeCard::ModeCard(const Theme& theme, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ModeCard::show(const QString& title, const QStringList& lines, Tone fitTone,
                    const QString& fit) {
    title_ = title;
    lines_ = lines;
    fitTone_ = fitTone;
    fit_ = fit;
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(lines.join(QStringLiteral(". ")) + QStringLiteral(". ") + fit);
    setToolTip(lines.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

void ModeCard::setBadge(const QString& badge) {
    badge_ = badge;
    if (!badge.isEmpty())
        setAccessibleDescription(badge + QStringLiteral(". ") + accessibleDescription());
    updateGeometry();
    update();
}

void ModeCard::setDetail(Detail detail) {
    detail_ = detail;
    updateGeometry();
    update();
}

QStringList ModeCard::shownLines() const {
    return detail_ == Detail::Full ? lines_ : lines_.mid(0, 1);
}

int ModeCard::badgeWidth(const QFontMetrics& metrics) const {
    return metrics.horizontalAdvance(badge_) + 18;
}

bool ModeCard::isBadgeApart(const QFontMetrics& metrics, int width) const {
    return !badge_.isEmpty() &&
           kFitIndent + metrics.horizontalAdvance(fit_) + kBadgeGap + badgeWidth(metrics) > width;
}

int ModeCard::heightForWidth(int width) const {
    const QFontMetrics metrics(smallOf(font()));
    const int inner = width - kMargins.left() - kMargins.right();
    int high = kMargins.top() + kTitle + kLine + 10 + kMargins.bottom();
    for (const QString& line : shownLines())
        high += heightOf(metrics, line, inner);
    return isBadgeApart(metrics, inner) ? high + kLine : high;
}

QSize ModeCard::sizeHint() const {
    return {320, heightForWidth(320)};
}

void ModeCard::paintEvent(QPaintEvent*) {
    const Colors& c = theme_.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // The focus must not look like the choice.
    painter.setPen(QPen(isChecked()    ? c.accent
                        : underMouse() ? c.control
                                       : c.line,
                        isChecked() ? 2 : 1));
    painter.setBrush(isChecked() ? c.accentSoft : c.pane);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
    if (hasFocus()) {
        painter.setPen(QPen(c.ink, 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(4, 4, -4, -4), 6, 6);
    }
    const QRect box = rect().marginsRemoved(kMargins);
    // A ring and its dot say "chosen" without any colour.
    painter.setPen(QPen(isChecked() ? c.accent : c.control, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QPointF(box.right() - 7, box.top() + 10), 7, 7);
    if (isChecked()) {
        painter.setBrush(c.accent);
        painter.drawEllipse(QPointF(box.right() - 7, box.top() + 10), 3.5, 3.5);
    }
    const auto line = [&](int y, int height, const QString& text, int indent, int reserved) {
        const QRect place(box.left() + indent, box.top() + y, box.width() - indent - reserved,
                          height);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(c.ink);
    line(0, 20, title_, 0, 26);
    painter.setFont(smallOf(font()));
    // At the lower edge, so that it lies upon no title, however narrow the window is.
    int badgeRoom = 0;
    if (!badge_.isEmpty()) {
        const int width = badgeWidth(painter.fontMetrics());
        const bool apart = isBadgeApart(painter.fontMetrics(), box.width());
        const QRectF pill(box.right() - width, box.bottom() - (apart ? 2 : 1) * kLine - 3, width,
                          19);
        badgeRoom = apart ? 0 : width + kBadgeGap;
        painter.setPen(QPen(c.accent, 1));
        painter.setBrush(c.pane);
        painter.drawRoundedRect(pill, 9, 9);
        painter.setPen(c.accent);
        painter.drawText(pill, Qt::AlignCenter, badge_);
    }
    painter.setPen(c.muted);
    int y = kTitle;
    for (const QString& text : shownLines()) {
        const int high = heightOf(painter.fontMetrics(), text, box.width());
        painter.drawText(QRect(box.left(), box.top() + y, box.width(), high),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, text);
        y += high;
    }
    // At the lower edge, so that those of all cards stand in one line.
    y = box.height() - kLine - 4;
    const QColor color = colorOf(fitTone_, c);
    themedIcon(shapeOf(fitTone_), color)
        .paint(&painter, QRect(box.left(), box.top() + y + 4, 14, 14));
    painter.setPen(color);
    line(y + 1, 20, fit_, kFitIndent, badgeRoom);
}

}  // namespace wizard
