#pragma once

#include <QFrame>

#include "models/run_model.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace wizard {

/// What a run does now, how far it is and how long it may take; stop and go on.
class RunHead : public QFrame {
    Q_OBJECT
public:
    struct State {
        bool busy = false;
        bool stopping = false;
        enum class Resume { Hidden, Refused, Offered } resume = Resume::Hidden;
        deploy::HostId retry;  ///< a server that may be gone on with alone; empty: none
    };

    /// Both outlive this.
    RunHead(const RunModel& model, const Theme& theme, const Texts& texts,
            QWidget* parent = nullptr);

    void retranslate();
    void show(const State& state);
    void focusResume();

Q_SIGNALS:
    void stopAfterStep();
    void stopNow();
    void resume();
    void retry(const deploy::HostId& server);

private:
    QString nowText();
    QString progressText() const;

    const RunModel& model_;
    const Theme& theme_;
    const Texts& texts_;
    State state_;
    deploy::StepId latest_;  ///< of this run, that was begun last
    QLabel* headline_;
    QLabel* progress_;
    QProgressBar* bar_;
    QPushButton* stopAfter_;
    QPushButton* stopNow_;
    QPushButton* resume_;
    QPushButton* retry_;
};

}  // namespace wizard
