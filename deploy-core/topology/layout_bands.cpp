#include <algorithm>
#include <optional>

#include "topology/layout_rows.h"

namespace deploy {

namespace {

constexpr double kBandHeight = 40;
constexpr double kBandGap = 10;
constexpr double kBandOverhang = 8;
constexpr double kDot = 17;
constexpr double kDotPitch = 30;
constexpr size_t kDotColumns = 3;

/// Business services run on the workers and are drawn as dots on their band.
bool isWorkers(const RoleId& role) {
    return role == roles::kKubernetesAgent;
}

bool has(const LayoutInput& input, const RoleId& role, const HostId& host) {
    return input.seats.has(role, host) ||
           (isWorkers(role) && input.seats.has(roles::kBusiness, host));
}

size_t dotRows(const LayoutInput& input) {
    return input.mode.servers >= 8 ? 3 : 2;
}

TextBox cellLabel(const LayoutInput& input, const RoleId& role, const Host& host, const Box& box) {
    TextBox label{"drawing.cell." + role.str(), {}, box, TextStyle::Body};
    const Member member = input.seats.memberOf(role, host);
    const auto number = [](size_t index) { return std::to_string(index + 1); };
    if (role == roles::kDatabase && member.count == 2)
        label.key =
            member.index == 0 ? "drawing.cell.database_primary" : "drawing.cell.database_replica";
    if (role == roles::kCache && member.count == 3) {
        label.key = "drawing.cell.cache_pair";
        label.args = {{"master", number(member.index)},
                      {"replica", number((member.index + 2) % 3)}};
    }
    if (role == roles::kCache && member.count == 6) {
        label.key = member.index < 3 ? "drawing.cell.cache_master" : "drawing.cell.cache_replica";
        label.args = {{"number", number(member.index % 3)}};
    }
    return label;
}

TextBox bandLabel(const LayoutInput& input, const RoleId& role, const Row& row, const Box& box) {
    TextBox label{"drawing.band." + role.str(), {}, box, TextStyle::Caption, TextAlign::Left};
    const Member member = input.seats.memberOf(role, *row.front());
    if (role == roles::kDatabase && member.count == 2)
        label.key = "drawing.band.database_pair";
    else if (role == roles::kDatabase)
        label.args = {{"count", std::to_string(member.count)}};
    return label;
}

CellBox workerCell(const LayoutInput& input, const Host& host, const Box& box) {
    CellBox cell{host.name, roles::kKubernetesAgent, box, {}, {}, {}, false};
    if (input.seats.has(roles::kKubernetesAgent, host.name))
        cell.label = {"drawing.cell.k8s_agent",
                      {},
                      {box.x, box.bottom() - 30, box.width, 24},
                      TextStyle::Body};
    else
        cell.role = roles::kBusiness;
    if (!input.seats.has(roles::kBusiness, host.name))
        return cell;
    cell.heading = {
        "drawing.cell.business", {}, {box.x, box.y + 6, box.width, 22}, TextStyle::Small};
    const double left = box.centreX() - kDotPitch * (kDotColumns - 1) / 2 - kDot / 2;
    for (size_t row = 0; row < dotRows(input); ++row)
        for (size_t column = 0; column < kDotColumns; ++column)
            cell.dots.push_back({left + static_cast<double>(column) * kDotPitch,
                                 box.y + 34 + static_cast<double>(row) * 25, kDot, kDot});
    return cell;
}

}  // namespace

double addBands(Layout& layout, const LayoutInput& input, const Row& row,
                const std::vector<Box>& columns, const Box& names, double top) {
    double y = top;
    for (const Role& known : input.catalog.roles) {
        const RoleId& role = known.id;
        std::optional<double> left;
        for (size_t i = 0; i < row.size(); ++i)
            if (!left && has(input, role, row[i]->name))
                left = columns[i].x - kBandOverhang;
        if (!left || !known.visible)
            continue;
        const double height =
            isWorkers(role) ? 68 + static_cast<double>(dotRows(input)) * 25 : kBandHeight;
        layout.bands.push_back({role,
                                {*left, y, names.right() - *left, height},
                                bandLabel(input, role, row, {names.x, y, names.width, height})});
        for (size_t i = 0; i < row.size(); ++i) {
            const Box box{columns[i].x, y, columns[i].width, height};
            if (isWorkers(role) && has(input, role, row[i]->name))
                layout.cells.push_back(workerCell(input, *row[i], box));
            else if (has(input, role, row[i]->name))
                layout.cells.push_back(
                    {row[i]->name, role, box, cellLabel(input, role, *row[i], box), {}, {}, false});
        }
        y += height + kBandGap;
    }
    return std::max(y - top + 4, 60.0);
}

}  // namespace deploy
