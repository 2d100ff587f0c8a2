#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "inventory/host.h"
#include "topology/topology.h"

namespace deploy {

/// Positions of the drawing in the vendor's picture language, in abstract points (1 = 1 px at 100
/// %).
struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    bool operator==(const Box&) const = default;
};

struct FrameBox {
    HostId host;
    Box box;
    bool ops = false;  ///< stands apart, at the right
    bool operator==(const FrameBox&) const = default;
};

/// What one server shows inside a band (or, on a single node, a role's box): text key and place.
struct CellBox {
    HostId host;
    RoleId role;
    Box box;
    int dots = 0;        ///< service dots of the business band
    std::string detail;  ///< "master 1 / replica 3"-like language-neutral detail, may be empty
    bool operator==(const CellBox&) const = default;
};

struct BandBox {
    RoleId role;
    Box box;  ///< runs across the servers and on to the band's name at the right
    Box label;
    bool operator==(const BandBox&) const = default;
};

/// One micro-service of the single-node picture: key of the text "service.<id>".
struct ServiceBox {
    std::string service;
    Box box;
    bool operator==(const ServiceBox&) const = default;
};

struct GroupBox {
    std::string datacenter;
    Box box;
    bool operator==(const GroupBox&) const = default;
};

struct Layout {
    Box size;
    std::vector<GroupBox> groups;
    std::vector<FrameBox> frames;
    std::vector<BandBox> bands;
    std::vector<CellBox> cells;
    std::vector<ServiceBox> services;
    bool operator==(const Layout&) const = default;
};

/// Pure. The same positions serve the wizard's scene and the report's SVG.
Layout layoutOf(const Catalog& catalog, const Mode& mode, const Inventory& inventory,
                const Topology& topology);

}  // namespace deploy
