#include "pages/topology_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>
#include <algorithm>

#include "diagram/topology_view.h"
#include "mode_fit.h"
#include "pages/findings_card.h"
#include "pages/mode_card.h"
#include "pages/palette_card.h"
#include "pages/parts.h"
#include "text/convert.h"
#include "text/words.h"
#include "topology/suggest.h"
#include "topology/svg.h"

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
      palette_(new PaletteCard(context)),
      view_(new TopologyView(context.theme, context.texts, context.draft.product().catalog)),
      findings_(new FindingsCard(context)),
      fit_(makeButton(QStringLiteral("fitDrawing"))),
      svg_(makeButton(QStringLiteral("exportSvg"))) {
    auto* cards = new QHBoxLayout;
    cards->setSpacing(12);
    for (const deploy::Mode& mode : context_.draft.product().catalog.modes) {
        auto* card = new ModeCard(context_.theme);
        card->setObjectName(QStringLiteral("mode_") + toQt(mode.id));
        group_.addButton(card, int(cards_.size()));
        cards_.push_back(card);
        cards->addWidget(card);
    }
    for (QPushButton* button : {fit_, svg_})
        button->setProperty("role", QStringLiteral("flat"));
    auto* drawing = new QVBoxLayout;
    drawing->setSpacing(4);
    drawing->addWidget(view_, 1);
    auto* tools = new QHBoxLayout;
    tools->addStretch();
    tools->addWidget(fit_);
    tools->addWidget(svg_);
    drawing->addLayout(tools);
    auto* work = new QHBoxLayout;
    work->setSpacing(12);
    work->addWidget(palette_);
    work->addLayout(drawing, 1);
    work->addWidget(findings_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addLayout(cards);
    column->addLayout(work, 1);

    connect(&group_, &QButtonGroup::idClicked, this, &TopologyPage::chooseMode);
    connect(view_, &TopologyView::selectionChanged, this,
            [this] { palette_->setSelected(view_->selected()); });
    connect(findings_, &FindingsCard::picked, view_, &TopologyView::select);
    connect(fit_, &QPushButton::clicked, view_, &TopologyView::fit);
    connect(svg_, &QPushButton::clicked, this, &TopologyPage::exportSvg);
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
                     view_->setFocus();
                     if (hosts.empty())
                         palette_->focusSuggest();
                     else
                         view_->select(hosts);
                 }});
    return found;
}

void TopologyPage::enter() {
    // A first visit shows a drawing that can be used as it is.
    const auto& content = context_.draft.content();
    if (!content.topology.roles().empty() || context_.draft.readOnly() ||
        context_.draft.mode() == nullptr)
        return;
    if (const auto placed = deploy::suggestTopology(context_.draft.product().catalog,
                                                    *context_.draft.mode(), content.inventory))
        context_.draft.change(tr("Place all roles"),
                              [&](deploy::ProjectContent& next) { next.topology = *placed; });
    refreshDrawing();
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
    refreshDrawing();
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

void TopologyPage::refreshDrawing() {
    const deploy::Mode* mode = context_.draft.mode();
    if (!context_.draft.isOpen() || mode == nullptr) {
        view_->show({});
        return;
    }
    const auto& content = context_.draft.content();
    Drawing drawing;
    drawing.layout = deploy::layoutOf(context_.draft.product().catalog, *mode, content.inventory,
                                      content.topology, content.settings.entryPort);
    for (const auto& [host, outcome] : context_.assessment.outcomes())
        if (outcome)
            drawing.tips[host] =
                joined({toQt(host), toQt(outcome->osName.value_or("")), sizeText(*outcome)});
    for (const deploy::Finding& finding : context_.assessment.findings())
        for (const deploy::HostId& host : finding.hosts)
            drawing.worst[host] = std::max(drawing.worst[host], finding.severity);
    view_->show(std::move(drawing));
    if (view_->selected().empty() && content.inventory.hosts.size() == 1)
        view_->select({content.inventory.hosts.front().name});
}

void TopologyPage::exportSvg() {
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the drawing"), QStringLiteral("topology.svg"), tr("Drawings (*.svg)"));
    if (file.isEmpty())
        return;
    const std::string svg = deploy::writeSvg(view_->drawing().layout, context_.texts.table());
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(svg.data(), qint64(svg.size())) >= 0 &&
        out.commit())
        return;
    Question question;
    question.key = QStringLiteral("export.svg");
    question.title = tr("The drawing could not be saved");
    question.body = out.errorString();
    question.choices = {tr("Understood")};
    context_.questions.ask(question, {});
}

void TopologyPage::retranslate() {
    fit_->setText(tr("Fit to window"));
    fit_->setIcon(context_.theme.icon(QStringLiteral("fit")));
    svg_->setText(tr("Export SVG…"));
    svg_->setIcon(context_.theme.icon(QStringLiteral("export")));
    view_->setAccessibleName(tr("Drawing of the servers and their roles"));
    palette_->retranslate();
    refresh();
}

}  // namespace wizard
