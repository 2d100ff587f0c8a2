#pragma once

#include <QCache>
#include <QFont>
#include <QGlyphRun>
#include <vector>

#include "topology/layout.h"

namespace wizard {

/// Glyphs where they stand in their text's box.
struct ShapedRun {
    QPointF at;
    QGlyphRun glyphs;
};
using ShapedText = std::vector<ShapedRun>;

/// All that decides how a text is shaped.
struct TextShape {
    QFont font;     ///< made smaller where a line is wider than the box
    QString words;  ///< a line each; what is too long all the same is elided
    deploy::TextAlign align;
    QSizeF box;

    bool operator==(const TextShape&) const = default;
};
size_t qHash(const TextShape& shape, size_t seed = 0);

/// Texts that were shaped before: hundreds of servers carry the same few labels, and one frame of a
/// zoom has no time to shape them all (QStaticText would, anew for each scale). GUI thread.
class ShapedTexts {
public:
    ShapedText of(const TextShape& shape);

private:
    static constexpr int kMost = 8000;
    QCache<TextShape, ShapedText> known_{kMost};
};

/// The font, as much smaller as the text needs to fit, down to what can just be read.
QFont fitted(const QFont& font, const QString& text, qreal width);

}  // namespace wizard
