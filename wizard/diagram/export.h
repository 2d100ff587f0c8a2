#pragma once

#include <QImage>

#include "text/message_table.h"
#include "topology/layout.h"

namespace wizard {

/// The report's drawing as a picture on white, `scale` pixels a point.
QImage pictureOf(const deploy::Layout& layout, const deploy::MessageTable& table, double scale);

/// Writes the drawing to a file: a picture for ".png", an SVG for any other ending. The reason
/// where it could not be written; empty: it was.
QString exportDrawing(const deploy::Layout& layout, const deploy::MessageTable& table,
                      const QString& file);

}  // namespace wizard
