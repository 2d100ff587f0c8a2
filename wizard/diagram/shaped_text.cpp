#include "diagram/shaped_text.h"

#include <QFontMetricsF>
#include <QTextLayout>
#include <algorithm>
#include <deque>

namespace wizard {

namespace {

QFont narrowed(const QFont& font, qreal share) {
    constexpr int kSmallest = 10;
    QFont narrower(font);
    narrower.setPixelSize(std::max(kSmallest, int(font.pixelSize() * share)));
    return narrower;
}

class ShapedLine {
public:
    ShapedLine(const QString& text, const QFont& font) : layout_(text, font) {
        layout_.beginLayout();
        line_ = layout_.createLine();
        layout_.endLayout();
    }
    qreal width() const { return line_.naturalTextWidth(); }
    qreal height() const { return line_.height(); }
    /// Relative to the line's upper left corner.
    QList<QGlyphRun> glyphs() const { return layout_.glyphRuns(); }

private:
    QTextLayout layout_;
    QTextLine line_;
};

qreal widthOf(const std::deque<ShapedLine>& lines) {
    qreal widest = 0;
    for (const ShapedLine& line : lines)
        widest = std::max(widest, line.width());
    return widest;
}

ShapedText shapedIn(const TextShape& shape) {
    const QStringList words = shape.words.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    const qreal room = shape.box.width();
    std::deque<ShapedLine> lines;
    for (const QString& word : words)
        lines.emplace_back(word, shape.font);
    if (const qreal widest = widthOf(lines); widest > room) {
        const QFont font = narrowed(shape.font, room / widest);
        const QFontMetricsF metrics(font);
        lines.clear();
        for (const QString& word : words)
            lines.emplace_back(metrics.elidedText(word, Qt::ElideRight, room + 2), font);
    }
    ShapedText shaped;
    qreal y = shape.box.height() / 2;
    for (const ShapedLine& line : lines)
        y -= line.height() / 2;
    for (const ShapedLine& line : lines) {
        const qreal free = room - line.width();
        qreal x = 0;
        if (shape.align == deploy::TextAlign::Right)
            x = free;
        else if (shape.align == deploy::TextAlign::Centre)
            x = free / 2;
        for (const QGlyphRun& glyphs : line.glyphs())
            shaped.push_back({{x, y}, glyphs});
        y += line.height();
    }
    return shaped;
}

}  // namespace

size_t qHash(const TextShape& shape, size_t seed) {
    return qHashMulti(seed, shape.font, shape.words, int(shape.align), shape.box.width(),
                      shape.box.height());
}

ShapedText ShapedTexts::of(const TextShape& shape) {
    if (const ShapedText* known = known_.object(shape))
        return *known;
    ShapedText shaped = shapedIn(shape);
    known_.insert(shape, new ShapedText(shaped));
    return shaped;
}

QFont fitted(const QFont& font, const QString& text, qreal width) {
    const qreal wide = QFontMetricsF(font).horizontalAdvance(text);
    return wide > width ? narrowed(font, width / wide) : font;
}

}  // namespace wizard
