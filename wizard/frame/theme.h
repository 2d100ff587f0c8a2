#pragma once

#include <QColor>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QString>

namespace wizard {

enum class Appearance { Light, Dark };

/// The one table of colours; the palette, the style sheet and everything painted come from it.
struct Colors {
    QColor window;      ///< behind the cards
    QColor pane;        ///< cards, bars
    QColor rail;        ///< behind the list of steps
    QColor field;       ///< marked boxes: findings, raw output
    QColor ink;         ///< text
    QColor muted;       ///< secondary text
    QColor line;        ///< borders of cards
    QColor control;     ///< borders of buttons and fields
    QColor accent;      ///< the one accent
    QColor accentInk;   ///< text upon the accent
    QColor accentSoft;  ///< selected rows and cards
    QColor ok;
    QColor warn;
    QColor bad;
    QColor stripLight;  ///< the practice strip
    QColor stripDark;
    QColor stripInk;
    QColor frame;  ///< server frames of the drawing
};

const Colors& colorsOf(Appearance appearance);

/// Pastel of a band, by the name that the catalogue gives it; an unknown name gives a neutral one.
QColor bandColor(Appearance appearance, const QString& name);

QPalette paletteOf(const Colors& colors);

/// resources/style/wizard.qss with each @name replaced from the table.
QString styleSheetOf(const Colors& colors);

/// An icon of resources/icons in the given colour, sharp at every size and scale.
QIcon themedIcon(const QString& name, const QColor& color);

/// The appearance that the application shows now. Lives in the GUI thread.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QObject* parent = nullptr);

    Appearance appearance() const { return appearance_; }
    const Colors& colors() const { return colorsOf(appearance_); }
    QIcon icon(const QString& name) const { return themedIcon(name, colors().ink); }
    /// Sets palette, font and style sheet of the application.
    void setAppearance(Appearance appearance);

Q_SIGNALS:
    void changed();

private:
    Appearance appearance_ = Appearance::Light;
};

/// Keeps the application's style sheet away while many widgets are made, and brings it back: under
/// a sheet, a widget that gets a parent is styled again with everything below it.
class StyleSheetHeld {
public:
    StyleSheetHeld();
    ~StyleSheetHeld();
    StyleSheetHeld(const StyleSheetHeld&) = delete;
    StyleSheetHeld& operator=(const StyleSheetHeld&) = delete;

private:
    QString sheet_;
};

}  // namespace wizard
