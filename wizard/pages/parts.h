#pragma once

#include <QFrame>
#include <QPushButton>

#include "frame/theme.h"

class QButtonGroup;
class QLabel;
class QScrollArea;
class QTableView;

namespace wizard {

/// What a marked box says by its shape, its word and its edge.
enum class Tone { Neutral, Ok, Warning, Error };

QString shapeOf(Tone tone);
QColor colorOf(Tone tone, const Colors& colors);

/// A white box with a border; the caller gives it a layout.
QFrame* makeCard();
/// Roles of the style sheet: "title", "heading", "muted", "small", "error". Plain text, wrapped.
QLabel* makeLabel(const char* role);
/// A button that other things find by its name; texts are set in retranslate().
QPushButton* makeButton(const QString& name);
/// Scrolls what is higher than the room, which it fills; takes the widget, and no focus.
QScrollArea* makeScroll(QWidget* inner, Qt::ScrollBarPolicy sideways = Qt::ScrollBarAsNeeded);
/// A table with the wizard's manners: rows selected, no grid corner, keyboard moves by cells, what
/// is cut short is shown whole when the pointer rests on it.
void prepareTable(QTableView& table);
/// As high as its rows, and at most as `most` of them: what is below gets the room.
void fitHeight(QTableView& table, int most);
/// Of columns that names and addresses fill.
constexpr int kWidestColumn = 280;
/// As wide as their content; of what is left each has its share and the last column the rest, what
/// lacks goes to the scroll bar. None is wider than `widest`: one long name leaves the others room.
void fitColumns(QTableView& table, int widest = QWIDGETSIZE_MAX);
/// Of buttons of which one is chosen Tab reaches the chosen one; arrows choose another.
void tabToChosen(QButtonGroup& group);
/// Sets a dynamic property that the style sheet looks at.
void setLook(QWidget& widget, const char* property, const QVariant& value);

/// A marked box: shape, bold line, text below.
class NoteBox : public QFrame {
    Q_OBJECT
public:
    explicit NoteBox(const Theme& theme, QWidget* parent = nullptr);
    void show(Tone tone, const QString& title, const QString& body);

private:
    void paintIcon();

    const Theme& theme_;
    Tone tone_ = Tone::Neutral;
    QLabel* icon_;
    QLabel* title_;
    QLabel* body_;
};

}  // namespace wizard
