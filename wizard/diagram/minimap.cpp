#include "diagram/minimap.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "diagram/topology_view.h"

namespace wizard {

namespace {
constexpr int kWidth = 190;
constexpr int kHeight = 120;
constexpr int kMargin = 12;
}  // namespace

Minimap::Minimap(TopologyView& view) : QWidget(&view), view_(view) {
    setObjectName(QStringLiteral("minimap"));
    setCursor(Qt::PointingHandCursor);
    hide();
}

qreal Minimap::factor() const {
    const QRectF all = view_.sceneRect();
    if (all.isEmpty())
        return 1;
    return std::min(kWidth / all.width(), kHeight / all.height());
}

void Minimap::refresh() {
    picture_ = {};
    place();
    follow();
}

void Minimap::place() {
    const QSizeF size = view_.sceneRect().size() * factor();
    resize(std::max(20, int(size.width())), std::max(20, int(size.height())));
    const QRect area = view_.viewport()->geometry();
    move(area.right() - width() - kMargin, area.bottom() - height() - kMargin);
    raise();
}

void Minimap::follow() {
    const QRectF seen = view_.mapToScene(view_.viewport()->rect()).boundingRect();
    const bool all = seen.adjusted(-2, -2, 2, 2).contains(view_.sceneRect());
    setVisible(!all && !view_.drawing().layout.frames.empty());
    update();
}

void Minimap::drawPicture() {
    const qreal ratio = devicePixelRatioF();
    picture_ = QPixmap(size() * ratio);
    picture_.setDevicePixelRatio(ratio);
    picture_.fill(palette().color(QPalette::AlternateBase));
    QPainter painter(&picture_);
    const QRectF all = view_.sceneRect();
    painter.scale(factor(), factor());
    painter.translate(-all.topLeft());
    QColor frame = palette().color(QPalette::Dark);
    for (const deploy::FrameBox& one : view_.drawing().layout.frames)
        painter.fillRect(rectOf(one.box), frame);
    QColor band = palette().color(QPalette::Link);
    band.setAlphaF(0.25F);
    for (const deploy::BandBox& one : view_.drawing().layout.bands)
        painter.fillRect(rectOf(one.box), band);
}

void Minimap::paintEvent(QPaintEvent*) {
    if (picture_.isNull() || picture_.size() != size() * devicePixelRatioF())
        drawPicture();
    QPainter painter(this);
    painter.drawPixmap(0, 0, picture_);
    const QRectF seen = view_.mapToScene(view_.viewport()->rect()).boundingRect();
    const QRectF all = view_.sceneRect();
    const QRectF box((seen.topLeft() - all.topLeft()) * factor(), seen.size() * factor());
    painter.setPen(QPen(palette().color(QPalette::Link), 1.5));
    painter.drawRect(box.intersected(QRectF(rect()).adjusted(1, 1, -1, -1)));
    painter.setPen(palette().color(QPalette::Dark));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void Minimap::go(const QPointF& position) {
    view_.centerOn(position / factor() + view_.sceneRect().topLeft());
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    go(event->position());
    event->accept();
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if ((event->buttons() & Qt::LeftButton) != 0)
        go(event->position());
}

}  // namespace wizard
