#include "pages/side_panel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace wizard {

namespace {
const QLatin1String kFoldedKey("topology/sideFolded");
constexpr int kStrip = 48;
}  // namespace

SidePanel::SidePanel(const Theme& theme, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      group_(new QButtonGroup(this)),
      stack_(new QStackedWidget),
      fold_(makeButton(QStringLiteral("foldSide"))),
      head_(new QHBoxLayout),
      tone_(new QLabel),
      count_(makeLabel("small")),
      folded_(QSettings().value(kFoldedKey).toBool()) {
    setProperty("role", QStringLiteral("card"));
    fold_->setProperty("role", QStringLiteral("flat"));
    count_->setObjectName(QStringLiteral("sideCount"));
    count_->setAlignment(Qt::AlignCenter);
    head_->setSpacing(4);
    head_->addWidget(fold_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 8, 6, 8);
    column->setSpacing(6);
    column->addLayout(head_);
    column->addWidget(tone_, 0, Qt::AlignHCenter);
    column->addWidget(count_);
    column->addWidget(stack_, 1);
    column->addStretch();
    tabToChosen(*group_);
    connect(group_, &QButtonGroup::idClicked, this, [this](int index) {
        stack_->setCurrentIndex(index);
        Q_EMIT turned();
    });
    connect(fold_, &QPushButton::clicked, this, [this] { setFolded(!folded_); });
    connect(&theme_, &Theme::changed, this, &SidePanel::refreshFold);
    retranslate();
}

void SidePanel::add(const QString& name, QWidget* card) {
    QPushButton* button = makeButton(name);
    button->setProperty("role", QStringLiteral("flat"));
    button->setCheckable(true);
    const int index = stack_->addWidget(card);
    group_->addButton(button, index);
    head_->addWidget(button, 1);
    button->setChecked(index == stack_->currentIndex());
    button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
    button->setVisible(!folded_);
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

void SidePanel::setOpenWidth(int width) {
    openWidth_ = width;
    setFixedWidth(folded_ ? kStrip : openWidth_);
}

void SidePanel::setSummary(Tone worst, int count, const QString& words) {
    worst_ = worst;
    words_ = words;
    count_->setText(count > 0 ? QString::number(count) : QString());
    refreshFold();
}

void SidePanel::setFolded(bool folded) {
    folded_ = folded;
    QSettings().setValue(kFoldedKey, folded_);
    refreshFold();
    // A card that could not be seen may be old.
    if (!folded_)
        Q_EMIT turned();
}

void SidePanel::refreshFold() {
    setOpenWidth(openWidth_);
    stack_->setVisible(!folded_);
    for (QAbstractButton* button : group_->buttons())
        button->setVisible(!folded_);
    tone_->setPixmap(
        themedIcon(shapeOf(worst_), colorOf(worst_, theme_.colors())).pixmap(QSize(16, 16)));
    tone_->setVisible(folded_);
    count_->setVisible(folded_);
    const QString name = folded_ ? tr("Show the rules and what if")
                                 : tr("Hide the rules and what if: more room for the drawing");
    fold_->setIcon(theme_.icon(folded_ ? QStringLiteral("unfold") : QStringLiteral("fold")));
    fold_->setToolTip(folded_ && !words_.isEmpty() ? name + QLatin1Char('\n') + words_ : name);
    fold_->setAccessibleName(name);
    fold_->setAccessibleDescription(folded_ ? words_ : QString());
}

void SidePanel::retranslate() {
    refreshFold();
}

}  // namespace wizard
