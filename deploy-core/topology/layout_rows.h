#pragma once

#include "topology/layout_parts.h"

namespace deploy {

/// Servers that stand side by side under the same bands.
using Row = std::vector<const Host*>;

/// The rows of one datacenter, from the top.
struct RowGroup {
    std::string datacenter;
    struct Line {
        Row row;
        Stand stand;
    };
    std::vector<Line> rows;
};

struct Arrangement {
    std::vector<RowGroup> groups;  ///< in the order in which the inventory names the datacenters
    Row ops;                       ///< servers that stand apart
    Row tray;                      ///< servers without any role, while others have some
};

/// Who stands where: business servers, and below them servers of base services (large mode). A row
/// is as long as keeps a drawing of many servers about as wide as a screen; at least eight.
Arrangement arrange(const LayoutInput& input);

/// The bands of one row and what the servers show in them; `names` is where the bands' names stand.
/// Returns the height that the servers' frames need below `top`.
double addBands(Layout& layout, const LayoutInput& input, const Row& row,
                const std::vector<Box>& columns, const Box& names, double top);

/// A frame that stands apart, with what runs on it.
void addOpsServer(Layout& layout, const LayoutInput& input, const Host& host, double x, double y,
                  double minimumHeight);

/// A place for the operations server, below all that is laid out already, in a mode that has one
/// and a drawing that has none.
void addOpsSlot(Layout& layout, const LayoutInput& input);

constexpr double kServerGap = 28;
constexpr double kServerHeader = 84;

}  // namespace deploy
