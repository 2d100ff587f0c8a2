#include "pages/palette_chip.h"

#include <QApplication>
#include <QDrag>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>

#include "diagram/drag_picture.h"
#include "diagram/drawing.h"
#include "pages/parts.h"
#include "text/convert.h"

namespace wizard {

PaletteChip::PaletteChip(const deploy::RoleId& role, TopologyEdits& edits, const Theme& theme,
                         const Texts& texts, QWidget* parent)
    : QPushButton(parent),
      role_(role),
      edits_(edits),
      theme_(theme),
      texts_(texts),
      name_(new QLabel),
      amount_(makeLabel("muted")) {
    setObjectName(QStringLiteral("role_") + toQt(role));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(9, 0, 8, 0);
    row->setSpacing(4);
    amount_->setWordWrap(false);
    name_->setMinimumWidth(10);
    for (QLabel* part : {name_, amount_})
        part->setAttribute(Qt::WA_TransparentForMouseEvents);
    row->addWidget(name_, 1);
    row->addWidget(amount_);
}

QSize PaletteChip::sizeHint() const {
    return {160, 34};
}

void PaletteChip::resizeEvent(QResizeEvent* event) {
    QPushButton::resizeEvent(event);
    fitName();
}

void PaletteChip::fitName() {
    layout()->activate();
    name_->setText(
        name_->fontMetrics().elidedText(roleName(texts_, role_), Qt::ElideRight, name_->width()));
}

void PaletteChip::show(size_t placed, const QString& needed, bool satisfied) {
    const QString name = roleName(texts_, role_);
    amount_->setText((satisfied ? QStringLiteral("%1 / %2") : QStringLiteral("! %1 / %2"))
                         .arg(placed)
                         .arg(needed));
    setAccessibleName(tr("%1: %2 placed of %3").arg(name).arg(placed).arg(needed));
    setToolTip(texts_.text("role." + role_.str() + ".about") + QLatin1Char('\n') +
               tr("Drag it to a server, or press it and choose one."));
    const deploy::Role* role = edits_.draft().product().catalog.role(role_);
    const QColor color = bandColor(theme_.appearance(), role ? toQt(role->color) : QString());
    setStyleSheet(QStringLiteral("QPushButton { background: %1; }"
                                 "QLabel { background: transparent; font-size: 13px; }")
                      .arg(color.name()));
    fitName();
}

void PaletteChip::mousePressEvent(QMouseEvent* event) {
    pressed_ = event->pos();
    QPushButton::mousePressEvent(event);
}

void PaletteChip::mouseMoveEvent(QMouseEvent* event) {
    const bool far =
        (event->pos() - pressed_).manhattanLength() >= QApplication::startDragDistance();
    if ((event->buttons() & Qt::LeftButton) == 0 || !far || !edits_.editable()) {
        QPushButton::mouseMoveEvent(event);
        return;
    }
    setDown(false);
    auto* drag = new QDrag(this);
    drag->setMimeData(toMime(load()));
    drag->setPixmap(
        dragPicture(load(), theme_, texts_, edits_.draft().product().catalog, devicePixelRatioF()));
    drag->setHotSpot({-10, -10});
    drag->exec(Qt::MoveAction | Qt::CopyAction, Qt::MoveAction);
}

}  // namespace wizard
