#pragma once

#include <QPainter>
#include <optional>

#include "diagram/drawing.h"
#include "diagram/shaped_text.h"

namespace wizard {

/// What is carried over the drawing, as the frames show it.
struct CarryShown {
    bool active = false;
    std::set<deploy::HostId> targets;  ///< these glow
    std::optional<deploy::HostId> over;
    std::optional<deploy::SlotBox::Kind> overSlot;
    std::optional<deploy::RoleId> overBand;
    bool legal = false;  ///< of what it is over

    bool operator==(const CarryShown&) const = default;
};

/// Where the keyboard is: a server, or one of its roles. Empty: nowhere.
struct Cursor {
    deploy::HostId host;
    deploy::RoleId role;  ///< empty: the server as a whole

    bool operator==(const Cursor&) const = default;
};

/// What items share: the drawing, its present state and how it looks. Outlives the items.
struct DrawingLook {
    const Drawing& drawing;
    const FailureShown& failure;
    const PowerButtons& power;
    const CarryShown& carry;
    const Cursor& cursor;
    const Theme& theme;
    const Texts& texts;
    const deploy::Catalog& catalog;
    ShapedTexts& shaped;

    const Colors& colors() const { return theme.colors(); }
};

/// Below this scale text is a smear: each thing is one filled rectangle.
constexpr qreal kNearScale = 0.4;
bool isNear(const QPainter& painter);

QRectF rectOf(const deploy::Box& box);
QColor bandColorOf(const DrawingLook& look, const deploy::RoleId& role);
QFont fontOf(deploy::TextStyle style);

/// An icon of resources/icons; drawn once for each size and colour. An invalid colour: as it is.
void paintIcon(QPainter& painter, const QString& name, const QColor& color, const QRectF& box);
void paintPower(QPainter& painter, const DrawingLook& look, const QRectF& box, bool off);
/// Shape and word in a pill whose right end is at `right`.
void paintPill(QPainter& painter, const DrawingLook& look, const QString& shape,
               const QString& word, const QColor& color, const QPointF& right);
/// Shape and word of a finding in a pill whose right end is at `right`; nothing for a note.
void paintBadge(QPainter& painter, const DrawingLook& look, deploy::Severity severity,
                const QPointF& right);

TextShape shapeOf(const DrawingLook& look, const deploy::TextBox& text);

/// A text of the layout, shaped when it is first seen.
class PreparedText {
public:
    PreparedText() = default;
    explicit PreparedText(deploy::TextBox text) : text_(std::move(text)) {}
    /// Nothing below kNearScale.
    void paint(QPainter& painter, const DrawingLook& look) const;

private:
    deploy::TextBox text_;
    mutable std::optional<ShapedText> shaped_;
};

}  // namespace wizard
