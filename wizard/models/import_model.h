#pragma once

#include <map>
#include <set>
#include <vector>

#include "frame/theme.h"
#include "inventory/merge.h"
#include "inventory/readers.h"
#include "models/titled_table_model.h"
#include "text/texts.h"

namespace wizard {

/// What was understood of a list of servers, cell by cell, before any of it is taken: a row for
/// each server with a tick, what taking it would do, old values of cells that change, and the
/// reason in each cell that cannot be used.
class ImportModel : public TitledTableModel {
    Q_OBJECT
public:
    ImportModel(const Theme& theme, const Texts& texts, QObject* parent = nullptr);

    /// All servers are ticked.
    void setImport(const deploy::InventoryImport& import, const deploy::Inventory& present);
    void setMode(deploy::ImportMode mode);
    deploy::ImportMode mode() const { return mode_; }
    /// Words or theme changed.
    void repaintAll();

    /// The ticked servers.
    const deploy::Inventory& chosen() const { return chosen_; }
    /// What becomes of the list by them.
    const deploy::MergedInventory& merged() const { return merged_; }
    size_t count(deploy::ImportEffect effect) const;
    /// Of ticked servers, by row.
    std::vector<deploy::CellError> errors() const;
    QString textOf(const deploy::CellError& error) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    /// Ticks or mode changed, and so what the import does.
    void judged();

protected:
    QString columnTitle(int column) const override;

private:
    void judge();
    QString effectText(int row) const;
    const deploy::ImportedRow* rowOf(int row) const;
    QVariant cellData(int row, const std::string& column, int role) const;

    const Theme& theme_;
    const Texts& texts_;
    deploy::InventoryImport import_;
    deploy::Inventory present_;
    deploy::ImportMode mode_ = deploy::ImportMode::Merge;
    std::set<int> unticked_;
    deploy::Inventory chosen_;
    deploy::MergedInventory merged_;
    std::map<int, size_t> place_;  ///< of a ticked row in chosen_
    std::map<std::pair<int, std::string>, deploy::CellError> errors_;
};

}  // namespace wizard
