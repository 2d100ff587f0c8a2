#include <algorithm>

#include "topology/layout_rows.h"

namespace deploy {

namespace {

constexpr double kInset = 14;
constexpr double kTitleHeight = 26;
constexpr double kGap = 10;

/// One box with its title above, as in the vendor's picture: key of "drawing.ops.<what>".
struct Part {
    RoleId role;
    std::string what;
    double height;
};

std::vector<Part> partsOf(const LayoutInput& input, const HostId& host) {
    std::vector<Part> parts;
    if (input.seats.has(roles::kOps, host)) {
        parts.push_back({roles::kOps, "monitoring", 60});
        parts.push_back({roles::kOps, "logs", 60});
    }
    if (input.seats.has(roles::kRegistry, host))
        parts.push_back({roles::kRegistry, "registry", 38});
    return parts;
}

}  // namespace

void addOpsServer(Layout& layout, const LayoutInput& input, const Host& host, double x, double y,
                  double minimumHeight) {
    double at = y + kServerHeader;
    for (const Part& part : partsOf(input, host.name)) {
        const double width = kServerWidth - 2 * kInset;
        layout.texts.push_back({"drawing.ops." + part.what,
                                {},
                                {x + kInset, at, width, kTitleHeight},
                                TextStyle::Caption});
        const Box box{x + kInset, at + kTitleHeight, width, part.height};
        layout.cells.push_back({host.name,
                                part.role,
                                box,
                                {"drawing.cell." + part.what, {}, box, TextStyle::Body},
                                {},
                                {},
                                true});
        at = box.bottom() + kGap;
    }
    const double height = std::max(at + 34 - y, minimumHeight);
    layout.frames.push_back(frameOf(input, host, {x, y, kServerWidth, height}, Stand::Ops));
    layout.texts.push_back(
        {"drawing.ops_server", {}, {x, y + height - 34, kServerWidth, 26}, TextStyle::Caption});
}

void addOpsSlot(Layout& layout, const LayoutInput& input) {
    constexpr double kSlotHeight = 44;
    constexpr double kAbove = 22;
    const RoleCount* ops = input.mode.count(roles::kOps);
    if (ops == nullptr || input.mode.opsServers == 0 || layout.bands.empty())
        return;
    fitSize(layout);
    const Box box{kMargin, layout.size.height - kMargin + kAbove, layout.size.width - 2 * kMargin,
                  kSlotHeight};
    layout.places.push_back({SlotBox::Kind::Ops,
                             box,
                             {ops->minimum > 0 ? "drawing.ops_missing" : "drawing.ops_optional",
                              {},
                              box,
                              TextStyle::Caption}});
}

}  // namespace deploy
