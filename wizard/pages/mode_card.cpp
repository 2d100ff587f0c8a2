#include "pages/mode_card.h"

#include <QPainter>

namespace wizard {

namespace {
/// The last line may need two.
constexpr int kLastExtra = 16;
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
    update();
}

QSize ModeCard::sizeHint() const {
    return {320, 44 + 19 * int(lines_.size()) + kLastExtra + 24};
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
    const QRect box = rect().adjusted(16, 10, -14, -8);
    // A ring and its dot say "chosen" without any colour.
    painter.setPen(QPen(isChecked() ? c.accent : c.control, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QPointF(box.right() - 7, box.top() + 10), 7, 7);
    if (isChecked()) {
        painter.setBrush(c.accent);
        painter.drawEllipse(QPointF(box.right() - 7, box.top() + 10), 3.5, 3.5);
    }
    const auto line = [&](int y, int height, const QString& text, int indent) {
        const QRect place(box.left() + indent, box.top() + y, box.width() - indent, height);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(c.ink);
    line(0, 20, title_, 0);
    QFont small = font();
    small.setPixelSize(12);
    painter.setFont(small);
    if (!badge_.isEmpty()) {
        const int width = painter.fontMetrics().horizontalAdvance(badge_) + 18;
        const QRectF pill(box.right() - 26 - width, box.top() + 1, width, 19);
        painter.setPen(QPen(c.accent, 1));
        painter.setBrush(c.pane);
        painter.drawRoundedRect(pill, 9, 9);
        painter.setPen(c.accent);
        painter.drawText(pill, Qt::AlignCenter, badge_);
    }
    painter.setPen(c.muted);
    int y = 22;
    for (qsizetype i = 0; i < lines_.size(); ++i) {
        if (i + 1 < lines_.size()) {
            line(y, 19, lines_[i], 0);
            y += 19;
            continue;
        }
        painter.drawText(QRect(box.left(), box.top() + y, box.width(), 19 + kLastExtra),
                         Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, lines_[i]);
        y += 19 + kLastExtra;
    }
    const QColor color = colorOf(fitTone_, c);
    themedIcon(shapeOf(fitTone_), color)
        .paint(&painter, QRect(box.left(), box.top() + y + 4, 14, 14));
    painter.setPen(color);
    line(y + 1, 20, fit_, 20);
}

}  // namespace wizard
