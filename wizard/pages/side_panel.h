#pragma once

#include <QFrame>

class QButtonGroup;
class QPushButton;
class QStackedWidget;

namespace wizard {

/// What stands beside the drawing: several cards, of which one is shown.
class SidePanel : public QFrame {
    Q_OBJECT
public:
    explicit SidePanel(QWidget* parent = nullptr);

    /// Takes the card; the panel names it by setTitle().
    void add(const QString& name, QWidget* card);
    void setTitle(QWidget* card, const QString& title);
    QWidget* buttonOf(QWidget* card) const;
    void show(QWidget* card);
    QWidget* shown() const;

Q_SIGNALS:
    void turned();

private:
    QButtonGroup* group_;
    QStackedWidget* stack_;
};

}  // namespace wizard
