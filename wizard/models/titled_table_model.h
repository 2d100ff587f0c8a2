#pragma once

#include <QAbstractTableModel>

namespace wizard {

/// A table whose columns have titles; rows have none. Titles follow the language: a model says so
/// with headerDataChanged().
class TitledTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;

protected:
    virtual QString columnTitle(int column) const = 0;
};

}  // namespace wizard
