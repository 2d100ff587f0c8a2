#include "diagram/items.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include "base/utf8.h"
#include "text/convert.h"

namespace wizard {

namespace {

/// Below this scale text is a smear: only shapes are drawn.
constexpr qreal kTextScale = 0.4;

bool showsText(const QPainter& painter) {
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform()) >=
           kTextScale;
}

void drawText(QPainter& painter, const DrawingLook& look, const deploy::TextBox& text) {
    const auto literal = text.args.find("text");
    if ((text.key.empty() && literal == text.args.end()) || !showsText(painter))
        return;
    const QString words = text.key.empty() ? toQt(deploy::escapeForDisplay(literal->second))
                                           : look.texts.text(text.key, text.args);
    const Colors& c = look.theme.colors();
    QFont font = painter.font();
    font.setBold(false);
    QColor color = c.ink;
    switch (text.style) {
        case deploy::TextStyle::Name:
            font.setPixelSize(14);
            font.setBold(true);
            break;
        case deploy::TextStyle::Small:
            font.setPixelSize(11);
            color = c.muted;
            break;
        case deploy::TextStyle::Body:
            font.setPixelSize(13);
            break;
        case deploy::TextStyle::Caption:
            font.setPixelSize(14);
            color = c.muted;
            break;
        case deploy::TextStyle::Heading:
            font.setPixelSize(18);
            color = c.muted;
            break;
    }
    painter.setFont(font);
    painter.setPen(color);
    int flags = Qt::AlignVCenter;
    flags |= text.align == deploy::TextAlign::Left    ? Qt::AlignLeft
             : text.align == deploy::TextAlign::Right ? Qt::AlignRight
                                                      : Qt::AlignHCenter;
    const QRectF box = rectOf(text.box);
    QStringList lines;
    for (const QString& line : words.split(QLatin1Char('\n')))
        lines << painter.fontMetrics().elidedText(line, Qt::ElideRight, int(box.width()) + 2);
    painter.drawText(box, flags, lines.join(QLatin1Char('\n')));
}

QColor bandOf(const DrawingLook& look, const deploy::RoleId& role) {
    const deploy::Role* known = look.catalog.role(role);
    return bandColor(look.theme.appearance(), known ? toQt(known->color) : QString());
}

deploy::Box boundsOf(const std::vector<deploy::Point>& points) {
    QPolygonF polygon;
    for (const deploy::Point& point : points)
        polygon << QPointF(point.x, point.y);
    const QRectF rect = polygon.boundingRect();
    return {rect.x(), rect.y(), rect.width(), rect.height()};
}

void paintPower(QPainter& painter, const DrawingLook& look, const QRectF& box, bool off) {
    if (look.power == PowerButtons::Hidden || !showsText(painter))
        return;
    const QColor color = off ? look.theme.colors().bad : look.theme.colors().ok;
    painter.setPen(QPen(color, 1.4));
    painter.setBrush(look.theme.colors().pane);
    painter.drawEllipse(box);
    const QRectF arc = box.adjusted(5, 5.5, -5, -4.5);
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(arc, 130 * 16, 280 * 16);
    painter.drawLine(QPointF(box.center().x(), box.top() + 4),
                     QPointF(box.center().x(), box.center().y()));
}

}  // namespace

QRectF rectOf(const deploy::Box& box) {
    return {box.x, box.y, box.width, box.height};
}

ServerItem::ServerItem(const DrawingLook& look, const deploy::FrameBox& frame)
    : LaidOutItem(look, frame.box, 0), frame_(frame) {
    setFlag(ItemIsSelectable);
    if (const auto tip = look_.drawing.tips.find(host()); tip != look_.drawing.tips.end())
        setToolTip(tip->second);
}

QRectF ServerItem::boundingRect() const {
    return box_.united(rectOf(frame_.glyph)).adjusted(-6, -4, 6, 6);
}

QRectF ServerItem::powerRect() const {
    return {box_.right() - 32, box_.top() + 14, 20, 20};
}

void ServerItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Colors& c = look_.theme.colors();
    QColor edge = frame_.ops || !frame_.assigned ? c.control : c.frame;
    if (isSelected())
        edge = c.accent;
    if (down())
        edge = c.bad;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(
        QPen(edge, isSelected() ? 2.6 : 1.6,
             (frame_.assigned || isSelected()) && !down() ? Qt::SolidLine : Qt::DashLine));
    painter->setBrush(c.pane);
    painter->drawRoundedRect(box_, 5, 5);
    // The glyph interrupts the frame's upper edge.
    const QRectF glyph = rectOf(frame_.glyph);
    painter->fillRect(QRectF(glyph.left() - 9, box_.top() - 3, glyph.width() + 18, 6), c.pane);
    static const QIcon icon = themedIcon(QStringLiteral("server"), Qt::black);
    painter->setOpacity(down() ? 0.35 : 1);
    icon.paint(painter, glyph.toRect());
    drawText(*painter, look_, frame_.name);
    drawText(*painter, look_, frame_.address);
    painter->setOpacity(1);
    paintBadge(*painter);
    paintPower(*painter, look_, powerRect(), down());
}

void ServerItem::paintBadge(QPainter& painter) const {
    const auto it = look_.drawing.worst.find(frame_.host);
    if (it == look_.drawing.worst.end() || it->second == deploy::Severity::Note)
        return;
    const bool error = it->second == deploy::Severity::Error;
    const Colors& c = look_.theme.colors();
    themedIcon(error ? QStringLiteral("cross") : QStringLiteral("triangle"), error ? c.bad : c.warn)
        .paint(&painter, QRectF(box_.right() - 54, box_.top() + 16, 15, 15).toRect());
}

BandItem::BandItem(const DrawingLook& look, const deploy::BandBox& band)
    : LaidOutItem(look, band.box, 2), band_(band) {}

void BandItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    QColor fill = bandOf(look_, band_.role);
    fill.setAlphaF(0.9F);
    painter->setPen(QPen(look_.theme.colors().control, 0.8));
    painter->setBrush(fill);
    painter->drawRoundedRect(box_, 3, 3);
    drawText(*painter, look_, band_.label);
    paintHealth(*painter);
}

void BandItem::paintHealth(QPainter& painter) const {
    const auto it = look_.failure.bands.find(band_.role);
    if (it == look_.failure.bands.end() || it->second == deploy::Health::Up)
        return;
    const bool lost = it->second == deploy::Health::Lost;
    const Colors& c = look_.theme.colors();
    const QColor color = lost ? c.bad : c.warn;
    painter.setPen(QPen(color, 1.6, lost ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box_, 3, 3);
    if (!showsText(painter))
        return;
    const QRectF line(band_.label.box.x, box_.bottom() - 15, band_.label.box.width, 13);
    themedIcon(lost ? QStringLiteral("cross") : QStringLiteral("triangle"), color)
        .paint(&painter, QRectF(line.left(), line.top() + 1, 11, 11).toRect());
    QFont font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(line.adjusted(15, 0, 0, 0), Qt::AlignVCenter,
                     lost ? QCoreApplication::translate("Drawing", "lost")
                          : QCoreApplication::translate("Drawing", "degraded"));
}

CellItem::CellItem(const DrawingLook& look, const deploy::CellBox& cell)
    : LaidOutItem(look, cell.box, 3), cell_(cell) {}

void CellItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Colors& c = look_.theme.colors();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setOpacity(look_.failure.down.contains(cell_.host) ? 0.3 : 1);
    if (cell_.outlined) {
        painter->setPen(QPen(c.frame, 1));
        painter->setBrush(bandOf(look_, cell_.role));
        painter->drawRoundedRect(box_, 4, 4);
    }
    painter->setPen(QPen(c.frame, 1));
    for (size_t i = 0; i < cell_.dots.size(); ++i) {
        painter->setBrush(i % 4 == 1 ? c.line : c.pane);
        painter->drawEllipse(rectOf(cell_.dots[i]));
    }
    drawText(*painter, look_, cell_.heading);
    drawText(*painter, look_, cell_.label);
}

ServiceItem::ServiceItem(const DrawingLook& look, const deploy::ServiceBox& service)
    : LaidOutItem(look, service.box, 4), label_(service.label) {}

void ServiceItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Colors& c = look_.theme.colors();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(c.frame, 1));
    painter->setBrush(c.field);
    painter->drawRoundedRect(box_, 4, 4);
    drawText(*painter, look_, label_);
}

AreaItem::AreaItem(const DrawingLook& look, const deploy::AreaBox& area)
    : LaidOutItem(look, area.box, 1), group_(false) {}

AreaItem::AreaItem(const DrawingLook& look, const deploy::GroupBox& group)
    : LaidOutItem(look, group.box, -1),
      label_(group.label),
      datacenter_(group.datacenter),
      group_(true) {}

QRectF AreaItem::powerRect() const {
    return group_ ? QRectF(box_.right() - 34, box_.top() + 8, 20, 20) : QRectF();
}

void AreaItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Colors& c = look_.theme.colors();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(c.control, group_ ? 1 : 1.4, group_ ? Qt::DashLine : Qt::SolidLine));
    painter->setBrush(group_ ? QBrush(c.field) : Qt::NoBrush);
    painter->drawRoundedRect(box_, 8, 8);
    drawText(*painter, look_, label_);
    if (group_)
        paintPower(*painter, look_, powerRect(), false);
}

TextItem::TextItem(const DrawingLook& look, const deploy::TextBox& text)
    : LaidOutItem(look, text.box, 5), text_(text) {}

void TextItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    drawText(*painter, look_, text_);
}

LineItem::LineItem(const DrawingLook& look, const std::vector<deploy::Point>& points)
    : LaidOutItem(look, boundsOf(points), 1) {
    for (const deploy::Point& point : points)
        points_ << QPointF(point.x, point.y);
}

void LineItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->setPen(QPen(look_.theme.colors().control, 2));
    painter->drawPolyline(points_);
}

}  // namespace wizard
