#pragma once

#include "topology/layout.h"

namespace deploy {

/// What lies at a point of the drawing; null: nothing of that kind. The pointers are the layout's.
const FrameBox* frameAt(const Layout& layout, const Point& point);
const CellBox* cellAt(const Layout& layout, const Point& point);
const BandBox* bandAt(const Layout& layout, const Point& point);
const SlotBox* slotAt(const Layout& layout, const Point& point);

const FrameBox* frameOf(const Layout& layout, const HostId& host);

}  // namespace deploy
