#include "models/run_delegate.h"

#include <QPainter>

#include "models/run_model.h"
#include "text/words.h"

namespace wizard {

void RunDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    QStyledItemDelegate::paint(painter, option, index);
    const auto* model = qobject_cast<const RunModel*>(index.model());
    if (model == nullptr || index.column() == 0)
        return;
    const RunModel::Cell cell = model->cellAt(index);
    if (cell.steps == 0)
        return;
    const Colors& c = theme_.colors();
    const QRect box = option.rect.adjusted(8, 0, -12, 0);
    const QRect icon(box.left(), box.center().y() - 7, 15, 15);
    QColor color = c.muted;
    if (cell.status == deploy::StepStatus::Failed)
        color = c.bad;
    else if (cell.status == deploy::StepStatus::Unknown)
        color = c.warn;
    else if (cell.done == cell.steps)
        color = c.ok;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (cell.status == deploy::StepStatus::Running) {
        const QRectF track(box.left(), box.center().y() - 3, std::min(box.width(), 150), 6);
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.line);
        painter->drawRoundedRect(track, 3, 3);
        QRectF filled = track;
        filled.setWidth(std::max(6.0, track.width() * cell.fraction));
        painter->setBrush(cell.stalled || cell.slow ? c.warn : c.accent);
        painter->drawRoundedRect(filled, 3, 3);
        if (cell.stalled || cell.slow)
            themedIcon(QStringLiteral("triangle"), c.warn)
                .paint(painter, icon.translated(int(track.width()) + 4, 0));
    } else {
        themedIcon(shapeOf(cell.status), color).paint(painter, icon);
        if (cell.status == deploy::StepStatus::Failed ||
            cell.status == deploy::StepStatus::Unknown) {
            painter->setPen(color);
            painter->drawText(box.adjusted(20, 0, 0, 0), Qt::AlignVCenter, wordOf(cell.status));
        }
    }
    painter->restore();
}

}  // namespace wizard
