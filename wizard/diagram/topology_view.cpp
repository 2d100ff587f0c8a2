#include "diagram/topology_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "text/convert.h"

namespace wizard {

namespace {
constexpr qreal kSmallest = 0.05;
constexpr qreal kLargest = 4;
constexpr qreal kLargestFit = 1.35;
}  // namespace

TopologyView::TopologyView(const Theme& theme, const Texts& texts, const deploy::Catalog& catalog,
                           QWidget* parent)
    : QGraphicsView(parent), look_{drawing_, failure_, power_, theme, texts, catalog} {
    setObjectName(QStringLiteral("drawing"));
    setScene(new QGraphicsScene(this));
    setRenderHint(QPainter::Antialiasing);
    setTransformationAnchor(AnchorUnderMouse);
    setDragMode(RubberBandDrag);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    connect(scene(), &QGraphicsScene::selectionChanged, this, &TopologyView::selectionChanged);
}

// The scene tells of its items' end when this is a TopologyView no more.
TopologyView::~TopologyView() {
    scene()->disconnect(this);
}

void TopologyView::show(Drawing drawing) {
    const auto kept = selected();
    const bool sameSize = drawing.layout.size == drawing_.layout.size;
    {
        const QSignalBlocker quiet(scene());
        scene()->clear();
        drawing_ = std::move(drawing);
        const deploy::Layout& layout = drawing_.layout;
        for (const auto& group : layout.groups)
            scene()->addItem(new AreaItem(look_, group));
        for (const auto& frame : layout.frames)
            scene()->addItem(new ServerItem(look_, frame));
        for (const auto& area : layout.areas)
            scene()->addItem(new AreaItem(look_, area));
        for (const auto& line : layout.lines)
            scene()->addItem(new LineItem(look_, line));
        for (const auto& band : layout.bands)
            scene()->addItem(new BandItem(look_, band));
        for (const auto& cell : layout.cells)
            scene()->addItem(new CellItem(look_, cell));
        for (const auto& service : layout.services)
            scene()->addItem(new ServiceItem(look_, service));
        for (const auto& text : layout.texts)
            scene()->addItem(new TextItem(look_, text));
        scene()->setSceneRect(rectOf(layout.size).adjusted(-14, -14, 14, 14));
    }
    select(kept);
    if (fitted_ || !sameSize)
        fit();
}

std::vector<deploy::HostId> TopologyView::selected() const {
    std::vector<deploy::HostId> hosts;
    for (const QGraphicsItem* item : scene()->selectedItems())
        if (const auto* server = qgraphicsitem_cast<const ServerItem*>(item))
            hosts.push_back(server->host());
    std::sort(hosts.begin(), hosts.end());
    return hosts;
}

void TopologyView::select(const std::vector<deploy::HostId>& hosts) {
    for (QGraphicsItem* item : scene()->items())
        if (auto* server = qgraphicsitem_cast<ServerItem*>(item)) {
            const bool wanted =
                std::find(hosts.begin(), hosts.end(), server->host()) != hosts.end();
            server->setSelected(wanted);
            if (wanted && !fitted_)
                ensureVisible(server);
        }
}

void TopologyView::fit() {
    fitted_ = true;
    if (scene()->items().isEmpty())
        return;
    fitInView(scene()->sceneRect(), Qt::KeepAspectRatio);
    // A small drawing is not blown up beyond what reads well.
    if (transform().m11() > kLargestFit)
        setTransform(QTransform::fromScale(kLargestFit, kLargestFit));
}

void TopologyView::showFailure(FailureShown failure) {
    if (failure == failure_)
        return;
    failure_ = std::move(failure);
    scene()->update();
}

void TopologyView::setPowerButtons(PowerButtons buttons) {
    power_ = buttons;
    scene()->update();
}

void TopologyView::mousePressEvent(QMouseEvent* event) {
    if (power_ == PowerButtons::Shown && event->button() == Qt::LeftButton)
        for (const QGraphicsItem* item : items(event->pos())) {
            const QPointF at = mapToScene(event->pos());
            if (const auto* server = qgraphicsitem_cast<const ServerItem*>(item);
                server && server->powerRect().contains(at)) {
                Q_EMIT powerPressed(server->host());
                return;
            }
            if (const auto* area = qgraphicsitem_cast<const AreaItem*>(item);
                area && area->powerRect().contains(at)) {
                Q_EMIT datacenterPowerPressed(area->datacenter());
                return;
            }
        }
    QGraphicsView::mousePressEvent(event);
}

void TopologyView::zoom(qreal factor) {
    const qreal next = std::clamp(transform().m11() * factor, kSmallest, kLargest);
    fitted_ = false;
    const qreal change = next / transform().m11();
    scale(change, change);
}

void TopologyView::wheelEvent(QWheelEvent* event) {
    zoom(std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void TopologyView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoom(1.2);
            return;
        case Qt::Key_Minus:
            zoom(1 / 1.2);
            return;
        case Qt::Key_0:
            fit();
            return;
        case Qt::Key_Left:
            step(-1);
            return;
        case Qt::Key_Right:
            step(1);
            return;
        default:
            QGraphicsView::keyPressEvent(event);
    }
}

void TopologyView::step(int by) {
    const auto& frames = drawing_.layout.frames;
    if (frames.empty())
        return;
    const auto now = selected();
    int at = by > 0 ? -1 : int(frames.size());
    for (size_t i = 0; i < frames.size(); ++i)
        if (!now.empty() && frames[i].host == now.front())
            at = int(i);
    select({frames[size_t(std::clamp(at + by, 0, int(frames.size()) - 1))].host});
}

void TopologyView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    if (fitted_)
        fit();
}

}  // namespace wizard
