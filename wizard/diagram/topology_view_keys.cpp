// The drawing by keyboard: arrows walk over servers and their roles, Space picks up and puts down.
#include <QKeyEvent>
#include <algorithm>

#include "diagram/topology_view.h"
#include "text/convert.h"

namespace wizard {

using deploy::Carry;

Load TopologyView::loadOfSelection() const {
    if (auto chips = selectedChips(); !chips.empty())
        return {std::move(chips), {}};
    if (auto hosts = selected(); !hosts.empty())
        return {{}, std::move(hosts)};
    if (cursor_.host.empty())
        return {};
    return cursor_.role.empty() ? Load{{}, {cursor_.host}}
                                : Load{{{cursor_.role, cursor_.host}}, {}};
}

std::vector<Cursor> TopologyView::stopsOf(const deploy::HostId& host) const {
    std::vector<Cursor> stops{{host, {}}};
    for (const deploy::CellBox& cell : drawing_.layout.cells)
        // The operations server shows one role as several boxes.
        if (cell.host == host && stops.back().role != cell.role)
            stops.push_back({host, cell.role});
    return stops;
}

void TopologyView::setCursorTo(const Cursor& cursor) {
    const Cursor old = cursor_;
    cursor_ = cursor;
    updateFrames({old.host, cursor.host});
}

void TopologyView::sayCursor() {
    const QString host = toQt(cursor_.host);
    Q_EMIT said(cursor_.role.empty()
                    ? host
                    : tr("%1 on %2").arg(roleName(look_.texts, cursor_.role), host));
}

void TopologyView::moveCursor(int servers, int roles, Qt::KeyboardModifiers modifiers) {
    const auto& frames = drawing_.layout.frames;
    if (frames.empty())
        return;
    const auto now = std::find_if(frames.begin(), frames.end(), [&](const deploy::FrameBox& frame) {
        return frame.host == cursor_.host;
    });
    Cursor next = cursor_;
    if (now == frames.end()) {
        next = {servers < 0 ? frames.back().host : frames.front().host, {}};
    } else if (servers != 0) {
        const auto at =
            std::clamp<ptrdiff_t>(now - frames.begin() + servers, 0, ptrdiff_t(frames.size()) - 1);
        next = {frames[size_t(at)].host, {}};
        // Along a band the keyboard stays on it.
        for (const Cursor& stop : stopsOf(next.host))
            if (stop.role == cursor_.role)
                next = stop;
    } else {
        const auto stops = stopsOf(cursor_.host);
        const auto stop = std::find(stops.begin(), stops.end(), cursor_);
        const auto at =
            std::clamp<ptrdiff_t>(stop - stops.begin() + roles, 0, ptrdiff_t(stops.size()) - 1);
        next = stops[size_t(at)];
    }
    setCursorTo(next);
    const bool more = modifiers.testFlag(Qt::ShiftModifier);
    if (next.role.empty()) {
        auto hosts = more ? selected() : std::vector<deploy::HostId>();
        hosts.push_back(next.host);
        select(hosts);
    } else {
        auto chips = more ? selectedChips() : std::vector<deploy::Chip>();
        chips.push_back({next.role, next.host});
        selectChips(chips);
    }
    if (const deploy::FrameBox* frame = deploy::frameOf(drawing_.layout, next.host);
        frame != nullptr && !fitted_)
        ensureVisible(rectOf(frame->box));
    sayCursor();
}

std::vector<DropPlace> TopologyView::keyboardPlaces() const {
    std::vector<DropPlace> places;
    for (const deploy::FrameBox& frame : drawing_.layout.frames)
        places.push_back({DropPlace::Kind::Server, frame.host, {}});
    if (!held_.servers.empty())
        for (const deploy::BandBox& band : drawing_.layout.bands)
            places.push_back({DropPlace::Kind::Band, {}, band.role});
    for (const deploy::SlotBox& slot : drawing_.layout.places)
        places.push_back(
            {slot.kind == deploy::SlotBox::Kind::Ops ? DropPlace::Kind::Ops : DropPlace::Kind::Tray,
             {},
             {}});
    return places;
}

void TopologyView::pickUp(const Load& load) {
    if (load.empty() || !edits_.editable())
        return;
    held_ = load;
    beginCarry(held_, Carry::Move);
    setMouseTracking(true);
    setFocus();
    const auto places = keyboardPlaces();
    aimed_ = places.empty() ? 0 : places.size() - 1;
    // The first place where it may go; else where it comes from.
    for (size_t i = 0; i < places.size(); ++i)
        if (edits_.judge(held_, places[i], Carry::Move).kind == Verdict::Kind::Legal) {
            aimed_ = i == 0 ? places.size() - 1 : i - 1;
            break;
        }
    aim(1);
}

void TopologyView::aim(int by) {
    const auto places = keyboardPlaces();
    if (places.empty())
        return;
    aimed_ = (aimed_ + places.size() + size_t(by + int(places.size()))) % places.size();
    const DropPlace& place = places[aimed_];
    const Verdict verdict = edits_.judge(held_, place, Carry::Move);
    hover(place, verdict);
    QPoint at = viewport()->rect().center();
    if (const deploy::FrameBox* frame = deploy::frameOf(drawing_.layout, place.host)) {
        if (!fitted_)
            ensureVisible(rectOf(frame->box));
        at = mapFromScene(rectOf(frame->box).center());
    }
    showHint(at, verdict);
    if (verdict.kind == Verdict::Kind::Nothing)
        Q_EMIT said(tr("It is there already: choose another place with the arrows"));
}

bool TopologyView::carryKey(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Up:
            aim(-1);
            return true;
        case Qt::Key_Right:
        case Qt::Key_Down:
            aim(1);
            return true;
        case Qt::Key_Space:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (const auto places = keyboardPlaces(); aimed_ < places.size())
                dropHeld(places[aimed_], event->modifiers().testFlag(Qt::ControlModifier)
                                             ? Carry::Copy
                                             : Carry::Move);
            return true;
        case Qt::Key_Escape:
            endCarry();
            Q_EMIT said(tr("Nothing was changed"));
            return true;
        default:
            return false;
    }
}

bool TopologyView::cursorKey(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            moveCursor(-1, 0, event->modifiers());
            return true;
        case Qt::Key_Right:
            moveCursor(1, 0, event->modifiers());
            return true;
        case Qt::Key_Up:
            moveCursor(0, -1, event->modifiers());
            return true;
        case Qt::Key_Down:
            moveCursor(0, 1, event->modifiers());
            return true;
        case Qt::Key_Space:
            pickUp(loadOfSelection());
            return true;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            edits_.remove(loadOfSelection());
            return true;
        case Qt::Key_Escape:
            scene()->clearSelection();
            return true;
        default:
            return false;
    }
}

void TopologyView::keyPressEvent(QKeyEvent* event) {
    if (carrying() ? carryKey(event) : cursorKey(event)) {
        event->accept();
        return;
    }
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoom(1.2);
            return;
        case Qt::Key_Minus:
            zoom(1 / 1.2);
            return;
        case Qt::Key_0:
            fit();
            return;
        default:
            QGraphicsView::keyPressEvent(event);
    }
}

void TopologyView::focusOutEvent(QFocusEvent* event) {
    if (carrying())
        endCarry();
    QGraphicsView::focusOutEvent(event);
}

}  // namespace wizard
