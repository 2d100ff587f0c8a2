#include "report/drawing_object.h"

#include <QPainter>
#include <QSvgRenderer>
#include <QTextCharFormat>
#include <QTextDocument>

namespace wizard {

namespace {
constexpr int kSvg = QTextFormat::UserProperty + 1;
/// Of the text's width; the rest is the frame around it.
constexpr qreal kWidth = 0.94;
constexpr qreal kTallestPage = 0.6;
}  // namespace

QTextCharFormat DrawingObject::formatOf(const QString& svg) {
    QTextCharFormat format;
    format.setObjectType(kType);
    format.setProperty(kSvg, svg.toUtf8());
    return format;
}

QSizeF DrawingObject::intrinsicSize(QTextDocument* document, int, const QTextFormat& format) {
    QSvgRenderer renderer(format.property(kSvg).toByteArray());
    const QSizeF size = renderer.viewBoxF().size();
    const QSizeF page = document->pageSize();
    const qreal width = page.width() > 0 ? page.width() : document->textWidth();
    const QSizeF room(kWidth * (width - 2 * document->documentMargin()),
                      page.height() > 0 ? kTallestPage * page.height() : 1e6);
    return size.isEmpty() ? QSizeF() : size.scaled(room, Qt::KeepAspectRatio);
}

void DrawingObject::drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int,
                               const QTextFormat& format) {
    QSvgRenderer renderer(format.property(kSvg).toByteArray());
    renderer.render(painter, rect);
}

}  // namespace wizard
