#include "pages/palette_card.h"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "diagram/drawing.h"
#include "pages/parts.h"
#include "text/convert.h"
#include "topology/suggest.h"

namespace wizard {

PaletteCard::PaletteCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      title_(makeLabel("muted")),
      hint_(makeLabel("small")),
      chipColumn_(new QVBoxLayout),
      suggest_(makeButton(QStringLiteral("suggest"))),
      problem_(makeLabel("error")) {
    setProperty("role", QStringLiteral("card"));
    setFixedWidth(204);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->addWidget(title_);
    chipColumn_->setSpacing(7);
    column->addLayout(chipColumn_);
    column->addWidget(suggest_);
    column->addWidget(problem_);
    column->addWidget(hint_);
    column->addStretch();
    connect(suggest_, &QPushButton::clicked, this, &PaletteCard::suggest);
    retranslate();
}

void PaletteCard::retranslate() {
    title_->setText(tr("Roles"));
    suggest_->setText(tr("Place all"));
    suggest_->setIcon(context_.theme.icon(QStringLiteral("wand")));
    refresh();
}

void PaletteCard::setSelected(const std::vector<deploy::HostId>& hosts) {
    selected_ = hosts;
    refresh();
}

void PaletteCard::focusSuggest() {
    suggest_->setFocus();
}

void PaletteCard::makeChips(const std::vector<deploy::RoleCount>& roles) {
    for (const Chip& chip : chips_) {
        chip.button->hide();
        chip.button->setObjectName({});
        chip.button->deleteLater();
    }
    chips_.clear();
    for (const deploy::RoleCount& count : roles) {
        auto* button = makeButton(QStringLiteral("role_") + toQt(count.role));
        auto* row = new QHBoxLayout(button);
        row->setContentsMargins(9, 0, 9, 0);
        auto* name = new QLabel;
        auto* amount = makeLabel("muted");
        amount->setWordWrap(false);
        name->setMinimumWidth(10);
        for (QLabel* part : {name, amount})
            part->setAttribute(Qt::WA_TransparentForMouseEvents);
        row->addWidget(name, 1);
        row->addWidget(amount);
        connect(button, &QPushButton::clicked, this, [this, id = count.role] { toggle(id); });
        chipColumn_->addWidget(button);
        chips_.push_back({count, button, name, amount});
    }
}

void PaletteCard::refresh() {
    const deploy::Mode* mode = context_.draft.mode();
    const bool editable = context_.draft.isOpen() && !context_.draft.readOnly();
    QStringList names;
    for (const deploy::HostId& host : selected_)
        names << toQt(host);
    hint_->setText(selected_.empty() ? tr("Select a server in the drawing, then press a role.")
                                     : tr("A press gives the role to %1, or takes it.")
                                           .arg(names.join(QStringLiteral(", "))));
    suggest_->setEnabled(editable);
    if (mode == nullptr || !context_.draft.isOpen())
        return;
    std::vector<deploy::RoleCount> wanted;
    for (const deploy::RoleCount& count : mode->roles)
        if (count.minimum != 0 || count.suggested != 0 || count.maximum != 0)
            wanted.push_back(count);
    const bool same =
        std::equal(wanted.begin(), wanted.end(), chips_.begin(), chips_.end(),
                   [](const auto& count, const Chip& chip) { return count == chip.count; });
    if (!same)
        makeChips(wanted);
    for (const Chip& chip : chips_) {
        const deploy::RoleCount& count = chip.count;
        const size_t placed = context_.draft.content().topology.hostsOf(count.role).size();
        const QString needed = count.minimum > 0
                                   ? QString::number(std::max(count.minimum, count.suggested))
                                   : QStringLiteral("0–%1").arg(std::max(count.suggested, 1));
        const QString name = roleName(context_.texts, count.role);
        chip.name->setText(name);
        chip.amount->setText(QStringLiteral("%1 / %2").arg(placed).arg(needed));
        chip.button->setAccessibleName(tr("%1: %2 placed of %3").arg(name).arg(placed).arg(needed));
        chip.button->setToolTip(context_.texts.text("role." + count.role.str() + ".about"));
        const deploy::Role* role = context_.draft.product().catalog.role(count.role);
        const QColor color =
            bandColor(context_.theme.appearance(), role ? toQt(role->color) : QString());
        chip.button->setStyleSheet(
            QStringLiteral("QPushButton { background: %1; } QLabel { background: transparent; }")
                .arg(color.name()));
        chip.button->setEnabled(editable && !selected_.empty());
    }
}

void PaletteCard::toggle(const deploy::RoleId& role) {
    const auto& topology = context_.draft.content().topology;
    const bool all = std::all_of(selected_.begin(), selected_.end(),
                                 [&](const auto& host) { return topology.has(role, host); });
    const auto selected = selected_;
    context_.draft.change(all ? tr("Take a role away") : tr("Give a role"),
                          [&](deploy::ProjectContent& content) {
                              for (const deploy::HostId& host : selected)
                                  content.topology = all ? content.topology.unassign(role, host)
                                                         : content.topology.assign(role, host);
                          });
}

void PaletteCard::suggest() {
    problem_->clear();
    const deploy::Mode* mode = context_.draft.mode();
    if (mode == nullptr)
        return;
    const auto placed = deploy::suggestTopology(context_.draft.product().catalog, *mode,
                                                context_.draft.content().inventory);
    if (!placed) {
        problem_->setText(context_.texts.describe(placed.error()));
        return;
    }
    context_.draft.change(tr("Place all roles"),
                          [&](deploy::ProjectContent& content) { content.topology = *placed; });
}

}  // namespace wizard
