#pragma once

#include <QPushButton>

#include "catalog/catalog.h"
#include "diagram/topology_edits.h"
#include "frame/theme.h"

class QLabel;

namespace wizard {

/// One role of the palette: how many are placed of how many are needed; it can be dragged onto the
/// drawing or pressed.
class PaletteChip : public QPushButton {
    Q_OBJECT
public:
    /// References outlive it.
    PaletteChip(const deploy::RoleId& role, TopologyEdits& edits, const Theme& theme,
                const Texts& texts, QWidget* parent = nullptr);

    const deploy::RoleId& role() const { return role_; }
    Load load() const { return {{{role_, {}}}, {}}; }
    /// `needed` is "3" or "0–1".
    void show(size_t placed, const QString& needed, bool satisfied);
    QSize sizeHint() const override;

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitName();

    deploy::RoleId role_;
    TopologyEdits& edits_;
    const Theme& theme_;
    const Texts& texts_;
    QLabel* name_;
    QLabel* amount_;
    QPoint pressed_;
};

}  // namespace wizard
