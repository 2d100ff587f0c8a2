#include "diagram/items.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>

#include "text/convert.h"

namespace wizard {

namespace {

/// Below this scale text is a smear: only shapes are drawn.
constexpr qreal kTextScale = 0.4;

qreal scaleOf(const QStyleOptionGraphicsItem* option, const QPainter* painter) {
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(
        option ? painter->worldTransform() : QTransform());
}

QFont fontOf(int pixels, bool bold = false) {
    QFont font;
    font.setPixelSize(pixels);
    font.setBold(bold);
    return font;
}

void drawText(QPainter& painter, const QRectF& box, int flags, const QString& text) {
    painter.drawText(box, flags,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, int(box.width())));
}

QColor bandOf(const DrawingLook& look, const deploy::RoleId& role) {
    const deploy::Role* known = look.catalog.role(role);
    return bandColor(look.theme.appearance(), known ? toQt(known->color) : QString());
}

}  // namespace

QRectF rectOf(const deploy::Box& box) { return {box.x, box.y, box.width, box.height}; }

ServerItem::ServerItem(const DrawingLook& look, const deploy::FrameBox& frame)
    : LaidOutItem(look, frame.box), host_(frame.host), ops_(frame.ops) {
    setFlag(ItemIsSelectable);
    setZValue(0);
}

void ServerItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const Colors& c = look_.theme.colors();
    QColor edge = ops_ ? c.muted : c.frame;
    if (isSelected())
        edge = c.accent;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(edge, isSelected() ? 2.4 : 1.6, ops_ ? Qt::DashLine : Qt::SolidLine));
    painter->setBrush(c.pane);
    painter->drawRoundedRect(box_, 5, 5);
    // The glyph stands on the frame's upper edge, which is left open behind it.
    const QRectF glyph(box_.center().x() - 15, box_.top() - 22, 30, 38);
    painter->fillRect(QRectF(glyph.left() - 9, box_.top() - 3, glyph.width() + 18, 6), c.pane);
    static const QIcon icon = themedIcon(QStringLiteral("server"), Qt::black);
    icon.paint(painter, glyph.toRect());
    if (scaleOf(option, painter) < kTextScale)
        return;
    const auto* host = look_.drawing.inventory.find(host_);
    painter->setPen(c.ink);
    painter->setFont(fontOf(13, true));
    const QRectF line(box_.left() + 12, box_.top() + 8, box_.width() / 2 - 34, 20);
    drawText(*painter, line, Qt::AlignLeft | Qt::AlignVCenter, toQt(host_));
    painter->setPen(c.muted);
    painter->setFont(fontOf(11));
    QStringList parts{host ? toQt(host->address) : QString()};
    const auto facts = look_.drawing.facts.find(host_);
    if (facts != look_.drawing.facts.end())
        parts << sizeText(facts->second);
    parts.removeAll(QString());
    const QRectF second(box_.left() + 12, box_.top() + 26, box_.width() - 24, 18);
    drawText(*painter, second, Qt::AlignLeft | Qt::AlignVCenter,
             parts.join(QStringLiteral(" · ")));
    if (look_.drawing.singleNode) {
        painter->setFont(fontOf(12));
        const QRectF port(box_.center().x() + 34, box_.top() + 8, box_.width() / 2 - 46, 20);
        drawText(*painter, port, Qt::AlignRight | Qt::AlignVCenter,
                 QCoreApplication::translate("Drawing", "Entry port: %1")
                     .arg(look_.drawing.entryPort));
    }
    paintBadge(*painter);
}

void ServerItem::paintBadge(QPainter& painter) const {
    const auto it = look_.drawing.worst.find(host_);
    if (it == look_.drawing.worst.end() || it->second == deploy::Severity::Note)
        return;
    const bool error = it->second == deploy::Severity::Error;
    const Colors& c = look_.theme.colors();
    themedIcon(error ? QStringLiteral("cross") : QStringLiteral("triangle"), error ? c.bad : c.warn)
        .paint(&painter, QRectF(box_.right() - 22, box_.top() + 28, 15, 15).toRect());
}

BandItem::BandItem(const DrawingLook& look, const deploy::BandBox& band)
    : LaidOutItem(look, band.box), role_(band.role), label_(rectOf(band.label)) {
    setZValue(1);
}

void BandItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    QColor fill = bandOf(look_, role_);
    fill.setAlphaF(0.9F);
    painter->setPen(QPen(look_.theme.colors().line.darker(112), 1));
    painter->setBrush(fill);
    painter->drawRoundedRect(box_, 3, 3);
    if (scaleOf(option, painter) < kTextScale)
        return;
    painter->setPen(look_.theme.colors().ink);
    painter->setFont(fontOf(13));
    drawText(*painter, label_, Qt::AlignLeft | Qt::AlignVCenter, roleName(look_.texts, role_));
}

CellItem::CellItem(const DrawingLook& look, const deploy::CellBox& cell)
    : LaidOutItem(look, cell.box), cell_(cell) {
    setZValue(2);
}

void CellItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const Colors& c = look_.theme.colors();
    painter->setRenderHint(QPainter::Antialiasing);
    if (look_.drawing.singleNode) {
        QColor fill = bandOf(look_, cell_.role);
        painter->setPen(QPen(c.control, 1));
        painter->setBrush(fill);
        painter->drawRoundedRect(box_, 5, 5);
    }
    QRectF text = box_;
    if (cell_.dots > 0) {
        const int columns = 3;
        const int rows = (cell_.dots + columns - 1) / columns;
        const qreal step = std::min(box_.height() * 0.6 / rows, 26.0);
        const QPointF first(box_.center().x() - step * 1.2, box_.top() + step * 0.8);
        painter->setPen(QPen(c.frame, 1));
        for (int i = 0; i < cell_.dots; ++i) {
            painter->setBrush(i % 4 == 1 ? c.line : c.pane);
            painter->drawEllipse(first + QPointF((i % columns) * step * 1.2, (i / columns) * step),
                                 step * 0.32, step * 0.32);
        }
        text.setTop(box_.bottom() - 24);
    }
    if (scaleOf(option, painter) < kTextScale)
        return;
    painter->setPen(c.ink);
    painter->setFont(fontOf(13));
    // Services stand in the box of the single node's business role: its name goes below them.
    int flags = Qt::AlignCenter;
    if (look_.drawing.singleNode && box_.height() > 120)
        text.setTop(box_.bottom() - 30);
    QString words = roleName(look_.texts, cell_.role);
    if (!cell_.detail.empty())
        words += QStringLiteral(" ") + toQt(cell_.detail);
    drawText(*painter, text, flags, words);
}

ServiceItem::ServiceItem(const DrawingLook& look, const deploy::ServiceBox& service)
    : LaidOutItem(look, service.box), service_(service.service) {
    setZValue(3);
}

void ServiceItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const Colors& c = look_.theme.colors();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(c.frame, 1));
    painter->setBrush(c.field);
    painter->drawRoundedRect(box_, 4, 4);
    if (scaleOf(option, painter) < kTextScale)
        return;
    painter->setPen(c.ink);
    painter->setFont(fontOf(12));
    drawText(*painter, box_.adjusted(4, 0, -4, 0), Qt::AlignCenter,
             look_.texts.text("service." + service_));
}

GroupItem::GroupItem(const DrawingLook& look, const deploy::GroupBox& group)
    : LaidOutItem(look, group.box), name_(toQt(group.datacenter)) {
    setZValue(-1);
}

void GroupItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Colors& c = look_.theme.colors();
    painter->setPen(QPen(c.control, 1, Qt::DashLine));
    painter->setBrush(c.field);
    painter->drawRoundedRect(box_, 8, 8);
    painter->setPen(c.muted);
    painter->setFont(fontOf(12));
    painter->drawText(box_.adjusted(12, 6, -12, 0), Qt::AlignLeft | Qt::AlignTop, name_);
}

}  // namespace wizard
