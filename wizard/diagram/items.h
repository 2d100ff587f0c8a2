#pragma once

#include <QGraphicsItem>

#include "diagram/paint.h"

namespace wizard {

/// Something of the layout at its place; it repaints from the drawing.
class LaidOutItem : public QGraphicsItem {
public:
    LaidOutItem(const DrawingLook& look, const QRectF& box, qreal layer) : look_(look), box_(box) {
        setZValue(layer);
        setAcceptedMouseButtons(Qt::NoButton);
    }
    QRectF boundingRect() const override { return box_.adjusted(-3, -3, 3, 3); }
    const QRectF& box() const { return box_; }

protected:
    const DrawingLook& look_;
    QRectF box_;
};

/// A server's frame with its glyph on top, or its small box in the tray.
class ServerItem : public LaidOutItem {
public:
    ServerItem(const DrawingLook& look, const deploy::FrameBox& frame);
    const deploy::HostId& host() const { return frame_.host; }
    /// Where its power button is, in the scene; empty in the tray.
    QRectF powerRect() const;
    /// The drawing's facts about this server may be others now.
    void takeTip();
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;
    enum { Type = UserType + 1 };
    int type() const override { return Type; }

private:
    bool inTray() const { return frame_.stand == deploy::Stand::Tray; }
    bool down() const { return look_.failure.down.contains(frame_.host); }
    QPen edge() const;
    QBrush ground() const;
    void paintGauges(QPainter& painter) const;

    deploy::FrameBox frame_;
    PreparedText name_;
    PreparedText address_;
};

/// A role's band across the servers, with its name at the right.
class BandItem : public LaidOutItem {
public:
    BandItem(const DrawingLook& look, const deploy::BandBox& band);
    const deploy::RoleId& role() const { return band_.role; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;
    enum { Type = UserType + 2 };
    int type() const override { return Type; }

private:
    void paintHealth(QPainter& painter) const;

    deploy::BandBox band_;
    PreparedText label_;
};

/// What one server shows for a role: the chip that is carried.
class CellItem : public LaidOutItem {
public:
    CellItem(const DrawingLook& look, const deploy::CellBox& cell);
    deploy::HostId host() const { return cell_.host; }
    deploy::RoleId role() const { return cell_.role; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;
    enum { Type = UserType + 3 };
    int type() const override { return Type; }

private:
    void paintMarks(QPainter& painter) const;

    deploy::CellBox cell_;
    PreparedText heading_;
    PreparedText label_;
};

/// One micro-service of the single node.
class ServiceItem : public LaidOutItem {
public:
    ServiceItem(const DrawingLook& look, const deploy::ServiceBox& service);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    PreparedText label_;
};

/// A rounded box around others: an area of the single node, or a datacenter with its name.
class AreaItem : public LaidOutItem {
public:
    AreaItem(const DrawingLook& look, const deploy::AreaBox& area);
    AreaItem(const DrawingLook& look, const deploy::GroupBox& group);
    const std::string& datacenter() const { return datacenter_; }
    /// Where a datacenter's power button is, in the scene; empty for other areas.
    QRectF powerRect() const;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;
    enum { Type = UserType + 4 };
    int type() const override { return Type; }

private:
    enum class Kind { Area, Datacenter };
    PreparedText label_;
    std::string datacenter_;
    Kind kind_;
};

/// A dashed place for servers.
class SlotItem : public LaidOutItem {
public:
    SlotItem(const DrawingLook& look, const deploy::SlotBox& slot);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    deploy::SlotBox::Kind kind_;
    PreparedText label_;
};

/// A text that stands by itself.
class TextItem : public LaidOutItem {
public:
    TextItem(const DrawingLook& look, const deploy::TextBox& text);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    PreparedText text_;
};

/// A light line between points.
class LineItem : public LaidOutItem {
public:
    LineItem(const DrawingLook& look, const std::vector<deploy::Point>& points);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    QPolygonF points_;
};

}  // namespace wizard
