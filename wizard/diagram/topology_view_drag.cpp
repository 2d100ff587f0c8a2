// What a person carries over the drawing with the mouse.
#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QDragEnterEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include "diagram/drag_picture.h"
#include "diagram/topology_view.h"
#include "text/convert.h"

namespace wizard {

using deploy::Carry;

namespace {

Carry carryOf(Qt::KeyboardModifiers modifiers) {
    return modifiers.testFlag(Qt::ControlModifier) ? Carry::Copy : Carry::Move;
}

}  // namespace

bool TopologyView::pressPower(const QPoint& position) {
    if (power_ == PowerButtons::Hidden)
        return false;
    const QPointF at = mapToScene(position);
    for (const QGraphicsItem* item : items(position)) {
        if (const auto* server = qgraphicsitem_cast<const ServerItem*>(item);
            server != nullptr && server->powerRect().contains(at)) {
            Q_EMIT powerPressed(server->host());
            return true;
        }
        if (const auto* area = qgraphicsitem_cast<const AreaItem*>(item);
            area != nullptr && area->powerRect().contains(at)) {
            Q_EMIT datacenterPowerPressed(area->datacenter());
            return true;
        }
    }
    return false;
}

void TopologyView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        if (carrying()) {
            dropHeld(placeUnder(event->pos(), held_), carryOf(event->modifiers()));
            return;
        }
        if (pressPower(event->pos()))
            return;
        pressed_ = event->pos();
    }
    // The menu's button leaves a selection of several as it is.
    const QGraphicsItem* under = itemAt(event->pos());
    if (event->button() == Qt::RightButton && under != nullptr && under->isSelected())
        return;
    QGraphicsView::mousePressEvent(event);
}

void TopologyView::dropHeld(const DropPlace& place, Carry carry) {
    const Load load = held_;
    const Verdict verdict = edits_.judge(load, place, carry);
    if (!verdict.text.isEmpty())
        Q_EMIT said(verdict.text);
    // Where it may not lie it stays in the hand.
    if (verdict.kind == Verdict::Kind::Illegal)
        return;
    endCarry();
    if (edits_.drop(load, place, carry) && !place.host.empty())
        setCursorTo({place.host, load.chips.empty() ? deploy::RoleId() : load.chips.front().role});
}

void TopologyView::mouseMoveEvent(QMouseEvent* event) {
    if (carrying()) {
        const DropPlace place = placeUnder(event->pos(), held_);
        const Verdict verdict = edits_.judge(held_, place, carryOf(event->modifiers()));
        hover(place, verdict);
        showHint(event->pos(), verdict);
        return;
    }
    const bool far = pressed_ && (event->pos() - *pressed_).manhattanLength() >=
                                     QApplication::startDragDistance();
    if (far && (event->buttons() & Qt::LeftButton) != 0 && !loadAt(*pressed_).empty()) {
        startDrag();
        return;
    }
    QGraphicsView::mouseMoveEvent(event);
}

void TopologyView::mouseReleaseEvent(QMouseEvent* event) {
    pressed_.reset();
    QGraphicsView::mouseReleaseEvent(event);
}

Load TopologyView::loadAt(const QPoint& position) const {
    if (!edits_.editable())
        return {};
    for (const QGraphicsItem* item : items(position)) {
        if (const auto* cell = qgraphicsitem_cast<const CellItem*>(item)) {
            const deploy::Chip chip{cell->role(), cell->host()};
            return {cell->isSelected() ? selectedChips() : std::vector<deploy::Chip>{chip}, {}};
        }
        if (const auto* server = qgraphicsitem_cast<const ServerItem*>(item))
            return {{}, server->isSelected() ? selected() : std::vector{server->host()}};
    }
    return {};
}

void TopologyView::startDrag() {
    const Load load = loadAt(*pressed_);
    pressed_.reset();
    auto* drag = new QDrag(this);
    drag->setMimeData(toMime(load));
    drag->setPixmap(
        dragPicture(load, look_.theme, look_.texts, look_.catalog, devicePixelRatioF()));
    drag->setHotSpot({-10, -10});
    drag->exec(Qt::MoveAction | Qt::CopyAction, Qt::MoveAction);
    endCarry();
}

DropPlace TopologyView::placeUnder(const QPoint& position, const Load& load) const {
    const QPointF at = mapToScene(position);
    return placeAt(drawing_.layout, {at.x(), at.y()}, load);
}

void TopologyView::updateFrames(const std::vector<deploy::HostId>& hosts) {
    for (const deploy::HostId& host : hosts)
        if (const deploy::FrameBox* frame = deploy::frameOf(drawing_.layout, host))
            scene()->update(rectOf(frame->box).adjusted(-12, -30, 12, 12));
}

void TopologyView::beginCarry(const Load& load, Carry carry) {
    carry_ = {};
    carry_.active = true;
    carry_.targets = edits_.targets(load, carry);
    scene()->update();
}

void TopologyView::hover(const DropPlace& place, const Verdict& verdict) {
    CarryShown next = carry_;
    next.over.reset();
    next.overBand.reset();
    next.overSlot.reset();
    next.legal = verdict.kind == Verdict::Kind::Legal;
    if (verdict.kind != Verdict::Kind::Nothing) {
        if (place.kind == DropPlace::Kind::Server)
            next.over = place.host;
        if (place.kind == DropPlace::Kind::Band)
            next.overBand = place.role;
        if (place.kind == DropPlace::Kind::Ops)
            next.overSlot = deploy::SlotBox::Kind::Ops;
        if (place.kind == DropPlace::Kind::Tray)
            next.overSlot = deploy::SlotBox::Kind::Tray;
    }
    if (next == carry_)
        return;
    std::vector<deploy::HostId> touched;
    for (const auto& host : {carry_.over, next.over})
        if (host)
            touched.push_back(*host);
    const bool bandsToo = next.overBand != carry_.overBand || next.overSlot != carry_.overSlot;
    carry_ = std::move(next);
    if (bandsToo)
        scene()->update();
    updateFrames(touched);
    if (!verdict.text.isEmpty())
        Q_EMIT said(verdict.text);
}

void TopologyView::endCarry() {
    held_ = {};
    dragged_ = {};
    hint_->hide();
    setMouseTracking(false);
    if (!carry_.active)
        return;
    carry_ = {};
    scene()->update();
}

void TopologyView::showHint(const QPoint& position, const Verdict& verdict) {
    if (verdict.kind == Verdict::Kind::Nothing) {
        hint_->hide();
        return;
    }
    const bool legal = verdict.kind == Verdict::Kind::Legal;
    const Colors& c = look_.colors();
    hint_->setText((legal ? QStringLiteral("\u2713 ") : QStringLiteral("\u2715 ")) + verdict.text);
    hint_->setStyleSheet(
        QStringLiteral("background: %1; color: %2; border: 1px solid %3; border-radius: 5px;"
                       "padding: 4px 8px;")
            .arg(c.pane.name(), c.ink.name(), (legal ? c.ok : c.bad).name()));
    hint_->setWordWrap(hint_->fontMetrics().horizontalAdvance(hint_->text()) > 340);
    hint_->setMaximumWidth(360);
    hint_->adjustSize();
    const QSize room = viewport()->size() - hint_->size();
    hint_->move(std::clamp(position.x() + 16, 0, std::max(0, room.width())),
                std::clamp(position.y() + 22, 0, std::max(0, room.height())));
    hint_->show();
}

void TopologyView::scrollAtEdge(const QPoint& position) {
    constexpr int kEdge = 24;
    constexpr int kStep = 18;
    const auto step = [](int at, int size) {
        return at < kEdge ? -kStep : at > size - kEdge ? kStep : 0;
    };
    const int dx = step(position.x(), viewport()->width());
    const int dy = step(position.y(), viewport()->height());
    if (dx != 0)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + dx);
    if (dy != 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + dy);
}

void TopologyView::dragEnterEvent(QDragEnterEvent* event) {
    const auto load = fromMime(event->mimeData());
    if (!load || !edits_.editable()) {
        event->ignore();
        return;
    }
    dragged_ = *load;
    dragCarry_ = carryOf(event->modifiers());
    beginCarry(dragged_, dragCarry_);
    event->acceptProposedAction();
}

void TopologyView::dragMoveEvent(QDragMoveEvent* event) {
    if (dragged_.empty()) {
        event->ignore();
        return;
    }
    if (const Carry carry = carryOf(event->modifiers()); carry != dragCarry_) {
        dragCarry_ = carry;
        beginCarry(dragged_, carry);
    }
    const QPoint position = event->position().toPoint();
    scrollAtEdge(position);
    const DropPlace place = placeUnder(position, dragged_);
    const Verdict verdict = edits_.judge(dragged_, place, dragCarry_);
    hover(place, verdict);
    showHint(position, verdict);
    event->setDropAction(dragCarry_ == Carry::Copy ? Qt::CopyAction : Qt::MoveAction);
    event->setAccepted(verdict.kind == Verdict::Kind::Legal);
}

void TopologyView::dragLeaveEvent(QDragLeaveEvent* event) {
    endCarry();
    event->accept();
}

void TopologyView::dropEvent(QDropEvent* event) {
    const Load load = dragged_.empty() ? fromMime(event->mimeData()).value_or(Load{}) : dragged_;
    const Carry carry = carryOf(event->modifiers());
    const DropPlace place = placeUnder(event->position().toPoint(), load);
    const Verdict verdict = edits_.judge(load, place, carry);
    endCarry();
    if (!edits_.drop(load, place, carry)) {
        event->ignore();
        return;
    }
    event->setDropAction(carry == Carry::Copy ? Qt::CopyAction : Qt::MoveAction);
    event->accept();
    Q_EMIT said(verdict.text);
    setFocus();
}

void TopologyView::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT menuWanted(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(rect().center())
                                                                     : event->globalPos());
    event->accept();
}

}  // namespace wizard
