#include "pages/step_graph_view.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "text/convert.h"
#include "text/words.h"

namespace wizard {

namespace {

constexpr QSize kBox{232, 28};
constexpr QSize kCell{268, 38};
constexpr int kLaneName = 108;  ///< stays at the left while the rest scrolls
constexpr int kMargin = 10;

QColor colorOf(deploy::StepStatus status, const Colors& colors) {
    switch (status) {
        case deploy::StepStatus::Succeeded:
        case deploy::StepStatus::Skipped:
            return colors.ok;
        case deploy::StepStatus::Running:
            return colors.accent;
        case deploy::StepStatus::Failed:
            return colors.bad;
        case deploy::StepStatus::Unknown:
            return colors.warn;
        case deploy::StepStatus::Waiting:
            break;
    }
    return colors.control;
}

}  // namespace

StepGraphView::StepGraphView(const RunModel& model, const Theme& theme, const Texts& texts,
                             QWidget* parent)
    : QAbstractScrollArea(parent), model_(model), theme_(theme), texts_(texts) {
    setObjectName(QStringLiteral("stepGraph"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(150);
    connect(&model_, &QAbstractItemModel::modelReset, this, &StepGraphView::layOut);
    connect(&model_, &QAbstractItemModel::dataChanged, viewport(), qOverload<>(&QWidget::update));
    layOut();
}

void StepGraphView::layOut() {
    const deploy::StepId kept = current();
    graph_ = stepGraphOf(model_.plan());
    current_ = graph_.places.empty() ? -1 : 0;
    show(kept);
    resizeEvent(nullptr);
    viewport()->update();
}

void StepGraphView::resizeEvent(QResizeEvent*) {
    const QSize all(kLaneName + graph_.columns * kCell.width() + kMargin,
                    graph_.rows * kCell.height() + 2 * kMargin);
    for (auto [bar, whole, seen, step] :
         {std::tuple{horizontalScrollBar(), all.width(), viewport()->width(), kCell.width() / 2},
          std::tuple{verticalScrollBar(), all.height(), viewport()->height(), kCell.height()}}) {
        bar->setRange(0, std::max(0, whole - seen));
        bar->setPageStep(seen);
        bar->setSingleStep(step);
    }
}

QRect StepGraphView::boxOf(size_t step) const {
    const StepGraph::Place& place = graph_.places[step];
    return {QPoint(kLaneName + place.column * kCell.width() - horizontalScrollBar()->value(),
                   kMargin + place.row * kCell.height() - verticalScrollBar()->value()),
            kBox};
}

QRect StepGraphView::rectOf(const deploy::StepId& step) const {
    for (size_t i = 0; i < graph_.places.size(); ++i)
        if (model_.plan().steps[i].id == step)
            return boxOf(i);
    return {};
}

deploy::StepId StepGraphView::current() const {
    return current_ >= 0 && size_t(current_) < model_.plan().steps.size()
               ? model_.plan().steps[size_t(current_)].id
               : deploy::StepId();
}

void StepGraphView::show(const deploy::StepId& step) {
    for (size_t i = 0; i < graph_.places.size(); ++i)
        if (model_.plan().steps[i].id == step)
            setCurrent(int(i));
}

void StepGraphView::setCurrent(int step) {
    if (step < 0)
        return;
    current_ = step;
    const QRect box = boxOf(size_t(step)).adjusted(-kMargin, -kMargin, kMargin, kMargin);
    const QRect seen = viewport()->rect().adjusted(kLaneName, 0, 0, 0);
    const auto follow = [](QScrollBar* bar, int first, int last, int from, int to) {
        if (first < from)
            bar->setValue(bar->value() + first - from);
        else if (last > to)
            bar->setValue(bar->value() + last - to);
    };
    follow(horizontalScrollBar(), box.left(), box.right(), seen.left(), seen.right());
    follow(verticalScrollBar(), box.top(), box.bottom(), seen.top(), seen.bottom());
    setAccessibleDescription(wordsOf(size_t(step)));
    viewport()->update();
}

/// What a screen reader and the tip say of a step.
QString StepGraphView::wordsOf(size_t step) const {
    const deploy::Step& one = model_.plan().steps[step];
    QStringList needs;
    for (const deploy::StepId& need : one.needs)
        if (const deploy::Step* before = model_.plan().find(need))
            needs << joined({before->host == one.host ? QString() : toQt(before->host),
                             stepTitle(*before, texts_)});
    const QString line = joined(
        {toQt(one.host), stepTitle(one, texts_), wordOf(model_.state().step(one.id).status)});
    return needs.isEmpty()
               ? line
               : line + QLatin1Char('\n') + tr("Needs: %1").arg(needs.join(QStringLiteral("; ")));
}

int StepGraphView::stepAt(const QPoint& position) const {
    if (position.x() < kLaneName)
        return -1;
    for (size_t i = 0; i < graph_.places.size(); ++i)
        if (boxOf(i).contains(position))
            return int(i);
    return -1;
}

void StepGraphView::mousePressEvent(QMouseEvent* event) {
    const int step = stepAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || step < 0)
        return;
    setCurrent(step);
    Q_EMIT picked(current());
}

/// The nearest step in the next row up or down that has any.
int StepGraphView::beside(int rows) const {
    const StepGraph::Place& here = graph_.places[size_t(current_)];
    int best = -1;
    const auto distance = [&](const StepGraph::Place& place) {
        return std::pair((place.row - here.row) * rows, std::abs(place.column - here.column));
    };
    for (size_t i = 0; i < graph_.places.size(); ++i) {
        const auto [down, aside] = distance(graph_.places[i]);
        if (down > 0 &&
            (best < 0 || std::pair(down, aside) < distance(graph_.places[size_t(best)])))
            best = int(i);
    }
    return best;
}

/// A step that needs the current one, or one that it needs; of several the one that is nearest.
int StepGraphView::along(bool forward) const {
    const StepGraph::Place& here = graph_.places[size_t(current_)];
    int best = -1;
    const auto distance = [&](int step) {
        const StepGraph::Place& place = graph_.places[size_t(step)];
        return std::pair(std::abs(place.row - here.row), std::abs(place.column - here.column));
    };
    for (const auto& [need, step] : graph_.edges) {
        const int here2 = int(forward ? need : step);
        const int there = int(forward ? step : need);
        if (here2 == current_ && (best < 0 || distance(there) < distance(best)))
            best = there;
    }
    return best;
}

void StepGraphView::keyPressEvent(QKeyEvent* event) {
    if (current_ < 0)
        return QAbstractScrollArea::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_Left:
            return setCurrent(along(false));
        case Qt::Key_Right:
            return setCurrent(along(true));
        case Qt::Key_Up:
            return setCurrent(beside(-1));
        case Qt::Key_Down:
            return setCurrent(beside(1));
        case Qt::Key_Home:
            return setCurrent(0);
        case Qt::Key_End:
            return setCurrent(int(graph_.places.size()) - 1);
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            Q_EMIT picked(current());
            return;
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

void StepGraphView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

bool StepGraphView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int step = stepAt(help->pos());
        if (step < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), wordsOf(size_t(step)), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void StepGraphView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(viewport()->rect(), theme_.colors().pane);
    paintEdges(painter);
    const QRect seen = viewport()->rect();
    for (size_t i = 0; i < graph_.places.size(); ++i)
        if (boxOf(i).intersects(seen))
            paintStep(painter, i);
    paintLanes(painter);
}

void StepGraphView::paintLanes(QPainter& painter) const {
    const Colors& c = theme_.colors();
    painter.fillRect(0, 0, kLaneName - kMargin, viewport()->height(), c.pane);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    for (const StepGraph::Lane& lane : graph_.lanes) {
        const int top =
            kMargin + lane.firstRow * kCell.height() - verticalScrollBar()->value() - kMargin / 2;
        if (top > viewport()->height() || top + lane.rows * kCell.height() < 0)
            continue;
        if (lane.firstRow > 0) {
            painter.setPen(c.line);
            painter.drawLine(0, top, viewport()->width(), top);
        }
        painter.setPen(c.ink);
        const QRect name(4, top + kMargin / 2, kLaneName - kMargin - 8, kBox.height());
        painter.drawText(
            name, Qt::AlignVCenter,
            painter.fontMetrics().elidedText(toQt(lane.host), Qt::ElideMiddle, name.width()));
    }
}

void StepGraphView::paintEdges(QPainter& painter) const {
    const Colors& c = theme_.colors();
    const QRect seen = viewport()->rect();
    const auto draw = [&](size_t need, size_t step, const QPen& pen) {
        const QRect from = boxOf(need);
        const QRect to = boxOf(step);
        if (!from.united(to).intersects(seen))
            return;
        const QPointF a(from.right(), from.center().y());
        const QPointF b(to.left(), to.center().y());
        const qreal bend = std::max(18.0, (b.x() - a.x()) / 3);
        QPainterPath line(a);
        line.cubicTo(a + QPointF(bend, 0), b - QPointF(bend, 0), b);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(line);
    };
    const auto ofCurrent = [this](const std::pair<size_t, size_t>& edge) {
        return int(edge.first) == current_ || int(edge.second) == current_;
    };
    for (const auto& edge : graph_.edges)
        if (!ofCurrent(edge))
            draw(edge.first, edge.second, QPen(c.line, 1.2));
    for (const auto& edge : graph_.edges)
        if (ofCurrent(edge))
            draw(edge.first, edge.second, QPen(c.accent, 1.8));
}

void StepGraphView::paintStep(QPainter& painter, size_t step) const {
    const Colors& c = theme_.colors();
    const deploy::Step& one = model_.plan().steps[step];
    const deploy::StepStatus status = model_.state().step(one.id).status;
    const QColor color = colorOf(status, c);
    const QRect box = boxOf(step);
    const bool chosen = int(step) == current_;
    if (chosen && hasFocus()) {
        painter.setPen(QPen(c.accent, 1.6, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(box).adjusted(-3, -3, 3, 3), 7, 7);
    }
    painter.setPen(QPen(color, chosen ? 2.4 : 1.4));
    painter.setBrush(chosen                                  ? c.accentSoft
                     : status == deploy::StepStatus::Waiting ? c.pane
                                                             : c.field);
    painter.drawRoundedRect(box, 5, 5);
    themedIcon(shapeOf(status), color)
        .paint(&painter, QRect(box.left() + 7, box.top() + 7, 14, 14));
    painter.setPen(status == deploy::StepStatus::Waiting && !chosen ? c.muted : c.ink);
    painter.setFont(font());
    const QRect text = box.adjusted(27, 0, -6, 0);
    painter.drawText(
        text, Qt::AlignVCenter,
        painter.fontMetrics().elidedText(stepTitle(one, texts_), Qt::ElideRight, text.width()));
}

}  // namespace wizard
