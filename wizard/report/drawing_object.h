#pragma once

#include <QObject>
#include <QTextFormat>
#include <QTextObjectInterface>

namespace wizard {

/// A drawing (SVG) inside a text document, as wide as the text, and drawn as vectors.
class DrawingObject : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)
public:
    static constexpr int kType = QTextFormat::UserObject + 1;
    using QObject::QObject;

    static QTextCharFormat formatOf(const QString& svg);
    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int position,
                    const QTextFormat& format) override;
};

}  // namespace wizard
