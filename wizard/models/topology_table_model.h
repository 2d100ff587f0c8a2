#pragma once

#include <QAbstractTableModel>

#include "diagram/topology_edits.h"

namespace wizard {

/// The drawing as a table for keyboards and screen readers: a row a server, a column a role, a tick
/// where the server has it. The same edits as on the drawing; where one is refused the cell says
/// why.
class TopologyTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Address, FirstRole };

    /// Both outlive it.
    TopologyTableModel(TopologyEdits& edits, const Texts& texts, QObject* parent = nullptr);

    /// The draft or the language changed.
    void refresh();
    deploy::HostId hostAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

private:
    /// Gives the role where it is absent, takes it where it is there.
    struct Toggle {
        Load load;
        DropPlace place;
        bool has = false;
    };
    Toggle toggleAt(const QModelIndex& index) const;

    TopologyEdits& edits_;
    const Texts& texts_;
    deploy::Inventory drawn_;
    std::vector<deploy::RoleId> roles_;
};

}  // namespace wizard
