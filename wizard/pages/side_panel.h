#pragma once

#include <QFrame>

#include "frame/theme.h"
#include "pages/parts.h"

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace wizard {

/// What stands beside the drawing: several cards, of which one is shown. A person folds it to a
/// strip, so that the drawing has the room; that is remembered for the next time.
class SidePanel : public QFrame {
    Q_OBJECT
public:
    /// `theme` outlives it.
    explicit SidePanel(const Theme& theme, QWidget* parent = nullptr);

    /// Takes the card; the panel names it by setTitle().
    void add(const QString& name, QWidget* card);
    void setTitle(QWidget* card, const QString& title);
    QWidget* buttonOf(QWidget* card) const;
    /// Folded, it stays so: the card is seen when it is unfolded.
    void show(QWidget* card);
    QWidget* shown() const;
    /// While it is not folded.
    void setOpenWidth(int width);
    /// What the strip tells while the cards cannot be seen: how many, and in words.
    void setSummary(Tone worst, int count, const QString& words);
    void retranslate();

Q_SIGNALS:
    void turned();

private:
    void setFolded(bool folded);
    void refreshFold();

    const Theme& theme_;
    QButtonGroup* group_;
    QStackedWidget* stack_;
    QPushButton* fold_;
    QHBoxLayout* head_;
    QLabel* tone_;
    QLabel* count_;
    Tone worst_ = Tone::Ok;
    QString words_;
    int openWidth_ = 340;
    bool folded_;
};

}  // namespace wizard
