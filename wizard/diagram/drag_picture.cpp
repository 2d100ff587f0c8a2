#include "diagram/drag_picture.h"

#include <QApplication>
#include <QPainter>

#include "diagram/drawing.h"
#include "text/convert.h"

namespace wizard {

namespace {

struct Tile {
    QString text;
    QColor color;
};

std::vector<Tile> tilesOf(const Load& load, const Theme& theme, const Texts& texts,
                          const deploy::Catalog& catalog) {
    std::vector<Tile> tiles;
    for (const deploy::Chip& chip : load.chips) {
        const deploy::Role* role = catalog.role(chip.role);
        tiles.push_back({roleName(texts, chip.role),
                         bandColor(theme.appearance(), role ? toQt(role->color) : QString())});
    }
    for (const deploy::HostId& host : load.servers)
        tiles.push_back({toQt(host), theme.colors().pane});
    constexpr size_t kMost = 4;
    if (tiles.size() > kMost) {
        const size_t more = tiles.size() - kMost + 1;
        tiles.resize(kMost - 1);
        tiles.push_back({QStringLiteral("+%1").arg(more), theme.colors().field});
    }
    return tiles;
}

}  // namespace

QPixmap dragPicture(const Load& load, const Theme& theme, const Texts& texts,
                    const deploy::Catalog& catalog, qreal pixelRatio) {
    constexpr int kHeight = 28;
    constexpr int kStep = 32;
    const auto tiles = tilesOf(load, theme, texts, catalog);
    const QFontMetrics metrics(QApplication::font());
    int width = 60;
    for (const Tile& tile : tiles)
        width = std::max(width, metrics.horizontalAdvance(tile.text) + 24);
    QPixmap picture(QSize(width + 2, int(tiles.size()) * kStep) * pixelRatio);
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(0.92);
    for (size_t i = 0; i < tiles.size(); ++i) {
        const QRectF box(1, 1 + double(i) * kStep, width, kHeight);
        painter.setPen(QPen(theme.colors().accent, 1.4));
        painter.setBrush(tiles[i].color);
        painter.drawRoundedRect(box, 6, 6);
        painter.setPen(theme.colors().ink);
        painter.drawText(box, Qt::AlignCenter, tiles[i].text);
    }
    return picture;
}

}  // namespace wizard
