#pragma once

#include <QGraphicsItem>

#include "diagram/drawing.h"

namespace wizard {

/// What items share: the drawing and how it looks. Outlives the items.
struct DrawingLook {
    const Drawing& drawing;
    const FailureShown& failure;
    const PowerButtons& power;
    const Theme& theme;
    const Texts& texts;
    const deploy::Catalog& catalog;
};

QRectF rectOf(const deploy::Box& box);

/// Something of the layout at its place; it repaints from the drawing.
class LaidOutItem : public QGraphicsItem {
public:
    LaidOutItem(const DrawingLook& look, const deploy::Box& box, qreal layer)
        : look_(look), box_(rectOf(box)) {
        setZValue(layer);
    }
    QRectF boundingRect() const override { return box_.adjusted(-3, -3, 3, 3); }

protected:
    const DrawingLook& look_;
    QRectF box_;
};

/// A server's frame with its glyph on top.
class ServerItem : public LaidOutItem {
public:
    ServerItem(const DrawingLook& look, const deploy::FrameBox& frame);
    const deploy::HostId& host() const { return frame_.host; }
    /// Where its power button is, in the scene.
    QRectF powerRect() const;
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;
    enum { Type = UserType + 1 };
    int type() const override { return Type; }

private:
    bool down() const { return look_.failure.down.contains(frame_.host); }
    void paintBadge(QPainter& painter) const;

    deploy::FrameBox frame_;
};

/// A role's band across the servers, with its name at the right.
class BandItem : public LaidOutItem {
public:
    BandItem(const DrawingLook& look, const deploy::BandBox& band);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    void paintHealth(QPainter& painter) const;

    deploy::BandBox band_;
};

/// What one server shows for a role.
class CellItem : public LaidOutItem {
public:
    CellItem(const DrawingLook& look, const deploy::CellBox& cell);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    deploy::CellBox cell_;
};

/// One micro-service of the single node.
class ServiceItem : public LaidOutItem {
public:
    ServiceItem(const DrawingLook& look, const deploy::ServiceBox& service);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    deploy::TextBox label_;
};

/// A rounded box around others: an area of the single node, or a datacenter with its name.
class AreaItem : public LaidOutItem {
public:
    AreaItem(const DrawingLook& look, const deploy::AreaBox& area);
    AreaItem(const DrawingLook& look, const deploy::GroupBox& group);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;
    const std::string& datacenter() const { return datacenter_; }
    /// Where a datacenter's power button is, in the scene; empty for other areas.
    QRectF powerRect() const;
    enum { Type = UserType + 2 };
    int type() const override { return Type; }

private:
    deploy::TextBox label_;
    std::string datacenter_;
    bool group_;
};

/// A text that stands by itself.
class TextItem : public LaidOutItem {
public:
    TextItem(const DrawingLook& look, const deploy::TextBox& text);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    deploy::TextBox text_;
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
