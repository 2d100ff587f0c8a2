#pragma once

#include <QAbstractScrollArea>

#include "models/run_model.h"
#include "models/step_graph.h"

namespace wizard {

/// The steps of a run as a graph: a lane for each server, a line from each step to those that need
/// it, each step with the shape of its state. One step is current; arrows move along the lines.
class StepGraphView : public QAbstractScrollArea {
    Q_OBJECT
public:
    /// All outlive it.
    StepGraphView(const RunModel& model, const Theme& theme, const Texts& texts,
                  QWidget* parent = nullptr);

    /// Makes a step current and brings it into sight.
    void show(const deploy::StepId& step);
    deploy::StepId current() const;
    /// Where a step is drawn, in the viewport; empty for one that is not of the run.
    QRect rectOf(const deploy::StepId& step) const;
    const StepGraph& graph() const { return graph_; }
    QSize sizeHint() const override { return {600, 260}; }

Q_SIGNALS:
    /// A person picked it: by a click, Enter or Space.
    void picked(const deploy::StepId& step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void layOut();
    QRect boxOf(size_t step) const;
    int stepAt(const QPoint& position) const;
    void setCurrent(int step);
    int beside(int rows) const;
    int along(bool forward) const;
    QString wordsOf(size_t step) const;
    void paintLanes(QPainter& painter) const;
    void paintEdges(QPainter& painter) const;
    void paintStep(QPainter& painter, size_t step) const;

    const RunModel& model_;
    const Theme& theme_;
    const Texts& texts_;
    StepGraph graph_;
    int current_ = -1;
};

}  // namespace wizard
