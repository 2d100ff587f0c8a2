#include "diagram/items.h"

namespace wizard {

namespace {

QRectF boundsOf(const std::vector<deploy::Point>& points) {
    QPolygonF polygon;
    for (const deploy::Point& point : points)
        polygon << QPointF(point.x, point.y);
    return polygon.boundingRect();
}

}  // namespace

ServiceItem::ServiceItem(const DrawingLook& look, const deploy::ServiceBox& service)
    : LaidOutItem(look, rectOf(service.box), 4), label_(service.label) {}

void ServiceItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Colors& c = look_.colors();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(c.frame, 1));
    painter->setBrush(c.field);
    painter->drawRoundedRect(box_, 4, 4);
    label_.paint(*painter, look_);
}

AreaItem::AreaItem(const DrawingLook& look, const deploy::AreaBox& area)
    : LaidOutItem(look, rectOf(area.box), 1), kind_(Kind::Area) {}

AreaItem::AreaItem(const DrawingLook& look, const deploy::GroupBox& group)
    : LaidOutItem(look, rectOf(group.box), -2),
      label_(group.label),
      datacenter_(group.datacenter),
      kind_(Kind::Datacenter) {}

QRectF AreaItem::powerRect() const {
    return kind_ == Kind::Datacenter ? QRectF(box_.right() - 34, box_.top() + 8, 20, 20) : QRectF();
}

void AreaItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Colors& c = look_.colors();
    const bool group = kind_ == Kind::Datacenter;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(c.control, group ? 1 : 1.4, group ? Qt::DashLine : Qt::SolidLine));
    painter->setBrush(group ? QBrush(c.field) : Qt::NoBrush);
    painter->drawRoundedRect(box_, 8, 8);
    label_.paint(*painter, look_);
    if (group)
        paintPower(*painter, look_, powerRect(), false);
}

SlotItem::SlotItem(const DrawingLook& look, const deploy::SlotBox& slot)
    : LaidOutItem(look, rectOf(slot.box), -1), kind_(slot.kind), label_(slot.label) {}

void SlotItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Colors& c = look_.colors();
    const bool over = look_.carry.active && look_.carry.overSlot == kind_;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(over ? (look_.carry.legal ? c.ok : c.bad) : c.control, over ? 2.4 : 1.2,
                         Qt::DashLine));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(box_, 6, 6);
    label_.paint(*painter, look_);
}

TextItem::TextItem(const DrawingLook& look, const deploy::TextBox& text)
    : LaidOutItem(look, rectOf(text.box), 5), text_(text) {}

void TextItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    text_.paint(*painter, look_);
}

LineItem::LineItem(const DrawingLook& look, const std::vector<deploy::Point>& points)
    : LaidOutItem(look, boundsOf(points), 1) {
    for (const deploy::Point& point : points)
        points_ << QPointF(point.x, point.y);
}

void LineItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->setPen(QPen(look_.colors().control, 2));
    painter->drawPolyline(points_);
}

}  // namespace wizard
