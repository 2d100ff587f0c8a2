#pragma once

#include <QFrame>
#include <vector>

#include "diagram/topology_edits.h"
#include "pages/page_context.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace wizard {

class PaletteChip;

/// The roles of the mode, to be dragged onto the drawing. Pressing one gives it to the selected
/// servers, or takes it from them; with no server selected it is picked up. What is dropped here is
/// taken off the drawing.
class PaletteCard : public QFrame {
    Q_OBJECT
public:
    /// `edits` outlives it.
    PaletteCard(const PageContext& context, TopologyEdits& edits, QWidget* parent = nullptr);

    void retranslate();
    void setSelected(const std::vector<deploy::HostId>& hosts);
    void refresh();
    void focusSuggest();

Q_SIGNALS:
    /// A role was pressed with no server selected.
    void pickedUp(const wizard::Load& load);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeChips(const std::vector<deploy::RoleId>& roles);
    void refreshChip(PaletteChip& chip, const deploy::RoleCount& count);
    void press(const deploy::RoleId& role);
    /// Why it could not be done; nothing takes it away.
    void tell(const QString& problem);
    void suggest(SuggestScope scope);
    void refreshUndo();
    void fitWidth();

    PageContext context_;
    TopologyEdits& edits_;
    std::vector<deploy::HostId> selected_;
    QLabel* title_;
    QLabel* hint_;
    QWidget* inner_ = nullptr;
    QVBoxLayout* chipColumn_;
    std::vector<PaletteChip*> chips_;
    QPushButton* suggest_;
    QPushButton* suggestAll_;
    QPushButton* undo_;
    QPushButton* redo_;
    QLabel* problem_;
};

}  // namespace wizard
