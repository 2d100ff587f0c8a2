#include "frame/questions.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "text/convert.h"

namespace wizard {

QuestionPanel::QuestionPanel(const Theme& theme, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      title_(new QLabel),
      body_(new QLabel),
      problem_(new QLabel),
      secret_(new QLineEdit),
      again_(new QLineEdit),
      option_(new QCheckBox),
      waiting_(new QLabel),
      buttons_(new QHBoxLayout) {
    setObjectName(QStringLiteral("questionPanel"));
    title_->setProperty("role", QStringLiteral("heading"));
    problem_->setProperty("role", QStringLiteral("error"));
    waiting_->setProperty("role", QStringLiteral("small"));
    for (QLabel* label : {title_, body_, problem_}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    secret_->setObjectName(QStringLiteral("questionSecret"));
    again_->setObjectName(QStringLiteral("questionSecretAgain"));
    option_->setObjectName(QStringLiteral("questionOption"));
    for (QLineEdit* edit : {secret_, again_}) {
        edit->setEchoMode(QLineEdit::Password);
        edit->setMaximumWidth(360);
        connect(edit, &QLineEdit::returnPressed, this, [this] { choose(0); });
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 10);
    column->setSpacing(6);
    column->addWidget(title_);
    column->addWidget(body_);
    auto* fields = new QHBoxLayout;
    fields->addWidget(secret_);
    fields->addWidget(again_);
    fields->addWidget(option_);
    fields->addStretch();
    column->addLayout(fields);
    column->addWidget(problem_);
    auto* last = new QHBoxLayout;
    last->addLayout(buttons_);
    last->addStretch();
    last->addWidget(waiting_);
    column->addLayout(last);
    hide();
}

void QuestionPanel::ask(Make make, std::function<void(const Answer&)> answered) {
    Question question = make();
    const bool waits = std::any_of(queue_.begin(), queue_.end(), [&](const Entry& entry) {
        return entry.question.key == question.key;
    });
    if (waits)
        return;
    queue_.push_back({std::move(make), std::move(question), std::move(answered)});
    if (queue_.size() == 1)
        showFirst();
    else
        showWords();
}

void QuestionPanel::withdraw(const QString& keyPrefix) {
    const auto end = std::remove_if(queue_.begin(), queue_.end(), [&](const Entry& entry) {
        return entry.question.key.startsWith(keyPrefix);
    });
    if (end == queue_.end())
        return;
    queue_.erase(end, queue_.end());
    showFirst();
}

void QuestionPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && !queue_.empty()) {
        for (Entry& entry : queue_)
            entry.question = entry.make();
        showWords();
    }
    QFrame::changeEvent(event);
}

void QuestionPanel::showFirst() {
    while (QLayoutItem* item = buttons_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    secret_->clear();
    again_->clear();
    option_->setChecked(false);
    wrong_ = Problem::None;
    if (queue_.empty()) {
        hide();
        return;
    }
    const Question& question = queue_.front().question;
    secret_->setVisible(!question.secret.isEmpty());
    again_->setVisible(question.twice);
    option_->setVisible(!question.option.isEmpty());
    QWidget* before = option_;
    for (size_t i = 0; i < question.choices.size(); ++i) {
        auto* button = new QPushButton;
        button->setObjectName(QStringLiteral("questionChoice%1").arg(i));
        if (i == 0)
            button->setProperty("role", QStringLiteral("primary"));
        connect(button, &QPushButton::clicked, this, [this, i] { choose(int(i)); });
        buttons_->addWidget(button);
        setTabOrder(before, button);
        before = button;
    }
    showWords();
    show();
    if (secret_->isVisible())
        secret_->setFocus();
    else if (buttons_->count() > 0)
        buttons_->itemAt(0)->widget()->setFocus();
}

void QuestionPanel::showWords() {
    const Question& question = queue_.front().question;
    setAccessibleName(question.title);
    title_->setText(question.title);
    body_->setText(question.body);
    body_->setVisible(!question.body.isEmpty());
    secret_->setPlaceholderText(question.secret);
    secret_->setAccessibleName(question.secret);
    again_->setPlaceholderText(tr("The same again"));
    again_->setAccessibleName(tr("The same again"));
    option_->setText(question.option);
    problem_->setVisible(wrong_ != Problem::None);
    problem_->setText(wrong_ == Problem::EntriesDiffer ? tr("The two entries differ.")
                                                       : tr("Nothing was entered."));
    waiting_->setText(queue_.size() > 1 ? tr("%1 more questions wait").arg(queue_.size() - 1)
                                        : QString());
    for (int i = 0; i < buttons_->count() && size_t(i) < question.choices.size(); ++i)
        static_cast<QPushButton*>(buttons_->itemAt(i)->widget())
            ->setText(question.choices[size_t(i)]);
}

void QuestionPanel::choose(int choice) {
    if (queue_.empty())
        return;
    const Question& question = queue_.front().question;
    if (choice == 0 && !question.secret.isEmpty()) {
        const bool differ = question.twice && secret_->text() != again_->text();
        if (secret_->text().isEmpty() || differ) {
            wrong_ = differ ? Problem::EntriesDiffer : Problem::NothingEntered;
            showWords();
            secret_->setFocus();
            return;
        }
    }
    Answer answer{choice, deploy::Secret(fromQt(secret_->text())), option_->isChecked()};
    const auto answered = std::move(queue_.front().answered);
    queue_.pop_front();
    showFirst();
    if (answered)
        answered(answer);
}

}  // namespace wizard
