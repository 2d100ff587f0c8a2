#pragma once

#include <set>
#include <vector>

#include "frame/theme.h"
#include "inventory/host.h"
#include "models/titled_table_model.h"
#include "probe/checks.h"
#include "text/texts.h"

namespace wizard {

/// Servers x check categories: the worst status of each, as shape and word.
class ProbeModel : public TitledTableModel {
    Q_OBJECT
public:
    /// Columns before the categories.
    enum Column { Server, Address, System, FirstCategory };
    static constexpr int kCategories = 8;

    ProbeModel(const Theme& theme, const Texts& texts, QObject* parent = nullptr);

    struct State {
        deploy::Inventory inventory;
        std::vector<deploy::CheckResult> checks;
        std::map<deploy::HostId, deploy::ProbeOutcome> outcomes;
        std::set<deploy::HostId> running;
    };
    void setState(State state);

    deploy::HostId hostAt(int row) const;
    /// The checks behind a cell, worst first; those of all categories for a column before them.
    std::vector<deploy::CheckResult> checksAt(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

protected:
    QString columnTitle(int column) const override;

private:
    QString cellText(const deploy::HostId& host,
                     const std::vector<deploy::CheckResult>& checks) const;
    QVariant categoryData(const deploy::HostId& host, const QModelIndex& index, int role) const;

    const Theme& theme_;
    const Texts& texts_;
    State state_;
    /// Places in the checks, by server and category: each cell asks several times.
    std::map<std::pair<deploy::HostId, int>, std::vector<size_t>> checkAt_;
};

/// How bad a status is: worst is highest.
int rankOf(deploy::CheckStatus status);
QColor colorOf(deploy::CheckStatus status, const Colors& colors);

}  // namespace wizard
