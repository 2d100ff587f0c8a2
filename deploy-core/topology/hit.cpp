#include "topology/hit.h"

#include <algorithm>

namespace deploy {

namespace {

bool contains(const Box& box, const Point& point) {
    return point.x >= box.x && point.x <= box.right() && point.y >= box.y &&
           point.y <= box.bottom();
}

/// The last one is drawn on top.
template <class Item>
const Item* topmost(const std::vector<Item>& items, const Point& point) {
    const auto found = std::find_if(items.rbegin(), items.rend(),
                                    [&](const Item& item) { return contains(item.box, point); });
    return found == items.rend() ? nullptr : &*found;
}

}  // namespace

const FrameBox* frameAt(const Layout& layout, const Point& point) {
    return topmost(layout.frames, point);
}
const CellBox* cellAt(const Layout& layout, const Point& point) {
    return topmost(layout.cells, point);
}
const BandBox* bandAt(const Layout& layout, const Point& point) {
    return topmost(layout.bands, point);
}
const SlotBox* slotAt(const Layout& layout, const Point& point) {
    return topmost(layout.places, point);
}

const FrameBox* frameOf(const Layout& layout, const HostId& host) {
    const auto found = std::find_if(layout.frames.begin(), layout.frames.end(),
                                    [&](const FrameBox& frame) { return frame.host == host; });
    return found == layout.frames.end() ? nullptr : &*found;
}

}  // namespace deploy
