#pragma once

#include <map>
#include <vector>

#include "frame/theme.h"
#include "models/titled_table_model.h"
#include "run/engine.h"
#include "text/texts.h"

namespace wizard {

/// Stages x servers of one run. A cell is the sum of its steps.
class RunModel : public TitledTableModel {
    Q_OBJECT
public:
    struct Cell {
        int steps = 0;
        int done = 0;
        deploy::StepStatus status = deploy::StepStatus::Waiting;  ///< what asks most for attention
        double fraction = 0;                                      ///< 0 to 1, with running bytes
        bool slow = false;
        bool stalled = false;
    };
    static constexpr int kCellRole = Qt::UserRole + 1;

    RunModel(const Theme& theme, const Texts& texts, QObject* parent = nullptr);

    void setRun(const deploy::Plan& plan, const deploy::RunState& state);
    void apply(const deploy::Event& event);
    void apply(const deploy::StepProgress& progress);
    void repaintAll();

    const deploy::Plan& plan() const { return plan_; }
    const deploy::RunState& state() const { return state_; }
    deploy::HostId hostAt(int row) const { return servers_[size_t(row)]; }
    /// The server could not be worked on.
    bool failed(int row) const { return server(row) != nullptr && server(row)->error; }
    Cell cellAt(const QModelIndex& index) const;
    /// The steps of a server in a stage; in column 0 all of the server.
    const std::vector<const deploy::Step*>& stepsAt(const QModelIndex& index) const;
    int doneSteps() const;
    uint64_t doneBytes() const;
    /// What is left by the steps' own estimates: each server does one step at a time and none
    /// before those that it needs; seconds.
    qint64 remainingSeconds() const;
    /// Steps that run now, in the plan's order.
    std::vector<const deploy::Step*> runningSteps() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

protected:
    QString columnTitle(int column) const override;

private:
    void sortSteps();
    double leftOf(const deploy::Step& step) const;
    const deploy::ServerState* server(int row) const;

    const Theme& theme_;
    const Texts& texts_;
    deploy::Plan plan_;
    deploy::RunState state_;
    std::map<deploy::StepId, deploy::StepProgress> progress_;
    std::vector<deploy::HostId> servers_;
    std::vector<deploy::Stage> stages_;
    std::vector<std::vector<const deploy::Step*>> cells_;  ///< row by row
};

}  // namespace wizard
