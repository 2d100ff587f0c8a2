#pragma once

#include "topology/layout_parts.h"

namespace deploy {

/// Servers that stand side by side under the same bands.
using Row = std::vector<const Host*>;

/// The rows of one datacenter, from the top.
struct RowGroup {
    std::string datacenter;
    std::vector<Row> rows;
};

struct Arrangement {
    std::vector<RowGroup> groups;  ///< in the order in which the inventory names the datacenters
    Row ops;                       ///< servers that stand apart
};

/// Who stands where: business servers, servers of base services (large mode), servers without any
/// role; at most eight in a row.
Arrangement arrange(const LayoutInput& input);

/// The bands of one row and what the servers show in them; `names` is where the bands' names stand.
/// Returns the height that the servers' frames need below `top`.
double addBands(Layout& layout, const LayoutInput& input, const Row& row,
                const std::vector<Box>& columns, const Box& names, double top);

/// A frame that stands apart, with what runs on it.
void addOpsServer(Layout& layout, const LayoutInput& input, const Host& host, double x, double y,
                  double minimumHeight);

constexpr double kServerWidth = 196;
constexpr double kServerGap = 28;
constexpr double kServerHeader = 60;

}  // namespace deploy
