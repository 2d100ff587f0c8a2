#pragma once

#include "topology/layout.h"
#include "topology/role_ids.h"

namespace deploy {

constexpr double kMargin = 20;
constexpr double kGlyphWidth = 32;
constexpr double kGlyphHeight = 40;

/// What is laid out, handed from part to part.
struct LayoutInput {
    const Catalog& catalog;
    const Mode& mode;
    const Inventory& inventory;
    const Topology& topology;
    uint16_t entryPort;
};

TextBox plainText(const std::string& text, const Box& box, TextStyle style, TextAlign align);
/// A frame with its glyph in the middle of the upper edge, name and address below it.
FrameBox frameOf(const Host& host, const Box& box, const Topology& topology);
/// Says in the middle of a frame that nothing is on it; nothing for a drawing without any role.
void markUnassigned(Layout& layout, const FrameBox& frame, const Topology& topology);
/// Sets the size to what everything together needs.
void fitSize(Layout& layout);

Layout layoutSingle(const LayoutInput& input);
Layout layoutCluster(const LayoutInput& input);

}  // namespace deploy
