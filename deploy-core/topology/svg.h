#pragma once

#include <string>

#include "text/message_table.h"
#include "topology/layout.h"

namespace deploy {

/// The drawing as a stand-alone SVG with texts of the table's language. All text is escaped for
/// display and for XML; it refers to nothing outside of itself.
std::string writeSvg(const Layout& layout, const MessageTable& table);

}  // namespace deploy
