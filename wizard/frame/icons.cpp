#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include "frame/theme.h"

namespace wizard {
namespace {

/// Draws the vector at whatever size is asked for, so that no scale shows a stretched pixmap.
class SvgEngine : public QIconEngine {
public:
    explicit SvgEngine(QByteArray svg) : svg_(std::move(svg)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QSvgRenderer renderer(svg_);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        const qreal before = painter->opacity();
        if (mode == QIcon::Disabled)
            painter->setOpacity(before * 0.4);
        renderer.render(painter, rect);
        painter->setOpacity(before);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override {
        return pixmap(size, mode, state);
    }
    QIconEngine* clone() const override { return new SvgEngine(*this); }

private:
    QByteArray svg_;
};

}  // namespace

QIcon themedIcon(const QString& name, const QColor& color) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    // The files are drawn in black; only the full form stands alone between quotes.
    svg.replace("\"#000\"", QByteArray("\"") + color.name().toUtf8() + "\"");
    return QIcon(new SvgEngine(std::move(svg)));
}

}  // namespace wizard
