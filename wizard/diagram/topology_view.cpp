#include "diagram/topology_view.h"

#include <QElapsedTimer>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "diagram/accessible_drawing.h"
#include "diagram/minimap.h"
#include "text/convert.h"

namespace wizard {

namespace {
constexpr qreal kSmallest = 0.03;
constexpr qreal kLargest = 4;
constexpr qreal kLargestFit = 1.35;
constexpr size_t kMostThatGlide = 60;
constexpr int kGlideMs = 220;
constexpr qint64 kSliceMs = 4;
constexpr int kBetweenSlicesMs = 20;
}  // namespace

TopologyView::TopologyView(TopologyEdits& edits, const Theme& theme, const Texts& texts,
                           QWidget* parent)
    : QGraphicsView(parent),
      edits_(edits),
      look_{drawing_, failure_, power_, carry_,
            cursor_,  theme,    texts,  edits.draft().product().catalog,
            shaped_},
      hint_(new QLabel(viewport())),
      minimap_(new Minimap(*this)) {
    setObjectName(QStringLiteral("drawing"));
    makeDrawingsAccessible();
    auto* scene = new QGraphicsScene(this);
    // A drop lays everything out anew: an index would be built more often than it is asked.
    scene->setItemIndexMethod(QGraphicsScene::NoIndex);
    setScene(scene);
    setRenderHint(QPainter::Antialiasing);
    setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
    setViewportUpdateMode(MinimalViewportUpdate);
    setTransformationAnchor(NoAnchor);
    setDragMode(RubberBandDrag);
    setRubberBandSelectionMode(Qt::ContainsItemShape);
    setAcceptDrops(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    hint_->setObjectName(QStringLiteral("dragHint"));
    hint_->setTextFormat(Qt::PlainText);
    hint_->setAttribute(Qt::WA_TransparentForMouseEvents);
    hint_->hide();
    connect(scene, &QGraphicsScene::selectionChanged, this, &TopologyView::selectionChanged);
    // Edits are drawn first.
    idle_.setInterval(kBetweenSlicesMs);
    connect(&idle_, &QTimer::timeout, this, &TopologyView::shapeAhead);
}

// The scene tells of its items' end when this is a TopologyView no more.
TopologyView::~TopologyView() {
    scene()->disconnect(this);
}

void TopologyView::show(Drawing drawing, Change change) {
    if (drawing.layout == drawing_.layout && drawing.roleTips == drawing_.roleTips) {
        showMarks(std::move(drawing));
        return;
    }
    const auto kept = selected();
    const auto keptChips = selectedChips();
    const bool sameSize = drawing.layout.size == drawing_.layout.size;
    std::map<deploy::HostId, QPointF> before;
    for (const deploy::FrameBox& frame : drawing_.layout.frames)
        before.emplace(frame.host, QPointF(frame.box.x, frame.box.y));
    if (glide_ != nullptr)
        glide_->stop();
    {
        const QSignalBlocker quiet(scene());
        scene()->clear();
        drawing_ = std::move(drawing);
        fillScene();
    }
    select(kept);
    for (QGraphicsItem* item : scene()->items())
        if (const auto* cell = qgraphicsitem_cast<const CellItem*>(item))
            item->setSelected(std::find(keptChips.begin(), keptChips.end(),
                                        deploy::Chip{cell->role(), cell->host()}) !=
                              keptChips.end());
    if (fitted_ || !sameSize)
        fit();
    if (change == Change::Animated && drawing_.layout.frames.size() <= kMostThatGlide)
        glide(before);
    minimap_->refresh();
}

void TopologyView::showMarks(Drawing drawing) {
    drawing_ = std::move(drawing);
    for (QGraphicsItem* item : scene()->items())
        if (auto* server = qgraphicsitem_cast<ServerItem*>(item))
            server->takeTip();
    scene()->update();
    minimap_->refresh();
}

void TopologyView::fillScene() {
    const deploy::Layout& layout = drawing_.layout;
    const auto addAll = [this]<class Item, class Box>(const std::vector<Box>& boxes,
                                                      std::in_place_type_t<Item>) {
        for (const Box& box : boxes)
            scene()->addItem(new Item(look_, box));
    };
    addAll(layout.groups, std::in_place_type<AreaItem>);
    addAll(layout.places, std::in_place_type<SlotItem>);
    addAll(layout.frames, std::in_place_type<ServerItem>);
    addAll(layout.areas, std::in_place_type<AreaItem>);
    addAll(layout.lines, std::in_place_type<LineItem>);
    addAll(layout.bands, std::in_place_type<BandItem>);
    addAll(layout.cells, std::in_place_type<CellItem>);
    addAll(layout.services, std::in_place_type<ServiceItem>);
    addAll(layout.texts, std::in_place_type<TextItem>);
    scene()->setSceneRect(rectOf(layout.size).adjusted(-14, -14, 14, 14));
    shapedAhead_ = 0;
    idle_.start();
}

void TopologyView::shapeAhead() {
    const auto& frames = drawing_.layout.frames;
    const auto& cells = drawing_.layout.cells;
    const auto shape = [this](const deploy::TextBox& text) { shaped_.of(shapeOf(look_, text)); };
    QElapsedTimer spent;
    spent.start();
    for (; shapedAhead_ < frames.size() + cells.size(); ++shapedAhead_) {
        if (spent.elapsed() >= kSliceMs)
            return;
        if (shapedAhead_ < frames.size()) {
            shape(frames[shapedAhead_].name);
            shape(frames[shapedAhead_].address);
        } else {
            const deploy::CellBox& cell = cells[shapedAhead_ - frames.size()];
            shape(cell.heading);
            shape(cell.label);
        }
    }
    idle_.stop();
}

void TopologyView::glide(const std::map<deploy::HostId, QPointF>& before) {
    struct Glider {
        QGraphicsItem* item;
        QPointF from;
    };
    std::vector<Glider> gliders;
    for (QGraphicsItem* item : scene()->items()) {
        const auto* server = qgraphicsitem_cast<const ServerItem*>(item);
        const auto* cell = qgraphicsitem_cast<const CellItem*>(item);
        if (server == nullptr && cell == nullptr)
            continue;
        const deploy::HostId host = server != nullptr ? server->host() : cell->host();
        const deploy::FrameBox* frame = deploy::frameOf(drawing_.layout, host);
        const auto old = before.find(host);
        if (frame == nullptr || old == before.end())
            continue;
        const QPointF from = old->second - QPointF(frame->box.x, frame->box.y);
        if (!from.isNull())
            gliders.push_back({item, from});
    }
    if (gliders.empty())
        return;
    auto* animation = new QVariantAnimation(this);
    animation->setDuration(kGlideMs);
    animation->setStartValue(1.0);
    animation->setEndValue(0.0);
    animation->setEasingCurve(QEasingCurve::OutCubic);
    // The items may be gone before the glide ends: the scene's next filling ends it.
    connect(animation, &QVariantAnimation::valueChanged, scene(), [gliders](const QVariant& left) {
        for (const Glider& glider : gliders)
            glider.item->setPos(glider.from * left.toDouble());
    });
    glide_ = animation;
    animation->start(QAbstractAnimation::DeleteWhenStopped);
}

std::vector<deploy::HostId> TopologyView::selected() const {
    std::vector<deploy::HostId> hosts;
    for (const QGraphicsItem* item : scene()->selectedItems())
        if (const auto* server = qgraphicsitem_cast<const ServerItem*>(item))
            hosts.push_back(server->host());
    std::sort(hosts.begin(), hosts.end());
    return hosts;
}

std::vector<deploy::Chip> TopologyView::selectedChips() const {
    std::vector<deploy::Chip> chips;
    for (const QGraphicsItem* item : scene()->selectedItems())
        if (const auto* cell = qgraphicsitem_cast<const CellItem*>(item))
            chips.push_back({cell->role(), cell->host()});
    std::sort(chips.begin(), chips.end(), [](const deploy::Chip& a, const deploy::Chip& b) {
        return std::tie(a.from, a.role) < std::tie(b.from, b.role);
    });
    return chips;
}

void TopologyView::select(const std::vector<deploy::HostId>& hosts) {
    for (QGraphicsItem* item : scene()->items()) {
        const auto* server = qgraphicsitem_cast<const ServerItem*>(item);
        item->setSelected(server != nullptr &&
                          std::find(hosts.begin(), hosts.end(), server->host()) != hosts.end());
    }
}

void TopologyView::selectChips(const std::vector<deploy::Chip>& chips) {
    for (QGraphicsItem* item : scene()->items()) {
        const auto* cell = qgraphicsitem_cast<const CellItem*>(item);
        item->setSelected(cell != nullptr &&
                          std::find(chips.begin(), chips.end(),
                                    deploy::Chip{cell->role(), cell->host()}) != chips.end());
    }
}

void TopologyView::find(const std::vector<deploy::HostId>& hosts) {
    select(hosts);
    if (hosts.empty())
        return;
    if (const deploy::FrameBox* frame = deploy::frameOf(drawing_.layout, hosts.front())) {
        setCursorTo({frame->host, {}});
        // A server that is too small to read is brought near.
        if (transform().m11() < kNearScale)
            zoom(0.8 / transform().m11());
        if (!fitted_)
            centerOn(rectOf(frame->box).center());
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
    minimap_->follow();
}

void TopologyView::zoom(qreal factor) {
    zoomAt(factor, viewport()->rect().center());
}

void TopologyView::zoomAt(qreal factor, const QPoint& fixed) {
    const qreal next = std::clamp(transform().m11() * factor, kSmallest, kLargest);
    const QPointF under = mapToScene(fixed);
    fitted_ = false;
    setTransform(QTransform::fromScale(next, next));
    const QPoint moved = mapFromScene(under) - fixed;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + moved.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + moved.y());
    minimap_->follow();
}

void TopologyView::wheelEvent(QWheelEvent* event) {
    zoomAt(std::pow(1.0015, event->angleDelta().y()), event->position().toPoint());
    event->accept();
}

void TopologyView::scrollContentsBy(int dx, int dy) {
    QGraphicsView::scrollContentsBy(dx, dy);
    minimap_->follow();
}

void TopologyView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    if (fitted_)
        fit();
    minimap_->place();
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

}  // namespace wizard
