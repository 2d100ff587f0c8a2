#include <algorithm>
#include <cmath>

#include "topology/layout_parts.h"

namespace deploy {

namespace {

constexpr double kChipWidth = 168;
constexpr double kChipHeight = 44;
constexpr double kGap = 12;
constexpr double kInset = 14;
constexpr double kLabelHeight = 28;
constexpr double kAbove = 26;

FrameBox chipOf(const LayoutInput& input, const Host& host, const Box& box) {
    FrameBox frame = frameOf(input, host, box, Stand::Tray);
    const double left = box.x + 38;
    const double width = box.right() - 6 - left;
    frame.glyph = {box.x + 9, box.y + 8, 22, 27.5};
    frame.name.box = {left, box.y + 5, width, 18};
    frame.address.box = {left, box.y + 23, width, 14};
    frame.gauges = {};
    if (!host.datacenter.empty())
        frame.address.args["text"] = host.address + " \xc2\xb7 " + host.datacenter;
    return frame;
}

}  // namespace

void addTray(Layout& layout, const LayoutInput& input, const std::vector<const Host*>& hosts) {
    if (hosts.empty())
        return;
    fitSize(layout);
    const Box& all = layout.size;
    const double top = all.height - kMargin + kAbove;
    const double width = std::max(all.width - 2 * kMargin, kChipWidth + 2 * kInset);
    const double step = kChipWidth + kGap;
    const auto columns =
        static_cast<size_t>(std::max(1.0, std::floor((width - 2 * kInset + kGap) / step)));
    const size_t rows = (hosts.size() + columns - 1) / columns;
    const double rowStep = kChipHeight + kGap;
    const Box box{kMargin, top, width,
                  kLabelHeight + static_cast<double>(rows) * rowStep + kInset - kGap};
    layout.places.push_back({SlotBox::Kind::Tray,
                             box,
                             {"drawing.unassigned",
                              {},
                              {box.x + kInset, box.y + 2, box.width - 2 * kInset, kLabelHeight - 4},
                              TextStyle::Caption,
                              TextAlign::Left}});
    for (size_t i = 0; i < hosts.size(); ++i) {
        const size_t column = i % columns;
        const size_t row = i / columns;
        layout.frames.push_back(chipOf(
            input, *hosts[i],
            {box.x + kInset + static_cast<double>(column) * step,
             box.y + kLabelHeight + static_cast<double>(row) * rowStep, kChipWidth, kChipHeight}));
    }
}

}  // namespace deploy
