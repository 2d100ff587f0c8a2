#pragma once

#include <QFrame>

#include "pages/page_context.h"

class QLabel;
class QPlainTextEdit;

namespace wizard {

/// One step of a plan: what it is, what it does to the server, and its commands.
class StepCard : public QFrame {
    Q_OBJECT
public:
    explicit StepCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    /// Null: none is chosen.
    void show(const deploy::Step* step);

private:
    PageContext context_;
    QLabel* title_;
    QLabel* about_;
    QLabel* facts_;
    QPlainTextEdit* text_;
};

}  // namespace wizard
