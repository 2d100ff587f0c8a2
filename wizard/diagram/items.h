#pragma once

#include <QGraphicsItem>

#include "diagram/drawing.h"

namespace wizard {

/// What items share: the drawing and how it looks. Outlives the items.
struct DrawingLook {
    const Drawing& drawing;
    const Theme& theme;
    const Texts& texts;
    const deploy::Catalog& catalog;
};

QRectF rectOf(const deploy::Box& box);

/// Something of the layout at its place; it repaints from the drawing.
class LaidOutItem : public QGraphicsItem {
public:
    LaidOutItem(const DrawingLook& look, const deploy::Box& box) : look_(look), box_(rectOf(box)) {}
    QRectF boundingRect() const override { return box_.adjusted(-3, -3, 3, 3); }

protected:
    const DrawingLook& look_;
    QRectF box_;
};

/// A server's frame with its glyph on top.
class ServerItem : public LaidOutItem {
public:
    ServerItem(const DrawingLook& look, const deploy::FrameBox& frame);
    const deploy::HostId& host() const { return host_; }
    QRectF boundingRect() const override { return box_.adjusted(-6, -30, 6, 6); }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;
    enum { Type = UserType + 1 };
    int type() const override { return Type; }

private:
    void paintBadge(QPainter& painter) const;

    deploy::HostId host_;
    bool ops_;
};

/// A role's band across the servers, with its name at the right.
class BandItem : public LaidOutItem {
public:
    BandItem(const DrawingLook& look, const deploy::BandBox& band);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    deploy::RoleId role_;
    QRectF label_;
};

/// What a server shows inside a band, or a role's box of the single node.
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
    std::string service_;
};

/// A datacenter around its servers.
class GroupItem : public LaidOutItem {
public:
    GroupItem(const DrawingLook& look, const deploy::GroupBox& group);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    QString name_;
};

}  // namespace wizard
