#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "frame/theme.h"

namespace wizard {
namespace {

QString pathOf(const QString& name) {
    return QStringLiteral(":/icons/%1.svg").arg(name);
}

/// Draws the vector at whatever size is asked for, so that no scale shows a stretched pixmap.
/// Reading the vector takes longer than many a whole frame, so each size is drawn once.
class SvgEngine : public QIconEngine {
public:
    SvgEngine(QString name, const QColor& color) : name_(std::move(name)), color_(color) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const qreal scale = painter->device()->devicePixelRatioF() * painter->transform().m11();
        painter->drawPixmap(rect, drawn((QSizeF(rect.size()) * scale).toSize(), mode));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        return drawn(size, mode);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal) override {
        return drawn(size, mode);
    }
    QIconEngine* clone() const override { return new SvgEngine(*this); }

private:
    QPixmap drawn(const QSize& size, QIcon::Mode mode) const {
        const bool faint = mode == QIcon::Disabled;
        const QString key = QStringLiteral("icon/%1/%2/%3x%4/%5")
                                .arg(name_, color_.name())
                                .arg(size.width())
                                .arg(size.height())
                                .arg(int(faint));
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QFile file(pathOf(name_));
        if (!file.open(QIODevice::ReadOnly))
            return pixmap;
        QByteArray svg = file.readAll();
        // The files are drawn in black; only the full form stands alone between quotes.
        svg.replace("\"#000\"", QByteArray("\"") + color_.name().toUtf8() + "\"");
        QSvgRenderer renderer(svg);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&pixmap);
        constexpr qreal kFaint = 0.4;
        painter.setOpacity(faint ? kFaint : 1);
        renderer.render(&painter, QRectF(QPointF(0, 0), size));
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QString name_;
    QColor color_;
};

}  // namespace

QIcon themedIcon(const QString& name, const QColor& color) {
    return QFile::exists(pathOf(name)) ? QIcon(new SvgEngine(name, color)) : QIcon();
}

}  // namespace wizard
