#include <algorithm>

#include "topology/layout_rows.h"

namespace deploy {

namespace {

constexpr double kNamesWidth = 176;
constexpr double kNamesGap = 16;
constexpr double kRowGap = 22;
constexpr double kGroupPadding = 18;
constexpr double kGroupHeader = 26;
constexpr double kOpsGap = 44;

/// Lays out the rows of one group below `y`; returns where they end.
double addRows(Layout& layout, const LayoutInput& input, const RowGroup& group, double left,
               double namesX, double y) {
    const Box names{namesX, 0, kNamesWidth, 0};
    for (const auto& [row, stand] : group.rows) {
        const double top = y + kGlyphHeight / 2;
        std::vector<Box> columns;
        for (size_t i = 0; i < row.size(); ++i)
            columns.push_back({left + static_cast<double>(i) * (kServerWidth + kServerGap), top,
                               kServerWidth, 0});
        const double height =
            kServerHeader + addBands(layout, input, row, columns, names, top + kServerHeader);
        for (size_t i = 0; i < row.size(); ++i) {
            Box box = columns[i];
            box.height = height;
            layout.frames.push_back(frameOf(input, *row[i], box, stand));
        }
        y = top + height + kRowGap;
    }
    return y - kRowGap;
}

size_t longestRow(const Arrangement& arrangement) {
    size_t longest = 0;
    for (const RowGroup& group : arrangement.groups)
        for (const RowGroup::Line& line : group.rows)
            longest = std::max(longest, line.row.size());
    return longest;
}

}  // namespace

Layout layoutCluster(const LayoutInput& input) {
    Layout layout;
    const Arrangement arrangement = arrange(input);
    const bool grouped = arrangement.groups.size() > 1;
    const double left = kMargin + (grouped ? kGroupPadding : 0);
    const auto longest = static_cast<double>(longestRow(arrangement));
    const double namesX = left + longest * (kServerWidth + kServerGap) - kServerGap + kNamesGap;
    const double right = namesX + kNamesWidth;
    double y = kMargin;
    for (const RowGroup& group : arrangement.groups) {
        const double top = y + (grouped ? kGroupHeader + kGroupPadding / 2 : 0);
        const double bottom = addRows(layout, input, group, left, namesX, top);
        y = bottom + kRowGap;
        if (!grouped)
            continue;
        const Box box{kMargin, y - kRowGap - (bottom - top) - kGroupHeader - kGroupPadding / 2,
                      right + kGroupPadding - kMargin,
                      bottom - top + kGroupHeader + 1.5 * kGroupPadding};
        const Box label{box.x + kGroupPadding, box.y + 6, 400, 24};
        layout.groups.push_back(
            {group.datacenter, box,
             group.datacenter.empty()
                 ? TextBox{"drawing.no_datacenter", {}, label, TextStyle::Caption, TextAlign::Left}
                 : plainText(group.datacenter, label, TextStyle::Caption, TextAlign::Left)});
        y = box.bottom() + kRowGap;
    }
    const double opsX =
        arrangement.groups.empty() ? kMargin : right + kOpsGap + (grouped ? kGroupPadding : 0);
    double opsY = kMargin + kGlyphHeight / 2;
    for (const Host* host : arrangement.ops) {
        const double height = layout.frames.empty() ? 0 : layout.frames.front().box.bottom() - opsY;
        addOpsServer(layout, input, *host, opsX, opsY, height);
        opsY = layout.frames.back().box.bottom() + kRowGap + kGlyphHeight / 2;
    }
    if (arrangement.ops.empty())
        addOpsSlot(layout, input);
    addTray(layout, input, arrangement.tray);
    fitSize(layout);
    return layout;
}

}  // namespace deploy
