#pragma once

#include <map>
#include <utility>

#include "topology/layout.h"
#include "topology/role_ids.h"

namespace deploy {

constexpr double kMargin = 20;
constexpr double kGlyphWidth = 32;
constexpr double kGlyphHeight = 40;
constexpr double kServerWidth = 176;

/// The position of a server among a role's members of its datacenter, and how many there are.
struct Member {
    size_t index = 0;
    size_t count = 0;
};

/// The topology by server, so that a question does not walk all servers.
class Seats {
public:
    Seats(const Inventory& inventory, const Topology& topology);
    bool has(const RoleId& role, const HostId& host) const;
    const std::vector<RoleId>& rolesOf(const HostId& host) const;
    /// Index 0 for a server that does not have the role.
    Member memberOf(const RoleId& role, const Host& host) const;

private:
    std::map<HostId, std::vector<RoleId>> roles_;
    std::map<std::pair<RoleId, HostId>, size_t> indices_;
    std::map<std::pair<RoleId, std::string>, size_t> counts_;  ///< by role and datacenter
};

/// What is laid out, handed from part to part.
struct LayoutInput {
    const Catalog& catalog;
    const Mode& mode;
    const Inventory& inventory;
    const Topology& topology;
    const Seats& seats;
    uint16_t entryPort;
};

TextBox plainText(const std::string& text, const Box& box, TextStyle style, TextAlign align);
/// A frame with its glyph in the middle of the upper edge, name and address below it.
FrameBox frameOf(const LayoutInput& input, const Host& host, const Box& box, Stand stand);
/// The servers in the tray, below all that is laid out already.
void addTray(Layout& layout, const LayoutInput& input, const std::vector<const Host*>& hosts);
/// Sets the size to what everything together needs.
void fitSize(Layout& layout);

Layout layoutSingle(const LayoutInput& input);
Layout layoutCluster(const LayoutInput& input);

}  // namespace deploy
