#include "diagram/paint.h"

#include <QApplication>
#include <QPixmapCache>
#include <QStyleOptionGraphicsItem>
#include <cmath>

#include "base/utf8.h"
#include "text/convert.h"

namespace wizard {

namespace {

QString wordsOf(const DrawingLook& look, const deploy::TextBox& text) {
    if (!text.key.empty())
        return look.texts.text(text.key, text.args);
    const auto literal = text.args.find("text");
    return literal == text.args.end() ? QString() : toQt(deploy::escapeForDisplay(literal->second));
}

bool isMuted(deploy::TextStyle style) {
    return style != deploy::TextStyle::Name && style != deploy::TextStyle::Body;
}

}  // namespace

bool isNear(const QPainter& painter) {
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform()) >=
           kNearScale;
}

QRectF rectOf(const deploy::Box& box) {
    return {box.x, box.y, box.width, box.height};
}

QColor bandColorOf(const DrawingLook& look, const deploy::RoleId& role) {
    const deploy::Role* known = look.catalog.role(role);
    return bandColor(look.theme.appearance(), known ? toQt(known->color) : QString());
}

QFont fontOf(deploy::TextStyle style) {
    QFont font = QApplication::font();
    const auto pixels = [](deploy::TextStyle one) {
        switch (one) {
            case deploy::TextStyle::Small:
                return 13;
            case deploy::TextStyle::Name:
                return 16;
            case deploy::TextStyle::Heading:
                return 18;
            case deploy::TextStyle::Body:
            case deploy::TextStyle::Caption:
                break;
        }
        return 15;
    };
    font.setPixelSize(pixels(style));
    font.setBold(style == deploy::TextStyle::Name);
    return font;
}

void paintIcon(QPainter& painter, const QString& name, const QColor& color, const QRectF& box) {
    const qreal scale =
        QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform()) *
        painter.device()->devicePixelRatioF();
    // A few sizes serve every zoom; the nearest larger one is drawn smaller.
    const int width = std::max(8, int(std::ceil(box.width() * scale / 4)) * 4);
    const int height = int(std::ceil(width * box.height() / box.width()));
    const QString key = QStringLiteral("drawing/%1/%2/%3").arg(name, color.name()).arg(width);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = themedIcon(name, color.isValid() ? color : QColor(Qt::black))
                     .pixmap(QSize(width, height), 1.0);
        QPixmapCache::insert(key, pixmap);
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()));
}

void paintPower(QPainter& painter, const DrawingLook& look, const QRectF& box, bool off) {
    if (look.power == PowerButtons::Hidden || !isNear(painter))
        return;
    const QColor color = off ? look.colors().bad : look.colors().ok;
    painter.setPen(QPen(color, 1.4));
    painter.setBrush(look.colors().pane);
    painter.drawEllipse(box);
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(box.adjusted(5, 5.5, -5, -4.5), 130 * 16, 280 * 16);
    painter.drawLine(QPointF(box.center().x(), box.top() + 4), box.center());
}

void paintPill(QPainter& painter, const DrawingLook& look, const QString& shape,
               const QString& word, const QColor& color, const QPointF& right) {
    QFont font = fontOf(deploy::TextStyle::Small);
    font.setPixelSize(11);
    const qreal width = QFontMetricsF(font).horizontalAdvance(word) + 26;
    const QRectF pill(right.x() - width, right.y() - 9, width, 18);
    painter.setPen(QPen(color, 1));
    painter.setBrush(look.colors().pane);
    painter.drawRoundedRect(pill, 9, 9);
    paintIcon(painter, shape, color, QRectF(pill.left() + 6, pill.top() + 3.5, 11, 11));
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(pill.adjusted(20, 0, -4, 0), Qt::AlignVCenter, word);
}

void paintBadge(QPainter& painter, const DrawingLook& look, deploy::Severity severity,
                const QPointF& right) {
    if (severity == deploy::Severity::Note || !isNear(painter))
        return;
    if (severity == deploy::Severity::Error)
        paintPill(painter, look, QStringLiteral("cross"),
                  QCoreApplication::translate("Drawing", "Error"), look.colors().bad, right);
    else
        paintPill(painter, look, QStringLiteral("triangle"),
                  QCoreApplication::translate("Drawing", "Warning"), look.colors().warn, right);
}

TextShape shapeOf(const DrawingLook& look, const deploy::TextBox& text) {
    return {fontOf(text.style), wordsOf(look, text), text.align, rectOf(text.box).size()};
}

void PreparedText::paint(QPainter& painter, const DrawingLook& look) const {
    if (!isNear(painter))
        return;
    if (!shaped_)
        shaped_ = look.shaped.of(shapeOf(look, text_));
    painter.setPen(isMuted(text_.style) ? look.colors().muted : look.colors().ink);
    const QPointF corner(text_.box.x, text_.box.y);
    for (const ShapedRun& run : *shaped_)
        painter.drawGlyphRun(corner + run.at, run.glyphs);
}

}  // namespace wizard
