#pragma once

#include "diagram/topology_edits.h"
#include "pages/page.h"
#include "pages/page_context.h"

namespace wizard {

class DrawingCard;
class FindingsCard;
class ModeBar;
class PaletteCard;
class SidePanel;
class WhatIfCard;

/// Step 4: the mode, and which server does what.
class TopologyPage : public Page {
    Q_OBJECT
public:
    explicit TopologyPage(const PageContext& context);

    QString title() const override;
    QString subtitle() const override;
    QString note() const override;
    std::vector<Reason> reasons() const override;
    void enter() override;

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    void retranslate() override;

private:
    PageContext context_;
    TopologyEdits edits_;
    ModeBar* modes_;
    PaletteCard* palette_;
    DrawingCard* drawing_;
    SidePanel* side_;
    FindingsCard* findings_;
    WhatIfCard* whatIf_;
};

}  // namespace wizard
