#include "frame/questions.h"

#include <QCheckBox>
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

void QuestionPanel::ask(Question question, std::function<void(const Answer&)> answered) {
    const bool waits = std::any_of(queue_.begin(), queue_.end(), [&](const Entry& entry) {
        return entry.question.key == question.key;
    });
    if (waits)
        return;
    queue_.push_back({std::move(question), std::move(answered)});
    if (queue_.size() == 1)
        showFirst();
    else
        waiting_->setText(tr("%1 more questions wait").arg(queue_.size() - 1));
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

void QuestionPanel::showFirst() {
    while (QLayoutItem* item = buttons_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    secret_->clear();
    again_->clear();
    option_->setChecked(false);
    problem_->hide();
    if (queue_.empty()) {
        hide();
        return;
    }
    const Question& question = queue_.front().question;
    title_->setText(question.title);
    body_->setText(question.body);
    body_->setVisible(!question.body.isEmpty());
    secret_->setVisible(!question.secret.isEmpty());
    secret_->setPlaceholderText(question.secret);
    secret_->setAccessibleName(question.secret);
    again_->setVisible(question.twice);
    again_->setPlaceholderText(tr("The same again"));
    again_->setAccessibleName(tr("The same again"));
    option_->setVisible(!question.option.isEmpty());
    option_->setText(question.option);
    waiting_->setText(queue_.size() > 1 ? tr("%1 more questions wait").arg(queue_.size() - 1)
                                        : QString());
    QPushButton* first = nullptr;
    QPushButton* last = nullptr;
    for (size_t i = 0; i < question.choices.size(); ++i) {
        auto* button = new QPushButton(question.choices[i]);
        button->setObjectName(QStringLiteral("questionChoice%1").arg(i));
        if (i == 0) {
            button->setProperty("role", QStringLiteral("primary"));
            first = button;
        }
        connect(button, &QPushButton::clicked, this, [this, i] { choose(int(i)); });
        buttons_->addWidget(button);
        setTabOrder(i == 0 ? static_cast<QWidget*>(option_) : last, button);
        last = button;
    }
    setAccessibleName(question.title);
    show();
    if (secret_->isVisible())
        secret_->setFocus();
    else if (first)
        first->setFocus();
}

void QuestionPanel::choose(int choice) {
    if (queue_.empty())
        return;
    const Question& question = queue_.front().question;
    if (choice == 0 && !question.secret.isEmpty()) {
        const bool differ = question.twice && secret_->text() != again_->text();
        if (secret_->text().isEmpty() || differ) {
            problem_->setText(differ ? tr("The two entries differ.") : tr("Nothing was entered."));
            problem_->show();
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
