#pragma once

#include <QButtonGroup>
#include <vector>

#include "pages/page.h"
#include "pages/page_context.h"

class QHBoxLayout;
class QPushButton;

namespace wizard {

class FindingsCard;
class ModeCard;
class PaletteCard;
class TopologyView;

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
    void refreshDrawing();
    void exportSvg();

    PageContext context_;
    std::vector<ModeCard*> cards_;
    QButtonGroup group_;
    PaletteCard* palette_;
    TopologyView* view_;
    FindingsCard* findings_;
    QPushButton* fit_;
    QPushButton* svg_;
};

}  // namespace wizard
