#pragma once

#include <QFrame>
#include <QTimer>
#include <map>
#include <memory>

#include "models/log_model.h"
#include "pages/page_context.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace wizard {

class LogView;

/// Output of the steps of a run, one at a time: follow, search, copy.
class LogCard : public QFrame {
    Q_OBJECT
public:
    explicit LogCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    /// Another run: its steps, with what earlier output its folder holds.
    void setRun(const deploy::Plan& plan, const std::filesystem::path& runFolder);
    void append(const deploy::StepId& step, const QByteArray& bytes);
    /// Shows a step that a person picked.
    void pick(const deploy::StepId& step);
    /// Shows a step that begins, unless a person picked one and does not follow.
    void stepBegan(const deploy::StepId& step);

Q_SIGNALS:
    void shown(const deploy::StepId& step);

private:
    LogModel& logOf(const deploy::StepId& step);
    void show(const deploy::StepId& step);
    /// From the picked line on to the end, and round to it, some rows at a time.
    void search();
    void searchOn();
    void copy();
    void refreshCount();

    PageContext context_;
    deploy::Plan plan_;
    std::map<deploy::StepId, std::unique_ptr<LogModel>> logs_;
    deploy::StepId shown_;
    QComboBox* steps_;
    QCheckBox* follow_;
    QLineEdit* search_;
    QPushButton* searchNext_;
    QTimer searchSoon_;
    int searchFrom_ = 0;
    int searched_ = 0;  ///< rows
    QPushButton* copy_;
    QLabel* count_;
    LogView* view_;
};

}  // namespace wizard
