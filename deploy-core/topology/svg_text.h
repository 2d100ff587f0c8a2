#pragma once

#include <string>

#include "text/message_table.h"
#include "topology/layout.h"

namespace deploy {

/// Fonts of the desktops and browsers that show the drawing; single quotes, for an attribute.
constexpr const char* kSvgFonts =
    "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif";

/// The words of a text box in the table's language.
std::string wordsOf(const TextBox& box, const MessageTable& table);

/// A <text> element; empty where there are no words. A text too long for its box is narrowed.
std::string svgText(const TextBox& box, const MessageTable& table);

/// For XML text and attributes.
std::string escapeXml(std::string_view text);

}  // namespace deploy
