#pragma once

#include <QFrame>
#include <QString>
#include <deque>
#include <functional>
#include <vector>

#include "base/secret.h"
#include "frame/theme.h"

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QCheckBox;

namespace wizard {

/// Something that a person must answer before work can go on. Says which server it is about.
struct Question {
    QString key;                   ///< a question with the key of one that waits is not asked twice
    QString title;                 ///< "Password for eng@s1 (10.77.0.11)"
    QString body;                  ///< plain text
    QString secret;                ///< label of a masked field; empty: none
    bool twice = false;            ///< the secret is chosen now: type it twice
    QString option;                ///< label of a tick box; empty: none
    std::vector<QString> choices;  ///< buttons; the first is the primary one
};

struct Answer {
    int choice = 0;  ///< index into choices
    deploy::Secret secret;
    bool option = false;
};

/// The one queue of questions: a panel in the window, never a dialog, one question at a time.
class QuestionPanel : public QFrame {
    Q_OBJECT
public:
    explicit QuestionPanel(const Theme& theme, QWidget* parent = nullptr);

    using Make = std::function<Question()>;

    /// `make` is called now, and again whenever the language changes, for as long as the question
    /// waits; key, secret or not and the number of choices stay. `answered` is called once, in the
    /// GUI thread.
    void ask(Make make, std::function<void(const Answer&)> answered);
    /// Drops questions whose key begins with the prefix, unanswered.
    void withdraw(const QString& keyPrefix);
    bool empty() const { return queue_.empty(); }

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Entry {
        Make make;
        Question question;
        std::function<void(const Answer&)> answered;
    };
    enum class Problem { None, NothingEntered, EntriesDiffer };
    void showFirst();
    /// The first question's words; what was typed stays.
    void showWords();
    void choose(int choice);

    const Theme& theme_;
    QLabel* title_;
    QLabel* body_;
    QLabel* problem_;
    QLineEdit* secret_;
    QLineEdit* again_;
    QCheckBox* option_;
    QLabel* waiting_;
    QHBoxLayout* buttons_;
    Problem wrong_ = Problem::None;
    std::deque<Entry> queue_;
};

}  // namespace wizard
