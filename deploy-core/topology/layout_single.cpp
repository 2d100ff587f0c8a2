#include "topology/layout_parts.h"

namespace deploy {

namespace {

constexpr double kFrameWidth = 576;
constexpr double kEmptyFrameWidth = 200;
constexpr double kFrameHeight = 640;
constexpr double kFrameTop = kMargin + kGlyphHeight / 2;
constexpr double kFrameGap = 36;
constexpr double kInset = 22;
constexpr double kServicesTop = 104;
constexpr double kServicesHeight = 300;
constexpr double kDataGap = 12;
constexpr double kDataHeight = 158;
constexpr int kColumns = 4;
constexpr double kServiceWidth = 118;
constexpr double kServiceHeight = 34;
constexpr double kServiceGapX = 11;
constexpr double kServiceGapY = 13;
constexpr uint16_t kSeedEntryPort = 8000;

uint16_t entryPortOf(const LayoutInput& input) {
    if (input.entryPort != 0)
        return input.entryPort;
    for (const Port& port : input.catalog.ports)
        if (port.from == "client" && port.to == roles::kGateway.str())
            for (const ModeId& mode : port.modes)
                if (mode == input.mode.id)
                    return port.first;
    return kSeedEntryPort;
}

void addServices(Layout& layout, const LayoutInput& input, const HostId& host, const Box& area) {
    const double gridWidth = kColumns * kServiceWidth + (kColumns - 1) * kServiceGapX;
    const double left = area.x + (area.width - gridWidth) / 2;
    for (size_t i = 0; i < input.catalog.services.size(); ++i) {
        const auto column = static_cast<double>(i % kColumns);
        const size_t rowIndex = i / kColumns;
        const auto row = static_cast<double>(rowIndex);
        const Box box{left + column * (kServiceWidth + kServiceGapX),
                      area.y + 18 + row * (kServiceHeight + kServiceGapY), kServiceWidth,
                      kServiceHeight};
        const std::string& id = input.catalog.services[i];
        layout.services.push_back({id, host, box, {"service." + id, {}, box, TextStyle::Body}});
    }
}

/// The services' area with its caption, and the entry's line from the gateway to the port's label.
void addBusiness(Layout& layout, const LayoutInput& input, const FrameBox& frame) {
    const Box area{frame.box.x + kInset, frame.box.y + kServicesTop, frame.box.width - 2 * kInset,
                   kServicesHeight};
    layout.areas.push_back({frame.host, area});
    const Box caption{area.x, area.bottom() - 44, area.width, 28};
    layout.cells.push_back({frame.host,
                            roles::kBusiness,
                            area,
                            {"drawing.finclip_services", {}, caption, TextStyle::Heading},
                            {},
                            {},
                            false});
    const size_t first = layout.services.size();
    addServices(layout, input, frame.host, area);
    if (!input.seats.has(roles::kGateway, frame.host) || first == layout.services.size())
        return;
    const double lineY = frame.box.y + 74;
    const Box label{area.right() - 124, lineY - 12, 124, 24};
    layout.texts.push_back({"drawing.entry_port",
                            {{"port", std::to_string(entryPortOf(input))}},
                            label,
                            TextStyle::Caption,
                            TextAlign::Right});
    const Box& gateway = layout.services[first].box;
    layout.lines.push_back(
        {{gateway.centreX(), gateway.y}, {gateway.centreX(), lineY}, {label.x - 4, lineY}});
}

void addStore(Layout& layout, const HostId& host, const RoleId& role, const Box& area,
              double centreX) {
    const Box box{centreX - 69, area.y + 26, 138, 80};
    layout.cells.push_back({host,
                            role,
                            box,
                            {"drawing.product." + role.str(), {}, box, TextStyle::Heading},
                            {},
                            {},
                            true});
    layout.texts.push_back({"drawing.stores." + role.str(),
                            {},
                            {centreX - 100, box.bottom() + 6, 200, 24},
                            TextStyle::Caption});
}

void addData(Layout& layout, const LayoutInput& input, const FrameBox& frame) {
    const Box area{frame.box.x + kInset, frame.box.y + kServicesTop + kServicesHeight + kDataGap,
                   frame.box.width - 2 * kInset, kDataHeight};
    const bool database = input.seats.has(roles::kDatabase, frame.host);
    const bool cache = input.seats.has(roles::kCache, frame.host);
    if (database || cache)
        layout.areas.push_back({frame.host, area});
    if (database)
        addStore(layout, frame.host, roles::kDatabase, area, area.x + area.width * 0.26);
    if (cache)
        addStore(layout, frame.host, roles::kCache, area, area.x + area.width * 0.74);
}

/// Name, address and gauges stand beside the glyph, which stands at the left.
FrameBox wideFrame(const LayoutInput& input, const Host& host, double x) {
    FrameBox frame =
        frameOf(input, host, {x, kFrameTop, kFrameWidth, kFrameHeight}, Stand::Business);
    frame.glyph.x = frame.box.x + 40;
    const double left = frame.glyph.right() + 20;
    frame.name.box = {left, frame.box.y + 12, 180, 20};
    frame.address.box = {left, frame.box.y + 32, 180, 16};
    frame.gauges = {frame.box.right() - 46 - 210, frame.box.y + 18, 210, 22};
    return frame;
}

}  // namespace

Layout layoutSingle(const LayoutInput& input) {
    Layout layout;
    double x = kMargin;
    std::vector<const Host*> idle;
    const bool empty = input.topology.roles().empty();
    for (const Host& host : input.inventory.hosts) {
        const bool assigned = !input.seats.rolesOf(host.name).empty();
        if (!assigned && !empty) {
            idle.push_back(&host);
            continue;
        }
        const bool wide = assigned || input.inventory.hosts.size() == 1;
        layout.frames.push_back(wide ? wideFrame(input, host, x)
                                     : frameOf(input, host,
                                               {x, kFrameTop, kEmptyFrameWidth, kFrameHeight},
                                               Stand::Business));
        const FrameBox frame = layout.frames.back();
        x = frame.box.right() + kFrameGap;
        if (!assigned)
            continue;
        if (input.seats.has(roles::kBusiness, host.name))
            addBusiness(layout, input, frame);
        addData(layout, input, frame);
        layout.texts.push_back({"drawing.linux_docker",
                                {},
                                {frame.box.x, frame.box.bottom() - 52, frame.box.width, 36},
                                TextStyle::Heading});
    }
    addTray(layout, input, idle);
    fitSize(layout);
    return layout;
}

}  // namespace deploy
