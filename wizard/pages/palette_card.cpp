#include "pages/palette_card.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "diagram/drawing.h"
#include "pages/palette_chip.h"
#include "pages/parts.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

PaletteCard::PaletteCard(const PageContext& context, TopologyEdits& edits, QWidget* parent)
    : QFrame(parent),
      context_(context),
      edits_(edits),
      title_(makeLabel("muted")),
      hint_(makeLabel("small")),
      chipColumn_(new QVBoxLayout),
      suggest_(makeButton(QStringLiteral("suggest"))),
      suggestAll_(makeButton(QStringLiteral("suggestAll"))),
      undo_(makeButton(QStringLiteral("undoDrawing"))),
      redo_(makeButton(QStringLiteral("redoDrawing"))),
      problem_(makeLabel("error")) {
    setProperty("role", QStringLiteral("card"));
    setAcceptDrops(true);
    for (QPushButton* button : {suggestAll_, undo_, redo_})
        button->setProperty("role", QStringLiteral("flat"));
    // In a low window it scrolls; nothing is pressed into each other.
    inner_ = new QWidget;
    auto* scroll = makeScroll(inner_, Qt::ScrollBarAlwaysOff);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(2, 2, 2, 2);
    all->addWidget(scroll);
    auto* column = new QVBoxLayout(inner_);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(title_);
    chipColumn_->setSpacing(7);
    column->addLayout(chipColumn_);
    column->addWidget(suggest_);
    column->addWidget(suggestAll_);
    column->addWidget(problem_);
    problem_->hide();
    auto* history = new QHBoxLayout;
    history->addWidget(undo_);
    history->addWidget(redo_);
    column->addLayout(history);
    column->addWidget(hint_);
    column->addStretch();
    connect(suggest_, &QPushButton::clicked, this, [this] { suggest(SuggestScope::Missing); });
    connect(suggestAll_, &QPushButton::clicked, this, [this] { suggest(SuggestScope::All); });
    QUndoStack& stack = context_.draft.undoStack();
    connect(undo_, &QPushButton::clicked, &stack, &QUndoStack::undo);
    connect(redo_, &QPushButton::clicked, &stack, &QUndoStack::redo);
    connect(&stack, &QUndoStack::indexChanged, this, &PaletteCard::refreshUndo);
    retranslate();
}

void PaletteCard::retranslate() {
    title_->setText(tr("Roles (drag to servers)"));
    suggest_->setText(tr("Place what is missing"));
    suggest_->setIcon(context_.theme.icon(QStringLiteral("wand")));
    suggestAll_->setText(tr("Place all anew"));
    undo_->setText(tr("Undo"));
    undo_->setIcon(context_.theme.icon(QStringLiteral("undo")));
    redo_->setText(tr("Redo"));
    redo_->setIcon(context_.theme.icon(QStringLiteral("redo")));
    refresh();
}

void PaletteCard::setSelected(const std::vector<deploy::HostId>& hosts) {
    selected_ = hosts;
    refresh();
}

void PaletteCard::focusSuggest() {
    suggest_->setFocus();
}

void PaletteCard::makeChips(const std::vector<deploy::RoleId>& roles) {
    for (PaletteChip* chip : chips_) {
        chip->hide();
        chip->setObjectName({});
        chip->deleteLater();
    }
    chips_.clear();
    QWidget* before = nullptr;
    for (const deploy::RoleId& role : roles) {
        auto* chip = new PaletteChip(role, edits_, context_.theme, context_.texts, this);
        connect(chip, &QPushButton::clicked, this, [this, role] { press(role); });
        chipColumn_->addWidget(chip);
        if (before != nullptr)
            setTabOrder(before, chip);
        before = chip;
        chips_.push_back(chip);
    }
    if (before != nullptr)
        setTabOrder(before, suggest_);
}

void PaletteCard::refreshUndo() {
    const QUndoStack& stack = context_.draft.undoStack();
    const bool editable = context_.draft.isOpen() && !context_.draft.readOnly();
    undo_->setEnabled(editable && stack.canUndo());
    redo_->setEnabled(editable && stack.canRedo());
    undo_->setToolTip(stack.canUndo() ? tr("Undo: %1").arg(stack.undoText()) : QString());
    redo_->setToolTip(stack.canRedo() ? tr("Redo: %1").arg(stack.redoText()) : QString());
}

void PaletteCard::refreshChip(PaletteChip& chip, const deploy::RoleCount& count) {
    const size_t placed = context_.draft.content().topology.hostsOf(count.role).size();
    const int wanted = std::max(count.minimum, count.suggested);
    const QString needed = count.minimum > 0 ? QString::number(wanted)
                                             : QStringLiteral("0–%1").arg(std::max(wanted, 1));
    chip.show(placed, needed, placed >= size_t(count.minimum));
    chip.setEnabled(edits_.editable());
}

void PaletteCard::refresh() {
    QStringList names;
    for (const deploy::HostId& host : selected_)
        names << toQt(host);
    const QString who = names.size() > 4 ? tr("%1 servers").arg(names.size()) : listed(names);
    hint_->setText(selected_.empty()
                       ? tr("Or press a role, choose a server with the arrows and press Space.")
                       : tr("A press gives the role to %1, or takes it.").arg(who));
    suggest_->setEnabled(edits_.editable());
    suggestAll_->setEnabled(edits_.editable());
    refreshUndo();
    const deploy::Mode* mode = context_.draft.mode();
    if (mode == nullptr || !context_.draft.isOpen())
        return;
    const auto roles = edits_.placement().carriedRoles();
    const bool same =
        std::equal(roles.begin(), roles.end(), chips_.begin(), chips_.end(),
                   [](const auto& role, const PaletteChip* chip) { return role == chip->role(); });
    if (!same)
        makeChips(roles);
    for (PaletteChip* chip : chips_)
        refreshChip(*chip, *mode->count(chip->role()));
    fitWidth();
}

/// Nothing of it may be cut where words are long, or where the scroll bar takes its room.
void PaletteCard::fitWidth() {
    constexpr int kLeast = 224;
    constexpr int kMost = 300;
    constexpr int kScrollBar = 14;
    const QSize wanted = inner_->minimumSizeHint();
    const int edges = width() - contentsRect().width() + 4;
    const int scroll = wanted.height() > height() ? kScrollBar : 0;
    const int width = std::clamp(wanted.width() + edges + scroll, kLeast, kMost);
    // In a narrow window the drawing needs the room more than the longest name of a role.
    constexpr int kNarrow = 1100;
    const bool roomy = parentWidget() != nullptr && parentWidget()->width() >= kNarrow;
    setFixedWidth(roomy ? std::max(width, kLeast + scroll) : width);
}

void PaletteCard::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fitWidth();
}

void PaletteCard::press(const deploy::RoleId& role) {
    tell({});
    if (selected_.empty()) {
        Q_EMIT pickedUp({{{role, {}}}, {}});
        return;
    }
    const auto& topology = context_.draft.content().topology;
    Load away;
    std::vector<deploy::HostId> without;
    for (const deploy::HostId& host : selected_) {
        if (topology.has(role, host))
            away.chips.push_back({role, host});
        else
            without.push_back(host);
    }
    if (without.empty()) {
        edits_.remove(away);
        return;
    }
    const Load load{{}, without};
    const DropPlace place{DropPlace::Kind::Band, {}, role};
    if (!edits_.drop(load, place, deploy::Carry::Move))
        tell(edits_.judge(load, place, deploy::Carry::Move).text);
}

void PaletteCard::tell(const QString& problem) {
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
}

void PaletteCard::suggest(SuggestScope scope) {
    const auto before = context_.draft.content().topology;
    tell({});
    if (const auto done = edits_.suggest(scope); !done)
        tell(context_.texts.describe(done.error()));
    else if (before == context_.draft.content().topology)
        hint_->setText(scope == SuggestScope::All
                           ? tr("Everything stands where it would be placed.")
                           : tr("Nothing is missing."));
}

void PaletteCard::dragEnterEvent(QDragEnterEvent* event) {
    const auto load = fromMime(event->mimeData());
    const bool away =
        load && edits_.judge(*load, {}, deploy::Carry::Move).kind == Verdict::Kind::Legal;
    event->setAccepted(away);
}

void PaletteCard::dropEvent(QDropEvent* event) {
    const auto load = fromMime(event->mimeData());
    event->setAccepted(load && edits_.remove(*load));
}

}  // namespace wizard
