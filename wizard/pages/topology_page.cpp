#include "pages/topology_page.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "diagram/topology_view.h"
#include "mode_fit.h"
#include "pages/drawing_card.h"
#include "pages/findings_card.h"
#include "pages/mode_card.h"
#include "pages/palette_card.h"
#include "pages/parts.h"
#include "text/convert.h"
#include "text/words.h"
#include "topology/suggest.h"

namespace wizard {

namespace {

QString listed(const std::vector<deploy::HostId>& hosts) {
    QStringList names;
    for (const deploy::HostId& host : hosts)
        names << toQt(host);
    return names.join(QStringLiteral(", "));
}

}  // namespace

TopologyPage::TopologyPage(const PageContext& context)
    : Page(WizardStep::Topology),
      context_(context),
      edits_(context.draft, context.texts),
      palette_(new PaletteCard(context, edits_)),
      drawing_(new DrawingCard(context, edits_)),
      findings_(new FindingsCard(context)) {
    auto* cards = new QHBoxLayout;
    cards->setSpacing(12);
    for (const deploy::Mode& mode : context_.draft.product().catalog.modes) {
        auto* card = new ModeCard(context_.theme);
        card->setObjectName(QStringLiteral("mode_") + toQt(mode.id));
        group_.addButton(card, int(cards_.size()));
        cards_.push_back(card);
        cards->addWidget(card);
    }
    auto* work = new QHBoxLayout;
    work->setSpacing(12);
    work->addWidget(palette_);
    work->addWidget(drawing_, 1);
    work->addWidget(findings_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addLayout(cards);
    column->addLayout(work, 1);

    connect(&group_, &QButtonGroup::idClicked, this, &TopologyPage::chooseMode);
    connect(&drawing_->view(), &TopologyView::selectionChanged, this,
            [this] { palette_->setSelected(drawing_->view().selected()); });
    connect(palette_, &PaletteCard::pickedUp, &drawing_->view(), &TopologyView::pickUp);
    connect(findings_, &FindingsCard::picked, drawing_, &DrawingCard::find);
    connect(&context_.assessment, &Assessment::changed, this, &TopologyPage::refresh);
    connect(&context_.draft, &Draft::readOnlyChanged, this, &TopologyPage::refresh);
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
                             [this] { cards_.front()->setFocus(); }});
    }
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

void TopologyPage::chooseMode(int index) {
    const auto& catalog = context_.draft.product().catalog;
    const deploy::Mode& mode = catalog.modes[size_t(index)];
    context_.draft.change(tr("Choose a mode"), [&](deploy::ProjectContent& content) {
        content.mode = mode.id;
        // What fits the new mode stays where it is.
        deploy::Topology kept;
        for (const deploy::RoleCount& role : mode.roles)
            for (const deploy::HostId& host : content.topology.hostsOf(role.role))
                kept = kept.assign(role.role, host);
        const auto placed = deploy::suggestTopology(catalog, mode, content.inventory, kept);
        content.topology = placed ? *placed : kept;
    });
    refreshCards();
}

void TopologyPage::refresh() {
    refreshCards();
    drawing_->refresh();
    palette_->refresh();
    findings_->refresh();
    Q_EMIT changed();
}

void TopologyPage::refreshCards() {
    const auto& catalog = context_.draft.product().catalog;
    const bool editable = context_.draft.isOpen() && !context_.draft.readOnly();
    const auto size = [](const deploy::ServerSize& one) {
        return tr("%1 cores / %2 / %3")
            .arg(one.cores)
            .arg(bytesText(one.memoryBytes), bytesText(one.diskBytes));
    };
    for (size_t i = 0; i < cards_.size(); ++i) {
        const deploy::Mode& mode = catalog.modes[i];
        QString servers = mode.serversMaximum == 0 && mode.kubernetes
                              ? tr("From %1 servers").arg(mode.servers)
                          : mode.servers == 1 ? tr("One server")
                                              : tr("%1 servers").arg(mode.servers);
        if (mode.opsServers > 0)
            servers += tr(" (+%1 for operations)").arg(mode.opsServers);
        QString sizes = mode.recommended == mode.minimum
                            ? tr("Each at least %1").arg(size(mode.minimum))
                            : tr("Each at least %1, better %2 / %3 / %4")
                                  .arg(size(mode.minimum))
                                  .arg(mode.recommended.cores)
                                  .arg(bytesText(mode.recommended.memoryBytes),
                                       bytesText(mode.recommended.diskBytes));
        if (mode.ssdRecommended)
            sizes += tr(", SSD recommended");
        const QString tps =
            mode.tpsMinimum == mode.tpsRecommended
                ? tr("Reference: %L1 TPS").arg(mode.tpsRecommended)
                : tr("Reference: %L1 to %L2 TPS").arg(mode.tpsMinimum).arg(mode.tpsRecommended);
        const QString survives = context_.texts.text("mode." + mode.id.str() + ".survives");
        const ModeFit fit = context_.draft.isOpen() ? fitOf(catalog, mode, context_.draft.content(),
                                                            context_.assessment.outcomes())
                                                    : ModeFit{};
        Tone tone = Tone::Ok;
        QString words = tr("These servers suffice");
        if (!fit.enough()) {
            tone = Tone::Warning;
            words = tr("Needs %1 servers, there are %2").arg(fit.needed).arg(fit.given);
        } else if (!fit.tooSmall.empty()) {
            tone = Tone::Error;
            words = tr("Too small: %1").arg(listed(fit.tooSmall));
        } else if (!fit.unknown.empty()) {
            tone = Tone::Neutral;
            words = tr("Not probed: %1").arg(listed(fit.unknown));
        }
        cards_[i]->show(modeName(context_.texts, mode.id),
                        {joined({servers, tps}), sizes, survives}, tone, words);
        cards_[i]->setChecked(context_.draft.isOpen() && context_.draft.content().mode == mode.id);
        cards_[i]->setEnabled(editable);
    }
}

void TopologyPage::retranslate() {
    drawing_->retranslate();
    palette_->retranslate();
    refresh();
}

}  // namespace wizard
