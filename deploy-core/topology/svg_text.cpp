#include "topology/svg_text.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/utf8.h"

namespace deploy {

namespace {

struct Look {
    double size;
    const char* weight;
    const char* colour;
};

Look lookOf(TextStyle style) {
    switch (style) {
        case TextStyle::Name:
            return {16, "700", "#1f2430"};
        case TextStyle::Small:
            return {13, "400", "#6b7385"};
        case TextStyle::Body:
            return {15, "400", "#2b2f3a"};
        case TextStyle::Caption:
            return {15, "400", "#5b606c"};
        case TextStyle::Heading:
            return {18, "500", "#4d515b"};
    }
    return {15, "400", "#2b2f3a"};
}

std::string number(double value) {
    std::string text = std::to_string(std::round(value * 10) / 10);
    return text.substr(0, text.find('.') + 2);
}

/// In units of the font's size, roughly: a Chinese character is as wide as high.
double widthOf(std::string_view line) {
    double width = 0;
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0xe0)
            width += 1;
        else if (byte < 0x80)
            width += c == ' ' || c == 'i' || c == 'l' || c == '.' ? 0.3 : 0.57;
        else if (byte >= 0xc0)
            width += 0.6;
    }
    return width;
}

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

}  // namespace

std::string wordsOf(const TextBox& box, const MessageTable& table) {
    if (!box.key.empty())
        return table.text(box.key, box.args);
    const auto given = box.args.find("text");
    return given == box.args.end() ? std::string() : escapeForDisplay(given->second);
}

std::string escapeXml(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else if (c == '"')
            escaped += "&quot;";
        else if (c == '\'')
            escaped += "&#39;";
        else
            escaped += c;
    }
    return escaped;
}

std::string svgText(const TextBox& box, const MessageTable& table) {
    const std::string words = wordsOf(box, table);
    if (words.empty())
        return {};
    const Look look = lookOf(box.style);
    const auto lines = linesOf(words);
    const double pitch = look.size * 1.5;
    double x = box.box.centreX();
    std::string anchor = "middle";
    if (box.align == TextAlign::Left) {
        x = box.box.x;
        anchor = "start";
    } else if (box.align == TextAlign::Right) {
        x = box.box.right();
        anchor = "end";
    }
    // 0.36 em below the middle is where the letters' feet stand.
    double y = box.box.y + box.box.height / 2 - pitch * static_cast<double>(lines.size() - 1) / 2 +
               look.size * 0.36;
    // A text for each line, fitted by its size: not every reader of SVG knows placed parts of a
    // text or squeezed letters.
    std::string svg;
    for (const std::string_view line : lines) {
        const double wide = widthOf(line) * look.size;
        const double room = box.box.width - 4;
        const double size = wide > room && room > 0 ? look.size * room / wide : look.size;
        svg += "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" font-size=\"" + number(size) +
               "\" font-weight=\"" + look.weight + "\" fill=\"" + look.colour +
               "\" text-anchor=\"" + anchor + "\">" + escapeXml(line) + "</text>\n";
        y += pitch;
    }
    return svg;
}

}  // namespace deploy
