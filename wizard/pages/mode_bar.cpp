#include "pages/mode_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "diagram/drawing.h"
#include "mode_fit.h"
#include "pages/advisor_card.h"
#include "pages/mode_card.h"
#include "pages/parts.h"
#include "text/convert.h"
#include "text/words.h"
#include "topology/generic.h"

namespace wizard {

namespace {

constexpr int kCardGap = 12;

QString listed(const std::vector<deploy::HostId>& hosts) {
    QStringList names;
    for (const deploy::HostId& host : hosts)
        names << toQt(host);
    return wizard::listed(names);
}

int placements(const deploy::Topology& topology) {
    int count = 0;
    for (const auto& [role, hosts] : topology.roles())
        count += int(hosts.size());
    return count;
}

}  // namespace

QStringList moveTexts(const std::vector<deploy::RoleMove>& moves, const Texts& texts) {
    QStringList lines;
    for (const deploy::RoleMove& move : moves) {
        const std::string added = fromQt(listed(move.added));
        const std::string removed = fromQt(listed(move.removed));
        const char* key = move.removed.empty() ? "added" : move.added.empty() ? "removed" : "moved";
        lines << texts.text(std::string("mode_change.") + key,
                            {{"role", move.role.str()},
                             {"servers", added.empty() ? removed : added},
                             {"from", removed},
                             {"to", added}});
    }
    return lines;
}

ModeBar::ModeBar(const PageContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      advise_(makeButton(QStringLiteral("advise"))),
      advisor_(new AdvisorCard(context)),
      moved_(makeCard()),
      movedText_(makeLabel("small")),
      movedClose_(makeButton(QStringLiteral("closeMoved"))) {
    auto* cards = new QHBoxLayout;
    cards->setSpacing(kCardGap);
    for (const deploy::Mode& mode : context_.draft.product().catalog.modes) {
        auto* card = new ModeCard(context_.theme);
        card->setObjectName(QStringLiteral("mode_") + toQt(mode.id));
        group_.addButton(card, int(cards_.size()));
        cards_.push_back(card);
        cards->addWidget(card);
    }
    advise_->setProperty("role", QStringLiteral("flat"));
    advise_->setCheckable(true);
    movedClose_->setProperty("role", QStringLiteral("flat"));
    movedText_->setObjectName(QStringLiteral("movedText"));
    auto* movedRow = new QHBoxLayout(moved_);
    movedRow->setContentsMargins(14, 6, 8, 6);
    movedRow->addWidget(movedText_, 1);
    movedRow->addWidget(movedClose_, 0, Qt::AlignTop);
    moved_->hide();
    advisor_->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(cards);
    column->addWidget(advise_, 0, Qt::AlignLeft);
    column->addWidget(advisor_);
    column->addWidget(moved_);

    tabToChosen(group_);
    connect(&group_, &QButtonGroup::idClicked, this, [this](int index) {
        const deploy::Mode& mode = context_.draft.product().catalog.modes[size_t(index)];
        choose(mode.id, deploy::genericServers(mode));
    });
    connect(advise_, &QPushButton::toggled, this, [this](bool on) {
        advisor_->setVisible(on);
        if (on)
            advisor_->begin();
        refresh();
        Q_EMIT advising(on);
    });
    connect(advisor_, &AdvisorCard::chosen, this, [this](const deploy::ModeOption& option) {
        advise_->setChecked(false);
        choose(option.mode, deploy::genericServers(option.servers / option.datacenters,
                                                   option.opsServers, option.datacenters));
    });
    connect(advisor_, &AdvisorCard::changed, this, &ModeBar::refresh);
    connect(movedClose_, &QPushButton::clicked, this, [this] {
        told_.reset();
        refreshMoved();
    });
    connect(&context_.draft, &Draft::projectChanged, this, [this] { told_.reset(); });
    retranslate();
}

void ModeBar::focusFirst() {
    for (ModeCard* card : cards_)
        if (card->isChecked())
            return card->setFocus();
    cards_.front()->setFocus();
}

bool ModeBar::explores() const {
    return context_.draft.isOpen() && context_.draft.content().kind == deploy::ProjectKind::Explore;
}

void ModeBar::choose(const deploy::ModeId& id, const deploy::Inventory& generic) {
    const auto& catalog = context_.draft.product().catalog;
    const deploy::Mode* mode = catalog.mode(id);
    if (mode == nullptr || !context_.draft.isOpen() || context_.draft.readOnly())
        return;
    const deploy::ProjectContent& content = context_.draft.content();
    const deploy::Inventory& inventory = explores() ? generic : content.inventory;
    if (content.mode == id && !content.topology.roles().empty() && inventory == content.inventory)
        return refresh();
    Q_EMIT aboutToSwitch();
    deploy::ModeChange change = deploy::changeMode(catalog, *mode, inventory, content.topology);
    told_ = change;
    context_.draft.change(tr("Choose a mode"), [&](deploy::ProjectContent& next) {
        next.mode = id;
        next.inventory = inventory;
        next.topology = change.topology;
    });
    refresh();
}

/// Judging hundreds of servers for three modes takes longer than the rest of an edit.
void ModeBar::refreshFits() {
    if (!context_.draft.isOpen()) {
        fits_.clear();
        return;
    }
    const auto& content = context_.draft.content();
    const auto& outcomes = context_.assessment.outcomes();
    FitInput input = fitInput(content, outcomes);
    if (!fits_.empty() && input == judged_)
        return;
    fits_.clear();
    const auto& catalog = context_.draft.product().catalog;
    for (const deploy::Mode& mode : catalog.modes)
        fits_.push_back(fitOf(catalog, mode, content, outcomes));
    judged_ = std::move(input);
}

void ModeBar::refresh() {
    refreshFits();
    for (size_t i = 0; i < cards_.size(); ++i)
        refreshCard(i);
    evenOut();
    // An edit by hand or an undo: what the switch did is history.
    if (told_ && (!context_.draft.isOpen() || context_.draft.content().topology != told_->topology))
        told_.reset();
    refreshMoved();
    advisor_->refresh();
}

void ModeBar::refreshMoved() {
    moved_->setVisible(told_.has_value());
    if (!told_)
        return;
    int added = 0;
    for (const deploy::RoleMove& move : told_->moves)
        added += int(move.added.size());
    QStringList lines = moveTexts(told_->moves, context_.texts);
    if (lines.isEmpty())
        lines << context_.texts.text("mode_change.same");
    else if (const int kept = placements(told_->topology) - added; kept > 0)
        lines.prepend(context_.texts.text("mode_change.kept", {{"count", std::to_string(kept)}}));
    movedText_->setText(lines.join(QLatin1Char(' ')));
}

void ModeBar::refreshCard(size_t index) {
    const auto& catalog = context_.draft.product().catalog;
    const deploy::Mode& mode = catalog.modes[index];
    const bool open = context_.draft.isOpen();
    const auto size = [](const deploy::ServerSize& one) {
        return tr("%1 cores / %2 / %3")
            .arg(one.cores)
            .arg(bytesText(one.memoryBytes), bytesText(one.diskBytes));
    };
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
    const ModeFit fit = open ? fits_[index] : ModeFit{};
    Tone tone = Tone::Ok;
    QString words = tr("These servers suffice");
    if (explores()) {
        tone = Tone::Neutral;
        words = tr("Made-up servers");
    } else if (!fit.enough()) {
        tone = Tone::Warning;
        words = tr("Needs %1 servers, there are %2").arg(fit.needed).arg(fit.given);
    } else if (!fit.tooSmall.empty()) {
        tone = Tone::Error;
        words = tr("Too small: %1").arg(listed(fit.tooSmall));
    } else if (!fit.unknown.empty()) {
        tone = Tone::Neutral;
        words = tr("Not probed: %1").arg(listed(fit.unknown));
    }
    ModeCard* card = cards_[index];
    card->show(
        modeName(context_.texts, mode.id),
        {joined({servers, tps}), sizes, context_.texts.text("mode." + mode.id.str() + ".survives")},
        tone, words);
    card->setBadge(advise_->isChecked() && advisor_->recommended() == mode.id ? tr("Recommended")
                                                                              : QString());
    card->setChecked(open && context_.draft.content().mode == mode.id);
    card->setEnabled(open && !context_.draft.readOnly());
}

void ModeBar::setDetail(ModeCard::Detail detail) {
    for (ModeCard* card : cards_)
        card->setDetail(detail);
    evenOut();
}

/// All as high as the one that needs most.
void ModeBar::evenOut() {
    const int count = int(cards_.size());
    const int each = (width() - kCardGap * (count - 1)) / std::max(count, 1);
    int high = 0;
    for (const ModeCard* card : cards_)
        high = std::max(high, card->heightForWidth(each));
    for (ModeCard* card : cards_)
        card->setFixedHeight(high);
}

void ModeBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    evenOut();
}

void ModeBar::retranslate() {
    advise_->setText(tr("Which mode fits?"));
    advise_->setIcon(context_.theme.icon(QStringLiteral("question")));
    movedClose_->setText(tr("Close"));
    movedClose_->setAccessibleName(tr("Close the list of what was moved"));
    advisor_->retranslate();
    refresh();
}

}  // namespace wizard
