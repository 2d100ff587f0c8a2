#include <QCoreApplication>
#include <algorithm>

#include "diagram/items.h"
#include "text/convert.h"

namespace wizard {

namespace {

constexpr qreal kGlyphGap = 9;

QString gaugeName(size_t index) {
    switch (index) {
        case 0:
            return QCoreApplication::translate("Drawing", "CPU");
        case 1:
            return QCoreApplication::translate("Drawing", "RAM");
        default:
            break;
    }
    return QCoreApplication::translate("Drawing", "Disk");
}

}  // namespace

ServerItem::ServerItem(const DrawingLook& look, const deploy::FrameBox& frame)
    : LaidOutItem(look, rectOf(frame.box), 0),
      frame_(frame),
      name_(frame.name),
      address_(frame.address) {
    setFlag(ItemIsSelectable);
    setAcceptedMouseButtons(Qt::LeftButton);
    takeTip();
}

void ServerItem::takeTip() {
    if (const auto tip = look_.drawing.tips.find(host()); tip != look_.drawing.tips.end())
        setToolTip(tip->second);
}

QRectF ServerItem::boundingRect() const {
    return box_.united(rectOf(frame_.glyph)).adjusted(-8, -8, 8, 8);
}

QRectF ServerItem::powerRect() const {
    return inTray() ? QRectF() : QRectF(box_.right() - 32, box_.top() + 14, 20, 20);
}

QPen ServerItem::edge() const {
    const Colors& c = look_.colors();
    const CarryShown& carry = look_.carry;
    if (carry.active && carry.over == frame_.host)
        return {carry.legal ? c.ok : c.bad, 3};
    if (down())
        return {c.bad, 1.8, Qt::DashLine};
    if (carry.active && carry.targets.contains(frame_.host))
        return {c.accent, 2.4};
    if (isSelected())
        return {c.accent, 2.6};
    const bool faint = frame_.stand == deploy::Stand::Ops || inTray();
    return {faint ? c.control : c.frame, 1.6,
            frame_.assigned || inTray() ? Qt::SolidLine : Qt::DashLine};
}

QBrush ServerItem::ground() const {
    const Colors& c = look_.colors();
    const CarryShown& carry = look_.carry;
    const bool glows = carry.active && (carry.targets.contains(frame_.host) ||
                                        (carry.over == frame_.host && carry.legal));
    if (glows)
        return c.accentSoft;
    return inTray() ? c.field : c.pane;
}

void ServerItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const QPen pen = edge();
    if (!isNear(*painter)) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->fillRect(box_, pen.color());
        const qreal thick = 7;
        painter->fillRect(box_.adjusted(thick, thick, -thick, -thick), ground());
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing);
    const bool glows = look_.carry.active && look_.carry.targets.contains(frame_.host);
    if (glows) {
        QColor halo = look_.colors().accent;
        halo.setAlphaF(0.25F);
        painter->setPen(QPen(halo, 9));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(box_, 6, 6);
    }
    painter->setPen(pen);
    painter->setBrush(ground());
    painter->drawRoundedRect(box_, 5, 5);
    const QRectF glyph = rectOf(frame_.glyph);
    // The glyph interrupts the frame's upper edge.
    if (!inTray())
        painter->fillRect(
            QRectF(glyph.left() - kGlyphGap, box_.top() - 3, glyph.width() + 2 * kGlyphGap, 6),
            ground());
    painter->setOpacity(down() ? 0.35 : 1);
    paintIcon(*painter, QStringLiteral("server"), {}, glyph);
    name_.paint(*painter, look_);
    address_.paint(*painter, look_);
    paintGauges(*painter);
    painter->setOpacity(1);
    if (const auto worst = look_.drawing.worst.find(host()); worst != look_.drawing.worst.end())
        paintBadge(*painter, look_, worst->second, {box_.right() - 6, box_.top()});
    if (!inTray())
        paintPower(*painter, look_, powerRect(), down());
    if (look_.cursor.host == host() && look_.cursor.role.empty()) {
        painter->setPen(QPen(look_.colors().accent, 1.4, Qt::DotLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(box_.adjusted(-5, -5, 5, 5), 8, 8);
    }
}

void ServerItem::paintGauges(QPainter& painter) const {
    const auto found = look_.drawing.gauges.find(host());
    if (found == look_.drawing.gauges.end() || frame_.gauges.width <= 0)
        return;
    const Colors& c = look_.colors();
    const QRectF all = rectOf(frame_.gauges);
    const qreal gap = 6;
    const qreal width = (all.width() - 2 * gap) / 3;
    QFont font = fontOf(deploy::TextStyle::Small);
    font.setPixelSize(12);
    for (size_t i = 0; i < found->second.size(); ++i) {
        const Gauge& gauge = found->second[i];
        if (gauge.text.isEmpty())
            continue;
        const QRectF box(all.left() + qreal(i) * (width + gap), all.top(), width, all.height());
        const QString words = (gauge.enough ? QString() : QStringLiteral("! ")) + gaugeName(i) +
                              QLatin1Char(' ') + gauge.text;
        painter.setFont(fitted(font, words, box.width()));
        painter.setPen(gauge.enough ? c.muted : c.bad);
        painter.drawText(box.adjusted(0, 0, 4, -7), Qt::AlignVCenter, words);
        const QRectF bar(box.left(), box.bottom() - 5, box.width(), 4);
        painter.fillRect(bar, c.line);
        painter.fillRect(
            QRectF(bar.topLeft(), QSizeF(bar.width() * std::min(1.0, gauge.share), bar.height())),
            gauge.enough ? c.ok : c.bad);
    }
}

}  // namespace wizard
