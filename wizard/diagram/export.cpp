#include "diagram/export.h"

#include <QCoreApplication>
#include <QPainter>
#include <QSaveFile>
#include <QSvgRenderer>
#include <algorithm>

#include "topology/svg.h"

namespace wizard {

namespace {
constexpr double kPictureScale = 2;
/// Of either side: a drawing of many hundred servers is made smaller, not refused.
constexpr double kLargestSide = 16000;
}  // namespace

QImage pictureOf(const deploy::Layout& layout, const deploy::MessageTable& table, double scale) {
    const double side = std::max(layout.size.width, layout.size.height);
    const double used = std::min(scale, kLargestSide / std::max(side, 1.0));
    QImage image(int(layout.size.width * used), int(layout.size.height * used),
                 QImage::Format_RGB32);
    image.fill(Qt::white);
    QSvgRenderer renderer(QByteArray::fromStdString(deploy::writeSvg(layout, table)));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter);
    return image;
}

QString exportDrawing(const deploy::Layout& layout, const deploy::MessageTable& table,
                      const QString& file) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return out.errorString();
    if (file.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        if (!pictureOf(layout, table, kPictureScale).save(&out, "PNG"))
            return QCoreApplication::translate("Drawing", "The picture could not be written.");
    } else {
        const std::string svg = deploy::writeSvg(layout, table);
        if (out.write(svg.data(), qint64(svg.size())) < 0)
            return out.errorString();
    }
    return out.commit() ? QString() : out.errorString();
}

}  // namespace wizard
