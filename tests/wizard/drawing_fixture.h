#pragma once

#include <QDragEnterEvent>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "assessment.h"
#include "diagram/drawing_source.h"
#include "diagram/topology_view.h"
#include "text/convert.h"
#include "topology/suggest.h"

/// A project with the drawing of it, as the page has them, and a hand that drags over it by events
/// sent to the viewport.
class DrawingFixture {
public:
    DrawingFixture(const deploy::Product& product, wizard::Texts& texts, const char* mode,
                   int servers, int placed)
        : texts_(texts), draft(product), assessment(draft), edits(draft, texts) {
        deploy::ProjectContent content;
        content.name = "drawing";
        content.mode = deploy::ModeId(mode);
        for (int i = 1; i <= servers; ++i) {
            if (i == placed + 1)
                content.topology = suggested(product, content);
            deploy::Host host;
            host.name = deploy::HostId("s" + std::to_string(i));
            host.address = "10.0.0." + std::to_string(10 + i);
            content.inventory.hosts.push_back(host);
        }
        if (servers == placed)
            content.topology = suggested(product, content);
        const auto made = draft.create(folder.filePath(QStringLiteral("p")), content);
        if (!made)
            qFatal("no project");
        QObject::connect(&assessment, &wizard::Assessment::changed, &view, [this] { refresh(); });
        view.resize(1400, 800);
        view.QWidget::show();
        refresh();
    }

    void refresh() { view.show(drawingOf(draft, assessment, texts_)); }
    const deploy::Topology& topology() const { return draft.content().topology; }
    bool has(const char* role, const char* host) const {
        return topology().has(deploy::RoleId(role), deploy::HostId(host));
    }

    QPoint at(const QPointF& point) const { return view.mapFromScene(point); }
    /// In the frame's head, where no band runs.
    QPoint server(const char* host) const {
        const auto* frame = deploy::frameOf(view.drawing().layout, deploy::HostId(host));
        if (frame == nullptr)
            qFatal("no server %s", host);
        return at(QPointF(frame->box.centreX(), frame->box.y + 30));
    }
    QPoint chip(const char* role, const char* host) const {
        for (const deploy::CellBox& cell : view.drawing().layout.cells)
            if (cell.role == deploy::RoleId(role) && cell.host == deploy::HostId(host))
                return at(wizard::rectOf(cell.box).center());
        qFatal("no chip %s on %s", role, host);
    }
    QPoint band(const char* role) const {
        for (const deploy::BandBox& band : view.drawing().layout.bands)
            if (band.role == deploy::RoleId(role))
                return at(wizard::rectOf(band.label.box).center());
        qFatal("no band %s", role);
    }
    QPoint place(deploy::SlotBox::Kind kind) const {
        for (const deploy::SlotBox& slot : view.drawing().layout.places)
            if (slot.kind == kind)
                return at(QPointF(slot.box.right() - 4, slot.box.bottom() - 4));
        qFatal("no such place");
    }
    /// A corner of the drawing where nothing is.
    QPoint outside() const { return at(QPointF(2, 2)); }

    static wizard::Load role(const char* role) { return {{{deploy::RoleId(role), {}}}, {}}; }

    /// Enters the viewport and comes to a point; true: it could be dropped there.
    bool hover(const wizard::Load& load, const QPoint& to, Qt::KeyboardModifiers keys = {}) {
        mime_.reset(wizard::toMime(load));
        const auto actions = Qt::MoveAction | Qt::CopyAction;
        QDragEnterEvent enter({5, 5}, actions, mime_.get(), Qt::LeftButton, keys);
        QCoreApplication::sendEvent(view.viewport(), &enter);
        // Qt sends no more to whom has refused the entry, and falls over if another does.
        entered_ = enter.isAccepted();
        if (!entered_)
            return false;
        QDragMoveEvent move(to, actions, mime_.get(), Qt::LeftButton, keys);
        move.setAccepted(false);
        QCoreApplication::sendEvent(view.viewport(), &move);
        return move.isAccepted();
    }
    bool drag(const wizard::Load& load, const QPoint& to, Qt::KeyboardModifiers keys = {}) {
        if (!hover(load, to, keys)) {
            if (entered_) {
                QDragLeaveEvent leave;
                QCoreApplication::sendEvent(view.viewport(), &leave);
            }
            return false;
        }
        QDropEvent drop(to, Qt::MoveAction | Qt::CopyAction, mime_.get(), Qt::LeftButton, keys);
        drop.setAccepted(false);
        QCoreApplication::sendEvent(view.viewport(), &drop);
        return drop.isAccepted();
    }
    /// From one point of the drawing to another, as a person does.
    bool drag(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers keys = {}) {
        return drag(view.loadAt(from), to, keys);
    }
    QString hint() const {
        const auto* label = view.findChild<QLabel*>(QStringLiteral("dragHint"));
        return label->isVisible() ? label->text() : QString();
    }

private:
    static deploy::Topology suggested(const deploy::Product& product,
                                      const deploy::ProjectContent& content) {
        const auto placed = deploy::suggestTopology(
            product.catalog, *product.catalog.mode(content.mode), content.inventory);
        return placed ? *placed : deploy::Topology();
    }

    wizard::Texts& texts_;
    wizard::Theme theme_;
    std::unique_ptr<QMimeData> mime_;
    bool entered_ = false;

public:
    QTemporaryDir folder;
    wizard::Draft draft;
    wizard::Assessment assessment;
    wizard::TopologyEdits edits;
    wizard::TopologyView view{edits, theme_, texts_};
};
