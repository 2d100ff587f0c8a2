#include <QCoreApplication>

#include "diagram/items.h"
#include "text/convert.h"

namespace wizard {

namespace {

/// The same few are tinted on every server: a calm pattern, as in the vendor's pictures.
bool isTinted(size_t dot) {
    return dot % 4 == 1;
}

}  // namespace

BandItem::BandItem(const DrawingLook& look, const deploy::BandBox& band)
    : LaidOutItem(look, rectOf(band.box), 2), band_(band), label_(band.label) {
    if (const auto tip = look_.drawing.roleTips.find(band.role);
        tip != look_.drawing.roleTips.end())
        setToolTip(tip->second);
}

void BandItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    QColor fill = bandColorOf(look_, band_.role);
    fill.setAlphaF(0.9F);
    if (!isNear(*painter)) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->fillRect(box_, fill);
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing);
    const bool over = look_.carry.active && look_.carry.overBand == band_.role;
    const QColor hovered = look_.carry.legal ? look_.colors().ok : look_.colors().bad;
    painter->setPen(over ? QPen(hovered, 2.4) : QPen(look_.colors().control, 0.8));
    painter->setBrush(fill);
    painter->drawRoundedRect(box_, 3, 3);
    label_.paint(*painter, look_);
    if (const auto worst = look_.drawing.worstOfRole.find(band_.role);
        worst != look_.drawing.worstOfRole.end())
        paintBadge(*painter, look_, worst->second, {box_.right() - 4, box_.top() + 2});
    paintHealth(*painter);
}

void BandItem::paintHealth(QPainter& painter) const {
    const auto it = look_.failure.bands.find(band_.role);
    if (it == look_.failure.bands.end() || it->second == deploy::Health::Up)
        return;
    const bool lost = it->second == deploy::Health::Lost;
    const QColor color = lost ? look_.colors().bad : look_.colors().warn;
    painter.setPen(QPen(color, 1.6, lost ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box_, 3, 3);
    paintPill(painter, look_, lost ? QStringLiteral("cross") : QStringLiteral("triangle"),
              lost ? QCoreApplication::translate("Drawing", "lost")
                   : QCoreApplication::translate("Drawing", "degraded"),
              color, {box_.right() - 4, box_.top() + 2});
}

CellItem::CellItem(const DrawingLook& look, const deploy::CellBox& cell)
    : LaidOutItem(look, rectOf(cell.box), 3),
      cell_(cell),
      heading_(cell.heading),
      label_(cell.label) {
    setFlag(ItemIsSelectable);
    setAcceptedMouseButtons(Qt::LeftButton);
    if (const auto tip = look_.drawing.roleTips.find(cell.role);
        tip != look_.drawing.roleTips.end())
        setToolTip(tip->second);
}

void CellItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Colors& c = look_.colors();
    if (!isNear(*painter)) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        QColor mark = isSelected() ? c.accent : c.muted;
        mark.setAlphaF(isSelected() ? 0.8F : 0.35F);
        painter->fillRect(box_.adjusted(30, 12, -30, -12), mark);
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setOpacity(look_.failure.down.contains(cell_.host) ? 0.3 : 1);
    if (cell_.outlined) {
        painter->setPen(QPen(c.frame, 1));
        painter->setBrush(bandColorOf(look_, cell_.role));
        painter->drawRoundedRect(box_, 4, 4);
    }
    painter->setPen(QPen(c.frame, 1));
    for (size_t i = 0; i < cell_.dots.size(); ++i) {
        painter->setBrush(isTinted(i) ? c.line : c.pane);
        painter->drawEllipse(rectOf(cell_.dots[i]));
    }
    heading_.paint(*painter, look_);
    label_.paint(*painter, look_);
    painter->setOpacity(1);
    paintMarks(*painter);
}

void CellItem::paintMarks(QPainter& painter) const {
    const Colors& c = look_.colors();
    painter.setBrush(Qt::NoBrush);
    const QRectF inner = box_.adjusted(5, 4, -5, -4);
    if (isSelected()) {
        QColor veil = c.accent;
        veil.setAlphaF(0.12F);
        painter.setBrush(veil);
        painter.setPen(QPen(c.accent, 1.8));
        painter.drawRoundedRect(inner, 5, 5);
        painter.setBrush(Qt::NoBrush);
    }
    if (look_.cursor.host == cell_.host && look_.cursor.role == cell_.role) {
        painter.setPen(QPen(c.accent, 1.4, Qt::DotLine));
        painter.drawRoundedRect(inner.adjusted(-3, -3, 3, 3), 7, 7);
    }
}

}  // namespace wizard
