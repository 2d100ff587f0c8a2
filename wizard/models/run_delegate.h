#pragma once

#include <QStyledItemDelegate>

#include "frame/theme.h"

namespace wizard {

/// Paints a cell of RunModel: a shape, or a bar while its steps run.
class RunDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    RunDelegate(const Theme& theme, QObject* parent = nullptr)
        : QStyledItemDelegate(parent), theme_(theme) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    const Theme& theme_;
};

}  // namespace wizard
