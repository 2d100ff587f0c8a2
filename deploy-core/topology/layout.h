#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "inventory/host.h"
#include "topology/topology.h"

namespace deploy {

/// Positions of the drawing in the vendor's picture language, in abstract points (1 = 1 px at
/// 100 %). Everything that is drawn stands here, from back to front: whoever draws decides nothing.
struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    double right() const { return x + width; }
    double bottom() const { return y + height; }
    double centreX() const { return x + width / 2; }
    bool operator==(const Box&) const = default;
};

struct Point {
    double x = 0;
    double y = 0;
    bool operator==(const Point&) const = default;
};

enum class TextStyle {
    Name,     ///< a server's name: 16, bold
    Small,    ///< address: 13, muted
    Body,     ///< inside of boxes: 15
    Caption,  ///< what a box is: 15, muted
    Heading,  ///< 18
};
enum class TextAlign { Left, Centre, Right };

/// One text in the middle of its box's height; "\n" in the text begins a new line.
struct TextBox {
    std::string key;  ///< of the message table; empty: no text
    Args args;        ///< where the key is empty: args.at("text") is shown as it is
    Box box;
    TextStyle style = TextStyle::Body;
    TextAlign align = TextAlign::Centre;
    bool operator==(const TextBox&) const = default;
};

/// The servers of one datacenter. Only drawn when there are two or more datacenters.
struct GroupBox {
    std::string datacenter;
    Box box;
    TextBox label;
    bool operator==(const GroupBox&) const = default;
};

/// Where a server stands: servers of one kind and datacenter stand side by side.
enum class Stand {
    Business,
    Data,  ///< base services of the large mode, in rows of their own
    Ops,   ///< apart, at the right
    Tray   ///< has no role, while others have: a small box below the drawing
};

struct FrameBox {
    HostId host;
    Box box;
    Box glyph;  ///< the server's picture, over the frame's upper edge, which it interrupts
    TextBox name;
    TextBox address;
    Box gauges;  ///< room for what was measured; empty in the tray
    Stand stand = Stand::Business;
    bool assigned = false;  ///< has any role
    bool operator==(const FrameBox&) const = default;
};

/// A dashed place for servers, with its name.
struct SlotBox {
    enum class Kind {
        Ops,  ///< where the operations server would stand
        Tray  ///< around the servers without a role
    };
    Kind kind = Kind::Tray;
    Box box;
    TextBox label;
    bool operator==(const SlotBox&) const = default;
};

/// A rounded box around others, without a meaning of its own (single node).
struct AreaBox {
    HostId host;
    Box box;
    bool operator==(const AreaBox&) const = default;
};

/// A role, across the servers that have it and on to its name at the right.
struct BandBox {
    RoleId role;
    Box box;
    TextBox label;
    bool operator==(const BandBox&) const = default;
};

/// What one server shows for a role.
struct CellBox {
    HostId host;
    RoleId role;
    Box box;
    TextBox label;
    TextBox heading;        ///< above the dots; often empty
    std::vector<Box> dots;  ///< circles: instances of business services
    bool outlined = false;  ///< drawn as a box of its own, not only as text on its band
    bool operator==(const CellBox&) const = default;
};

/// One micro-service of the single node; the label's key is "service.<service>".
struct ServiceBox {
    std::string service;
    HostId host;
    Box box;
    TextBox label;
    bool operator==(const ServiceBox&) const = default;
};

struct Layout {
    Box size;
    std::vector<GroupBox> groups;
    std::vector<SlotBox> places;
    std::vector<FrameBox> frames;
    std::vector<AreaBox> areas;
    std::vector<BandBox> bands;
    std::vector<CellBox> cells;
    std::vector<ServiceBox> services;
    std::vector<std::vector<Point>> lines;  ///< light grey, 2 points wide
    std::vector<TextBox> texts;
    bool operator==(const Layout&) const = default;
};

/// Pure. The same positions serve the wizard's scene and the report's SVG. Every server of the
/// inventory has a frame; they stand in its order (inOrder()). `entryPort` 0: the catalogue's.
Layout layoutOf(const Catalog& catalog, const Mode& mode, const Inventory& inventory,
                const Topology& topology, uint16_t entryPort = 0);

}  // namespace deploy
