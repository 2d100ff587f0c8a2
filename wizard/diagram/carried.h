#pragma once

#include <QMimeData>
#include <memory>
#include <optional>
#include <vector>

#include "topology/hit.h"
#include "topology/placement.h"

namespace wizard {

/// What a person carries over the drawing: roles, or whole servers. Never both.
struct Load {
    std::vector<deploy::Chip> chips;
    std::vector<deploy::HostId> servers;

    bool empty() const { return chips.empty() && servers.empty(); }
    bool operator==(const Load&) const = default;
};

/// Where something can be put down.
struct DropPlace {
    enum class Kind { Outside, Server, Band, Tray, Ops };
    Kind kind = Kind::Outside;
    deploy::HostId host;  ///< of Server
    deploy::RoleId role;  ///< of Band

    bool operator==(const DropPlace&) const = default;
};

/// The place at a point of the drawing. Servers without a role are put on the band that the point
/// touches, even inside of a frame.
DropPlace placeAt(const deploy::Layout& layout, const deploy::Point& point, const Load& load);

/// As drag-and-drop data; what another program gives that does not read well is no load.
QMimeData* toMime(const Load& load);
std::optional<Load> fromMime(const QMimeData* data);

}  // namespace wizard
