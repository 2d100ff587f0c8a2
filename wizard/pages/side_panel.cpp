#include "pages/side_panel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "pages/parts.h"

namespace wizard {

SidePanel::SidePanel(QWidget* parent)
    : QFrame(parent), group_(new QButtonGroup(this)), stack_(new QStackedWidget) {
    setProperty("role", QStringLiteral("card"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addLayout(buttons);
    column->addWidget(stack_, 1);
    tabToChosen(*group_);
    connect(group_, &QButtonGroup::idClicked, this, [this](int index) {
        stack_->setCurrentIndex(index);
        Q_EMIT turned();
    });
}

void SidePanel::add(const QString& name, QWidget* card) {
    QPushButton* button = makeButton(name);
    button->setProperty("role", QStringLiteral("flat"));
    button->setCheckable(true);
    const int index = stack_->addWidget(card);
    group_->addButton(button, index);
    static_cast<QHBoxLayout*>(layout()->itemAt(0)->layout())->addWidget(button);
    button->setChecked(index == stack_->currentIndex());
    button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
}

void SidePanel::setTitle(QWidget* card, const QString& title) {
    group_->button(stack_->indexOf(card))->setText(title);
}

QWidget* SidePanel::buttonOf(QWidget* card) const {
    return group_->button(stack_->indexOf(card));
}

void SidePanel::show(QWidget* card) {
    if (shown() == card)
        return;
    stack_->setCurrentWidget(card);
    group_->button(stack_->currentIndex())->setChecked(true);
    Q_EMIT turned();
}

QWidget* SidePanel::shown() const {
    return stack_->currentWidget();
}

}  // namespace wizard
