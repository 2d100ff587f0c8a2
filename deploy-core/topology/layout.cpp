#include "topology/layout.h"

#include <algorithm>

#include "topology/layout_parts.h"

namespace deploy {

TextBox plainText(const std::string& text, const Box& box, TextStyle style, TextAlign align) {
    return {{}, {{"text", text}}, box, style, align};
}

FrameBox frameOf(const LayoutInput& input, const Host& host, const Box& box, Stand stand) {
    constexpr double kInset = 12;
    const Box glyph{box.centreX() - kGlyphWidth / 2, box.y - kGlyphHeight / 2, kGlyphWidth,
                    kGlyphHeight};
    const double width = box.width - 2 * kInset;
    return {host.name,
            box,
            glyph,
            // A button may stand at the right of the name.
            plainText(host.name.str(), {box.x + kInset, box.y + 20, width - 24, 18},
                      TextStyle::Name, TextAlign::Left),
            plainText(host.address, {box.x + kInset, box.y + 38, width, 14}, TextStyle::Small,
                      TextAlign::Left),
            {box.x + kInset, box.y + 55, width, 22},
            stand,
            !input.seats.rolesOf(host.name).empty()};
}

void fitSize(Layout& layout) {
    double right = 0;
    double bottom = 0;
    const auto include = [&](const Box& box) {
        right = std::max(right, box.right());
        bottom = std::max(bottom, box.bottom());
    };
    for (const auto& frame : layout.frames)
        include(frame.box);
    for (const auto& band : layout.bands)
        include(band.box);
    for (const auto& group : layout.groups)
        include(group.box);
    for (const auto& slot : layout.places)
        include(slot.box);
    layout.size = {0, 0, right + kMargin, bottom + kMargin};
}

Layout layoutOf(const Catalog& catalog, const Mode& mode, const Inventory& inventory,
                const Topology& topology, uint16_t entryPort) {
    const Seats seats(inventory, topology);
    const LayoutInput input{catalog, mode, inventory, topology, seats, entryPort};
    return mode.kubernetes ? layoutCluster(input) : layoutSingle(input);
}

}  // namespace deploy
