#include "frame/practice_bar.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include "pages/parts.h"
#include "remote/simulated.h"
#include "remote/trouble.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

PracticeBar::PracticeBar(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      lesson_(makeLabel("small")),
      hintsButton_(makeButton(QStringLiteral("practiceHints"))),
      hints_(makeLabel("small")),
      speedLabel_(makeLabel("small")),
      speed_(new QComboBox),
      pause_(makeButton(QStringLiteral("practicePause"))),
      trainerButton_(makeButton(QStringLiteral("trainer"))),

      look_(new QTimer(this)) {
    setObjectName(QStringLiteral("practiceBar"));
    trainer_ = makeTrainer();
    speed_->setObjectName(QStringLiteral("speed"));
    for (const double speed : {1.0, 5.0, 10.0, 30.0, 60.0, 0.0})
        speed_->addItem(QString(), speed);
    hints_->setObjectName(QStringLiteral("practiceHintsText"));
    for (QPushButton* button : {hintsButton_, pause_, trainerButton_}) {
        button->setProperty("role", QStringLiteral("flat"));
        button->setCheckable(true);
    }
    lesson_->setWordWrap(false);
    speedLabel_->setWordWrap(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(lesson_);
    row->addWidget(hintsButton_);
    row->addStretch();
    row->addWidget(speedLabel_);
    row->addWidget(speed_);
    row->addWidget(pause_);
    row->addWidget(trainerButton_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 4, 12, 4);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(hints_);
    column->addWidget(trainer_);
    hints_->hide();
    trainer_->hide();
    hide();

    constexpr int kLookMs = 1000;
    look_->setInterval(kLookMs);
    connect(look_, &QTimer::timeout, this, &PracticeBar::refreshConditions);
    connect(hintsButton_, &QPushButton::toggled, hints_, &QWidget::setVisible);
    connect(trainerButton_, &QPushButton::toggled, this, [this](bool on) {
        trainer_->setVisible(on);
        if (on)
            look_->start();
        else
            look_->stop();
        refreshConditions();
    });
    connect(pause_, &QPushButton::toggled, this, [this](bool on) {
        context_.clocks.practice().setPaused(on);
        retranslate();
    });
    connect(speed_, &QComboBox::activated, this,
            [this] { context_.clocks.setSpeed(speed_->currentData().toDouble()); });
    connect(&context_.draft, &Draft::projectChanged, this, &PracticeBar::adoptProject);
    connect(&context_.draft, &Draft::inventoryChanged, this, &PracticeBar::refresh);
    connect(&context_.theme, &Theme::changed, this, &PracticeBar::retranslate);
    adoptProject();
}

QFrame* PracticeBar::makeTrainer() {
    auto* card = new QFrame;
    serverLabel_ = makeLabel("muted");
    serverLabel_->setWordWrap(false);
    server_ = new QComboBox;
    server_->setObjectName(QStringLiteral("trainerServer"));
    conditions_ = makeLabel("small");
    conditions_->setObjectName(QStringLiteral("trainerConditions"));
    auto* choice = new QHBoxLayout;
    choice->addWidget(serverLabel_);
    choice->addWidget(server_);
    choice->addWidget(conditions_, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    for (int i = 0; i < deploy::kTroubles; ++i) {
        auto* button = makeButton(QStringLiteral("trouble_") +
                                  QLatin1String(deploy::troubleWord(deploy::Trouble(i))));
        button->setProperty("role", QStringLiteral("small"));
        connect(button, &QPushButton::clicked, this, [this, i] { makeTrouble(i); });
        troubles_ << button;
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(0, 0, 0, 2);
    column->setSpacing(4);
    column->addLayout(choice);
    column->addLayout(buttons);
    return card;
}

std::filesystem::path PracticeBar::stateFile() const {
    return deploy::practiceStateFile(context_.draft.folder().folder());
}

void PracticeBar::adoptProject() {
    const bool practice =
        context_.draft.isOpen() && context_.draft.content().kind == deploy::ProjectKind::Practice;
    setVisible(practice);
    for (QPushButton* button : {pause_, hintsButton_, trainerButton_})
        button->setChecked(false);
    retranslate();
}

void PracticeBar::refresh() {
    const QString chosen = server_->currentText();
    server_->clear();
    if (context_.draft.isOpen())
        for (const deploy::Host& host : context_.draft.content().inventory.hosts)
            server_->addItem(toQt(host.name));
    server_->setCurrentIndex(std::max(server_->findText(chosen), 0));
    refreshConditions();
}

void PracticeBar::makeTrouble(int which) {
    const deploy::HostId host(fromQt(server_->currentText()));
    if (!context_.draft.isOpen() || host.empty())
        return;
    const auto made =
        deploy::makeTrouble(stateFile(), context_.clocks.practice(), host, deploy::Trouble(which));
    if (!made)
        conditions_->setText(context_.texts.describe(made.error()));
    else
        refreshConditions();
}

void PracticeBar::refreshConditions() {
    if (!trainer_->isVisible() || !context_.draft.isOpen())
        return;
    const auto conditions = deploy::practiceConditions(stateFile(), context_.clocks.practice());
    if (!conditions)
        return conditions_->setText(context_.texts.describe(conditions.error()));
    QStringList lines;
    for (const auto& [host, condition] : *conditions) {
        QStringList words;
        if (!condition.answers)
            words << tr("does not answer");
        if (condition.diskFull)
            words << tr("disk full");
        if (condition.slow)
            words << tr("slow");
        if (!words.isEmpty())
            lines << labelled(toQt(host), listed(words));
    }
    conditions_->setText(lines.isEmpty() ? tr("All servers are well.") : joined(lines));
}

void PracticeBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

void PracticeBar::retranslate() {
    hintsButton_->setText(tr("Hints"));
    speedLabel_->setText(tr("Time"));
    speed_->setAccessibleName(tr("Speed of simulated time"));
    for (int i = 0; i < speed_->count(); ++i) {
        const double speed = speed_->itemData(i).toDouble();
        speed_->setItemText(i, speed > 0 ? tr("%1x").arg(speed) : tr("no waiting"));
    }
    speed_->setCurrentIndex(speed_->findData(context_.clocks.speed()));
    pause_->setText(pause_->isChecked() ? tr("Go on") : tr("Pause"));
    pause_->setIcon(context_.theme.icon(pause_->isChecked() ? QStringLiteral("play")
                                                            : QStringLiteral("pause")));
    trainerButton_->setText(tr("Trainer"));
    serverLabel_->setText(tr("Break now:"));
    server_->setAccessibleName(tr("Server to break"));
    for (int i = 0; i < troubles_.size(); ++i) {
        const std::string key = std::string("trouble.") + deploy::troubleWord(deploy::Trouble(i));
        troubles_[i]->setText(context_.texts.text(key + ".name"));
        troubles_[i]->setToolTip(context_.texts.text(key + ".about"));
    }
    if (context_.draft.isOpen()) {
        const std::string key =
            "scenario." + deploy::Scenario::lessonOf(context_.draft.content().scenario);
        lesson_->setText(context_.texts.text(key + ".title"));
        lesson_->setToolTip(context_.texts.text(key + ".goal"));
        hints_->setText(context_.texts.text(key + ".goal") + QLatin1Char('\n') +
                        context_.texts.text(key + ".hints"));
    }
    refresh();
}

}  // namespace wizard
