#include "frame/rail_item.h"

#include <QCoreApplication>
#include <QPainter>

namespace wizard {

QString stateWord(StepState state) {
    switch (state) {
        case StepState::NotPossible:
            return QCoreApplication::translate("StepState", "not yet possible");
        case StepState::Open:
            return QCoreApplication::translate("StepState", "open");
        case StepState::Done:
            return QCoreApplication::translate("StepState", "done");
        case StepState::Attention:
            return QCoreApplication::translate("StepState", "needs attention");
        case StepState::Stale:
            return QCoreApplication::translate("StepState", "out of date: look again");
    }
    return {};
}

RailItem::RailItem(int number, const Theme& theme, QWidget* parent)
    : QAbstractButton(parent), number_(number), theme_(theme) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RailItem::show(const RailEntry& entry) {
    const bool sameHeight = entry.subtitle.isEmpty() == entry_.subtitle.isEmpty();
    entry_ = entry;
    const QString word = stateWord(entry.state);
    setText(entry.title);
    setAccessibleName(tr("Step %1: %2, %3").arg(number_).arg(entry.title, word));
    setToolTip(accessibleName());
    setAccessibleDescription(entry.subtitle);
    if (!sameHeight)
        updateGeometry();
    update();
}

QSize RailItem::sizeHint() const {
    return {kMarkOnly, entry_.subtitle.isEmpty() ? 40 : 54};
}

void RailItem::paintEvent(QPaintEvent*) {
    const Colors& c = theme_.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (entry_.current)
        painter.fillRect(rect(), c.accentSoft);
    else if (underMouse())
        painter.fillRect(rect(), c.field);
    if (hasFocus()) {
        painter.setPen(QPen(c.accent, 2));
        painter.drawRect(QRectF(rect()).adjusted(2, 2, -2, -2));
    }
    const QRectF circle(15, 9, 22, 22);
    paintBadge(painter, circle);
    if (width() <= kMarkOnly)
        return;

    QFont titleFont = font();
    titleFont.setBold(entry_.current);
    painter.setFont(titleFont);
    const bool faint = !entry_.current && entry_.state == StepState::NotPossible;
    painter.setPen(entry_.current ? c.accent : faint ? c.muted : c.ink);
    const QRectF titleBox(46, 9, width() - 54, 22);
    painter.drawText(
        titleBox, Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(entry_.title, Qt::ElideRight, int(titleBox.width())));
    if (!entry_.subtitle.isEmpty()) {
        QFont small = font();
        small.setPixelSize(11);
        painter.setFont(small);
        painter.setPen(c.muted);
        const QRectF box(46, 31, width() - 54, 16);
        painter.drawText(
            box, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(entry_.subtitle, Qt::ElideRight, int(box.width())));
    }
}

void RailItem::paintBadge(QPainter& painter, const QRectF& circle) const {
    const Colors& c = theme_.colors();
    const auto symbol = [&](const QString& name, const QColor& color) {
        themedIcon(name, color).paint(&painter, circle.adjusted(4, 4, -4, -4).toRect());
    };
    const auto number = [&](const QColor& color) {
        QFont small = font();
        small.setPixelSize(12);
        small.setBold(entry_.current);
        painter.setFont(small);
        painter.setPen(color);
        painter.drawText(circle, Qt::AlignCenter, QString::number(number_));
    };
    painter.setBrush(Qt::NoBrush);
    switch (entry_.state) {
        case StepState::Done:
            painter.setPen(Qt::NoPen);
            painter.setBrush(entry_.current ? c.accent : c.ok);
            painter.drawEllipse(circle);
            symbol(QStringLiteral("check"), c.pane);
            return;
        case StepState::Attention: {
            // A triangle, so that the shape alone tells it from the round ones.
            themedIcon(QStringLiteral("triangle"), c.warn)
                .paint(&painter, circle.adjusted(1, 0, -1, -2).toRect());
            return;
        }
        case StepState::Stale:
            painter.setPen(QPen(c.warn, 1.5, Qt::DashLine));
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1));
            symbol(QStringLiteral("stale"), c.warn);
            return;
        case StepState::Open:
            painter.setPen(QPen(c.accent, 1.5));
            if (entry_.current)
                painter.setBrush(c.accent);
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1));
            number(entry_.current ? c.accentInk : c.accent);
            return;
        case StepState::NotPossible:
            painter.setPen(QPen(c.control, 1.2));
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1));
            number(c.muted);
            return;
    }
}

}  // namespace wizard
