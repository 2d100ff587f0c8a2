#pragma once

#include <QFrame>

#include "pages/page_context.h"
#include "runners/bundle_runner.h"

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace wizard {

class NoteBox;

/// Choosing and verifying the offline bundle of the open project.
class BundleCard : public QFrame {
    Q_OBJECT
public:
    explicit BundleCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    /// The project was opened: verifies what it names, so that the plan can be made.
    void adoptProject();
    void focusPath();
    bool verifying() const { return runner_.running(); }

Q_SIGNALS:
    void changed();

private:
    void verify();
    void take(const deploy::Result<deploy::Bundle>& bundle);
    void refresh();

    PageContext context_;
    QLabel* title_;
    QLabel* hint_;
    QLineEdit* path_;
    QPushButton* chooseFolder_;
    QPushButton* chooseFile_;
    QLineEdit* key_;
    QPushButton* verify_;
    QPushButton* stop_;
    QProgressBar* bar_;
    QLabel* progress_;
    NoteBox* result_;
    std::optional<deploy::Error> error_;
    std::string project_;  ///< whose bundle is shown and verified
    BundleRunner runner_;
};

}  // namespace wizard
