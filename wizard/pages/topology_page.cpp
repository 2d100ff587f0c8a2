#include "pages/topology_page.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "diagram/fade.h"
#include "diagram/topology_view.h"
#include "pages/drawing_card.h"
#include "pages/findings_card.h"
#include "pages/mode_bar.h"
#include "pages/palette_card.h"
#include "pages/side_panel.h"
#include "pages/what_if_card.h"
#include "text/convert.h"

namespace wizard {

TopologyPage::TopologyPage(const PageContext& context)
    : Page(WizardStep::Topology),
      context_(context),
      edits_(context.draft, context.texts),
      modes_(new ModeBar(context)),
      palette_(new PaletteCard(context, edits_)),
      drawing_(new DrawingCard(context, edits_)),
      side_(new SidePanel(context.theme)),
      findings_(new FindingsCard(context)),
      whatIf_(new WhatIfCard(context)) {
    side_->add(QStringLiteral("sideRules"), findings_);
    side_->add(QStringLiteral("sideWhatIf"), whatIf_);
    findings_->setTabAfter(side_->buttonOf(findings_));
    drawing_->view().setPowerButtons(PowerButtons::Shown);
    auto* work = new QHBoxLayout;
    work->setSpacing(12);
    work->addWidget(palette_);
    work->addWidget(drawing_, 1);
    work->addWidget(side_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(modes_);
    column->addLayout(work, 1);

    TopologyView& view = drawing_->view();
    connect(modes_, &ModeBar::aboutToSwitch, this, [&view] { fadeFrom(view); });
    // The advisor takes the room of the drawing while it is open.
    connect(modes_, &ModeBar::advising, this, [this](bool open) {
        for (QWidget* one : std::initializer_list<QWidget*>{palette_, drawing_, side_})
            one->setVisible(!open);
        // Before anything takes a picture of the drawing as it stands.
        layout()->activate();
    });
    connect(&view, &TopologyView::powerPressed, this, [this](const deploy::HostId& host) {
        side_->show(whatIf_);
        whatIf_->toggle(host);
    });
    connect(&view, &TopologyView::datacenterPowerPressed, this,
            [this](const std::string& datacenter) {
                side_->show(whatIf_);
                whatIf_->toggleDatacenter(datacenter);
            });
    connect(whatIf_, &WhatIfCard::changed, this,
            [this] { drawing_->view().showFailure(whatIf_->shown()); });
    connect(side_, &SidePanel::turned, this, [this] {
        findings_->refresh();
        whatIf_->refresh();
    });
    connect(&drawing_->view(), &TopologyView::selectionChanged, this,
            [this] { palette_->setSelected(drawing_->view().selected()); });
    connect(palette_, &PaletteCard::pickedUp, &drawing_->view(), &TopologyView::pickUp);
    connect(findings_, &FindingsCard::picked, drawing_, &DrawingCard::find);
    connect(&context_.assessment, &Assessment::outdated, this, &TopologyPage::refreshWhenSeen);
    connect(&context_.assessment, &Assessment::changed, this, [this] {
        refreshWhenSeen();
        Q_EMIT changed();
    });
    connect(&context_.draft, &Draft::readOnlyChanged, this, &TopologyPage::refreshWhenSeen);
    connect(&context_.theme, &Theme::changed, this, &TopologyPage::retranslate);
    retranslate();
}

QString TopologyPage::title() const {
    return tr("Mode and topology");
}

QString TopologyPage::subtitle() const {
    return context_.draft.isOpen() && !context_.draft.content().topology.roles().empty()
               ? modeName(context_.texts, context_.draft.content().mode)
               : QString();
}

QString TopologyPage::note() const {
    const bool possible = context_.draft.isOpen() && context_.assessment.settled() &&
                          !context_.draft.content().topology.roles().empty() && reasons().empty();
    const auto lacks = [](const deploy::Finding& finding) { return finding.id == "role.too_few"; };
    const bool whole = possible && std::none_of(context_.assessment.findings().begin(),
                                                context_.assessment.findings().end(), lacks);
    return whole ? tr("Every role has its servers. Drag to change it, or press Next.") : QString();
}

std::vector<Reason> TopologyPage::reasons() const {
    std::vector<Reason> found;
    if (!context_.draft.isOpen())
        return found;
    const auto& content = context_.draft.content();
    const auto& bundle = context_.assessment.bundle();
    if (bundle) {
        const auto& modes = bundle->manifest.modes;
        if (std::find(modes.begin(), modes.end(), content.mode) == modes.end())
            found.push_back({tr("the bundle cannot install \"%1\"; it may be explored here")
                                 .arg(modeName(context_.texts, content.mode)),
                             [this] { modes_->focusFirst(); }});
    }
    if (!context_.assessment.settled())
        found.push_back({tr("the rules are being worked out"), {}});
    for (const deploy::Finding& finding : context_.assessment.findings())
        if (finding.severity == deploy::Severity::Error)
            found.push_back(
                {findingText(finding, context_.texts, "what"), [this, hosts = finding.hosts] {
                     drawing_->view().setFocus();
                     if (hosts.empty())
                         palette_->focusSuggest();
                     else
                         drawing_->find(hosts);
                 }});
    return found;
}

void TopologyPage::enter() {
    // A first visit shows a drawing that can be used as it is; where the servers do not suffice the
    // findings say so.
    if (context_.draft.content().topology.roles().empty())
        static_cast<void>(edits_.suggest(SuggestScope::All));
}

void TopologyPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    // In a narrow window the drawing needs the room more.
    constexpr int kNarrow = 1100;
    side_->setOpenWidth(event->size().width() < kNarrow ? 284 : 340);
    constexpr int kLow = 540;
    modes_->setDetail(event->size().height() < kLow ? ModeCard::Detail::FirstLine
                                                    : ModeCard::Detail::Full);
}

void TopologyPage::refresh() {
    modes_->refresh();
    drawing_->refresh();
    palette_->refresh();
    findings_->refresh();
    side_->setSummary(findings_->worst(), findings_->count(), findings_->summary());
    whatIf_->refresh();
}

void TopologyPage::retranslate() {
    drawing_->retranslate();
    side_->retranslate();
    side_->setTitle(findings_, tr("Rules"));
    side_->setTitle(whatIf_, tr("What if"));
    modes_->retranslate();
    palette_->retranslate();
    whatIf_->retranslate();
    refreshWhenSeen();
}

}  // namespace wizard
