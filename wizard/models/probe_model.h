#pragma once

#include <set>
#include <vector>

#include "assessment.h"
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

    /// Reads outcomes and checks there; it outlives this.
    ProbeModel(const Theme& theme, const Texts& texts, const Assessment& assessment,
               QObject* parent = nullptr);

    /// The servers, and which of them are being probed; to be called when the assessment changed,
    /// too.
    void setState(const deploy::Inventory& inventory, std::set<deploy::HostId> running);

    deploy::HostId hostAt(int row) const;
    /// The checks behind a cell, worst first; those of all categories for a column before them.
    std::vector<deploy::CheckResult> checksAt(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

protected:
    QString columnTitle(int column) const override;

private:
    void sortChecks();
    QString cellText(const deploy::HostId& host,
                     const std::vector<deploy::CheckResult>& checks) const;
    QVariant categoryData(const deploy::HostId& host, const QModelIndex& index, int role) const;

    const Theme& theme_;
    const Texts& texts_;
    const Assessment& assessment_;
    deploy::Inventory inventory_;
    std::set<deploy::HostId> running_;
    std::shared_ptr<const deploy::Judgement> judgement_;
    /// Places in the checks, by row and category: each cell asks several times.
    std::vector<std::vector<size_t>> checkAt_;
};

/// How bad a status is: worst is highest.
int rankOf(deploy::CheckStatus status);
QColor colorOf(deploy::CheckStatus status, const Colors& colors);

}  // namespace wizard
