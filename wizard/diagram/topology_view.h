#pragma once

#include <QGraphicsView>
#include <QLabel>
#include <QPointer>
#include <QTimer>
#include <QVariantAnimation>
#include <memory>
#include <optional>
#include <vector>

#include "diagram/items.h"
#include "diagram/topology_edits.h"

namespace wizard {

class Minimap;

/// The drawing in its window: zoom to the cursor, fit, selection, and everything that is carried
/// over it by mouse or keyboard. It shows values and edits only through TopologyEdits.
class TopologyView : public QGraphicsView {
    Q_OBJECT
public:
    /// All outlive it.
    TopologyView(TopologyEdits& edits, const Theme& theme, const Texts& texts,
                 QWidget* parent = nullptr);
    ~TopologyView() override;

    enum class Change { AtOnce, Animated };
    /// Animated: servers that were drawn before glide to their new places.
    void show(Drawing drawing, Change change = Change::AtOnce);
    const Drawing& drawing() const { return drawing_; }

    std::vector<deploy::HostId> selected() const;
    std::vector<deploy::Chip> selectedChips() const;
    void select(const std::vector<deploy::HostId>& hosts);
    void selectChips(const std::vector<deploy::Chip>& chips);
    /// Selects servers and brings the first of them into the middle of the window.
    void find(const std::vector<deploy::HostId>& hosts);
    void fit();
    void zoom(qreal factor);

    /// Shows servers that are off and what becomes of the bands, until the next call. Servers and
    /// roles that the drawing does not have are passed over.
    void showFailure(FailureShown failure);
    void setPowerButtons(PowerButtons buttons);

    /// What a drag that begins at this point of the viewport carries; empty: nothing.
    Load loadAt(const QPoint& position) const;
    /// What is selected, as a load; else what the keyboard is on.
    Load loadOfSelection() const;
    /// Takes up a load to be put down by arrows and Space, or by a click.
    void pickUp(const Load& load);
    bool carrying() const { return !held_.empty(); }
    const CarryShown& carry() const { return carry_; }
    const Cursor& cursor() const { return cursor_; }
    /// The scene as lines of text: what stands where and in which state.
    QString dump() const;

Q_SIGNALS:
    void selectionChanged();
    /// A power button was pressed; showFailure() shows what follows.
    void powerPressed(const deploy::HostId& host);
    void datacenterPowerPressed(const std::string& datacenter);
    /// What just happened or what would, for the line below the drawing and for screen readers.
    void said(const QString& text);
    void menuWanted(const QPoint& globalPosition);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    /// Nothing stands elsewhere: facts and findings alone are new.
    void showMarks(Drawing drawing);
    void fillScene();
    /// Shapes some of the servers' texts while nothing else is to do: all of them would make the
    /// frame late in which a zoom first shows them.
    void shapeAhead();
    void glide(const std::map<deploy::HostId, QPointF>& before);
    /// The point of the viewport keeps what is under it.
    void zoomAt(qreal factor, const QPoint& fixed);
    bool pressPower(const QPoint& position);
    void startDrag();
    void beginCarry(const Load& load, deploy::Carry carry);
    void hover(const DropPlace& place, const Verdict& verdict);
    void endCarry();
    void showHint(const QPoint& position, const Verdict& verdict);
    DropPlace placeUnder(const QPoint& position, const Load& load) const;
    void scrollAtEdge(const QPoint& position);
    void updateFrames(const std::vector<deploy::HostId>& hosts);

    bool carryKey(QKeyEvent* event);
    bool cursorKey(QKeyEvent* event);
    std::vector<DropPlace> keyboardPlaces() const;
    std::vector<Cursor> stopsOf(const deploy::HostId& host) const;
    void moveCursor(int servers, int roles, Qt::KeyboardModifiers modifiers);
    void setCursorTo(const Cursor& cursor);
    void aim(int by);
    /// Puts down what the keyboard carries.
    void dropHeld(const DropPlace& place, deploy::Carry carry);
    void sayCursor();

    TopologyEdits& edits_;
    Drawing drawing_;
    FailureShown failure_;
    PowerButtons power_ = PowerButtons::Hidden;
    CarryShown carry_;
    Cursor cursor_;
    ShapedTexts shaped_;
    QTimer idle_;
    size_t shapedAhead_ = 0;  ///< so many of the layout's frames, then cells
    DrawingLook look_;
    bool fitted_ = true;  ///< follows the window until a person zooms
    QLabel* hint_;
    Minimap* minimap_;
    QPointer<QVariantAnimation> glide_;
    std::optional<QPoint> pressed_;
    Load held_;  ///< carried by the keyboard
    size_t aimed_ = 0;
    Load dragged_;  ///< carried by the mouse over this view
    deploy::Carry dragCarry_ = deploy::Carry::Move;
};

}  // namespace wizard
