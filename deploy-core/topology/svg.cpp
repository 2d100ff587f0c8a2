#include "topology/svg.h"

#include <array>
#include <cmath>

#include "topology/svg_text.h"

namespace deploy {

namespace {

constexpr std::string_view kInk = "#3a3f4c";
constexpr std::string_view kFrame = "#595c63";
constexpr std::string_view kOpsFrame = "#b4b6ba";
constexpr std::string_view kSingleFrame = "#8a7fc0";
constexpr std::string_view kArea = "#c3bfdc";

struct Fill {
    std::string_view role;
    std::string_view colour;
};
/// The bands' colours of the vendor's pictures.
constexpr std::array kFills = {Fill{"k8s_agent", "#f3efe4"}, Fill{"k8s_server", "#f6e6ec"},
                               Fill{"database", "#e6e6f5"}, Fill{"cache", "#e4efe0"},
                               Fill{"load_balancer", "#e0eef5"}};

std::string_view fillOf(const RoleId& role) {
    for (const Fill& fill : kFills)
        if (fill.role == role.str())
            return fill.colour;
    return "#eeeeee";
}

std::string number(double value) {
    std::string text = std::to_string(std::round(value * 10) / 10);
    return text.substr(0, text.find('.') + 2);
}

std::string attributes(const Box& box) {
    return " x=\"" + number(box.x) + "\" y=\"" + number(box.y) + "\" width=\"" + number(box.width) +
           "\" height=\"" + number(box.height) + "\"";
}

struct Stroke {
    std::string_view fill;
    std::string_view stroke;
    double width = 1;
    double radius = 0;
    double opacity = 1;
};

std::string rectangle(const Box& box, const Stroke& look) {
    std::string text = "<rect" + attributes(box) + " rx=\"" + number(look.radius) + "\" fill=\"" +
                       std::string(look.fill) + "\" stroke=\"" + std::string(look.stroke) +
                       "\" stroke-width=\"" + number(look.width) + "\"";
    if (look.opacity < 1)
        text += " fill-opacity=\"" + number(look.opacity) + "\"";
    return text + "/>\n";
}

/// A server's picture: a box seen from its corner.
std::string glyph(const Box& box) {
    return "<g transform=\"translate(" + number(box.x) + "," + number(box.y) + ") scale(" +
           number(box.width / 32) + "," + number(box.height / 40) +
           ")\"><path d=\"M0 8 16 0 32 8 16 16Z\" fill=\"#7f9be0\"/>"
           "<path d=\"M0 8v24l16 8V16Z\" fill=\"#4a6ac0\"/>"
           "<path d=\"M32 8v24l-16 8V16Z\" fill=\"#39559f\"/>"
           "<path d=\"M3 19l9 4.5M3 24.5l9 4.5M3 30l6 3\" stroke=\"#c9d6f5\" "
           "stroke-width=\"1.8\"/></g>\n";
}

std::string dotsOf(const CellBox& cell) {
    // The same few are tinted on every server of one column: a calm pattern, as in the pictures.
    static constexpr std::array kTints = {"#ffffff", "#ece8e2", "#ffffff", "#ffffff", "#ffffff",
                                          "#ece8e2", "#ddd8d0", "#ffffff", "#ffffff"};
    std::string text;
    size_t index = cell.host.str().size() + static_cast<size_t>(cell.box.x) / 100;
    for (const Box& dot : cell.dots)
        text += "<circle cx=\"" + number(dot.centreX()) + "\" cy=\"" +
                number(dot.y + dot.height / 2) + "\" r=\"" + number(dot.width / 2) + "\" fill=\"" +
                kTints.at(index++ % kTints.size()) +
                "\" stroke=\"#77736b\" stroke-width=\"1.0\"/>\n";
    return text;
}

std::string lineOf(const std::vector<Point>& points) {
    std::string text = "<polyline fill=\"none\" stroke=\"#d3d4d9\" stroke-width=\"2\" points=\"";
    for (const Point& point : points)
        text += number(point.x) + "," + number(point.y) + " ";
    return text + "\"/>\n";
}

std::string slotOf(const SlotBox& slot) {
    std::string text = rectangle(slot.box, {"none", kOpsFrame, 1.2, 6});
    return text.replace(text.rfind("/>"), 2, " stroke-dasharray=\"5 4\"/>");
}

/// The frame, open where its glyph stands.
std::string frameOf(const FrameBox& frame, bool singleNode) {
    constexpr double kGap = 12;
    const Box& box = frame.box;
    if (frame.stand == Stand::Tray)
        return rectangle(box, {"#f7f8fb", kOpsFrame, 1, 5});
    const double radius = singleNode ? 8 : 3;
    std::string_view stroke = singleNode ? kSingleFrame : kFrame;
    if (frame.stand == Stand::Ops || !frame.assigned)
        stroke = kOpsFrame;
    const auto corner = [&](double dx, double dy) {
        return " a" + number(radius) + " " + number(radius) + " 0 0 1 " + number(dx * radius) +
               " " + number(dy * radius);
    };
    return "<path d=\"M" + number(frame.glyph.right() + kGap) + " " + number(box.y) + " H" +
           number(box.right() - radius) + corner(1, 1) + " V" + number(box.bottom() - radius) +
           corner(-1, 1) + " H" + number(box.x + radius) + corner(-1, -1) + " V" +
           number(box.y + radius) + corner(1, -1) + " H" + number(frame.glyph.x - kGap) +
           "\" fill=\"none\" stroke=\"" + std::string(stroke) + "\" stroke-width=\"1.8\"/>\n";
}

}  // namespace

std::string writeSvg(const Layout& layout, const MessageTable& table) {
    const bool singleNode = layout.bands.empty() && !layout.areas.empty();
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " +
                      number(layout.size.width) + " " + number(layout.size.height) + "\" width=\"" +
                      number(layout.size.width) + "\" height=\"" + number(layout.size.height) +
                      "\" font-family=\"" + kSvgFonts + "\" fill=\"" + std::string(kInk) +
                      "\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
    for (const GroupBox& group : layout.groups) {
        svg += rectangle(group.box, {"#f7f8fb", "#c9cedb", 1.2, 10});
        svg += svgText(group.label, table);
    }
    for (const SlotBox& slot : layout.places)
        svg += slotOf(slot) + svgText(slot.label, table);
    for (const FrameBox& frame : layout.frames)
        svg += frameOf(frame, singleNode);
    for (const AreaBox& area : layout.areas)
        svg += rectangle(area.box, {"none", kArea, 2, 8});
    for (const BandBox& band : layout.bands) {
        svg += rectangle(band.box, {fillOf(band.role), "#b9b7b2", 1, 2, 0.8});
        svg += svgText(band.label, table);
    }
    for (const auto& line : layout.lines)
        svg += lineOf(line);
    for (const CellBox& cell : layout.cells) {
        if (cell.outlined)
            svg += rectangle(cell.box, {"#ffffff", singleNode ? "#77797f" : "#b4b6ba", 1.2,
                                        singleNode ? 5.0 : 2.0});
        svg += svgText(cell.heading, table) + dotsOf(cell) + svgText(cell.label, table);
    }
    for (const ServiceBox& service : layout.services)
        svg +=
            rectangle(service.box, {"#f4f8fa", "#77797f", 1.2, 5}) + svgText(service.label, table);
    for (const FrameBox& frame : layout.frames)
        svg += glyph(frame.glyph) + svgText(frame.name, table) + svgText(frame.address, table);
    for (const TextBox& text : layout.texts)
        svg += svgText(text, table);
    return svg + "</svg>\n";
}

}  // namespace deploy
