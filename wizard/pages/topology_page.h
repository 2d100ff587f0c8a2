#pragma once

#include <QButtonGroup>
#include <vector>

#include "diagram/topology_edits.h"
#include "pages/page.h"
#include "pages/page_context.h"

class QHBoxLayout;

namespace wizard {

class DrawingCard;
class FindingsCard;
class ModeCard;
class PaletteCard;

/// Step 4: the mode, and which server does what.
class TopologyPage : public Page {
    Q_OBJECT
public:
    explicit TopologyPage(const PageContext& context);

    QString title() const override;
    QString subtitle() const override;
    std::vector<Reason> reasons() const override;
    void enter() override;

protected:
    void retranslate() override;

private:
    void chooseMode(int index);
    void refresh();
    void refreshCards();

    PageContext context_;
    std::vector<ModeCard*> cards_;
    QButtonGroup group_;
    TopologyEdits edits_;
    PaletteCard* palette_;
    DrawingCard* drawing_;
    FindingsCard* findings_;
};

}  // namespace wizard
