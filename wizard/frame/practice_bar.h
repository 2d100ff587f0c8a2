#pragma once

#include <QFrame>

#include "pages/page_context.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTimer;

namespace wizard {

/// Below the top bar of a practice project, on every page: what is to be learned, how fast time
/// runs, pause, and the trainer's card with which servers are broken now.
class PracticeBar : public QFrame {
    Q_OBJECT
public:
    explicit PracticeBar(const PageContext& context, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    QFrame* makeTrainer();
    void adoptProject();
    void retranslate();
    void refresh();
    void refreshConditions();
    void makeTrouble(int which);
    std::filesystem::path stateFile() const;

    PageContext context_;
    QLabel* lesson_;
    QPushButton* hintsButton_;
    QLabel* hints_;
    QLabel* speedLabel_;
    QComboBox* speed_;
    QPushButton* pause_;
    QPushButton* trainerButton_;
    QFrame* trainer_ = nullptr;
    QLabel* serverLabel_ = nullptr;
    QComboBox* server_ = nullptr;
    QList<QPushButton*> troubles_;
    QLabel* conditions_ = nullptr;
    QTimer* look_;
};

}  // namespace wizard
