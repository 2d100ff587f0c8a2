#include "pages/parts.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QScrollArea>
#include <QStyle>
#include <QTableView>
#include <QToolTip>
#include <algorithm>

namespace wizard {

namespace {

/// Shows the whole of a cell that its column cuts short, where the cell has nothing else to tell.
class WholeTexts : public QObject {
public:
    explicit WholeTexts(QTableView& table) : QObject(&table), table_(table) {
        table.viewport()->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::ToolTip)
            return QObject::eventFilter(watched, event);
        const auto* help = static_cast<QHelpEvent*>(event);
        const QModelIndex cell = table_.indexAt(help->pos());
        const bool cut = cell.isValid() && cell.data(Qt::ToolTipRole).isNull() &&
                         table_.sizeHintForIndex(cell).width() > table_.columnWidth(cell.column());
        if (!cut)
            return QObject::eventFilter(watched, event);
        QToolTip::showText(help->globalPos(), cell.data().toString(), table_.viewport());
        return true;
    }

private:
    QTableView& table_;
};

}  // namespace

QString shapeOf(Tone tone) {
    switch (tone) {
        case Tone::Ok:
            return QStringLiteral("check");
        case Tone::Warning:
            return QStringLiteral("triangle");
        case Tone::Error:
            return QStringLiteral("cross");
        case Tone::Neutral:
            break;
    }
    return QStringLiteral("info");
}

QColor colorOf(Tone tone, const Colors& colors) {
    switch (tone) {
        case Tone::Ok:
            return colors.ok;
        case Tone::Warning:
            return colors.warn;
        case Tone::Error:
            return colors.bad;
        case Tone::Neutral:
            break;
    }
    return colors.muted;
}

QFrame* makeCard() {
    auto* card = new QFrame;
    card->setProperty("role", QStringLiteral("card"));
    return card;
}

QLabel* makeLabel(const char* role) {
    auto* label = new QLabel;
    label->setProperty("role", QLatin1String(role));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QPushButton* makeButton(const QString& name) {
    auto* button = new QPushButton;
    button->setObjectName(name);
    return button;
}

QScrollArea* makeScroll(QWidget* inner, Qt::ScrollBarPolicy sideways) {
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(inner);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(sideways);
    return scroll;
}

void prepareTable(QTableView& table) {
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(32);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setStretchLastSection(true);
    table.setShowGrid(false);
    table.setCornerButtonEnabled(false);
    table.setIconSize(QSize(15, 15));
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setTabKeyNavigation(false);
    table.setFrameShape(QFrame::NoFrame);
    new WholeTexts(table);
}

void fitHeight(QTableView& table, int most) {
    const int rows = table.model() ? table.model()->rowCount() : 0;
    const int shown = std::clamp(rows, 1, most);
    const int header =
        table.horizontalHeader()->isHidden() ? 0 : table.horizontalHeader()->sizeHint().height();
    const int scroll = 14;  // room for the horizontal scroll bar, so that it covers no row
    table.setFixedHeight(header + shown * table.verticalHeader()->defaultSectionSize() + scroll);
}

void fitColumns(QTableView& table, int widest) {
    QHeaderView& header = *table.horizontalHeader();
    header.setStretchLastSection(false);
    table.resizeColumnsToContents();
    // So that what stands in two columns does not read as one.
    constexpr int kGap = 10;
    for (int column = 0; column < header.count(); ++column)
        if (!header.isSectionHidden(column))
            header.resizeSection(column, std::min(header.sectionSize(column) + kGap, widest));
    // Else a wide window would have all of it at its left.
    constexpr int kMostShare = 44;
    const int shown = header.count() - header.hiddenSectionCount();
    const int share =
        shown > 0 ? std::clamp((table.viewport()->width() - header.length()) / shown, 0, kMostShare)
                  : 0;
    for (int column = 0; column < header.count(); ++column)
        if (share > 0 && !header.isSectionHidden(column))
            header.resizeSection(column, header.sectionSize(column) + share);
    header.setStretchLastSection(header.length() <= table.viewport()->width());
}

void tabToChosen(QButtonGroup& group) {
    const auto choose = [&group] {
        for (QAbstractButton* button : group.buttons())
            button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
    };
    QObject::connect(&group, &QButtonGroup::buttonToggled, &group, choose);
    choose();
}

void setLook(QWidget& widget, const char* property, const QVariant& value) {
    if (widget.property(property) == value)
        return;
    widget.setProperty(property, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

NoteBox::NoteBox(const Theme& theme, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      icon_(new QLabel),
      title_(makeLabel("heading")),
      body_(makeLabel("body")) {
    setProperty("role", QStringLiteral("finding"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(10, 7, 10, 7);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->addWidget(icon_, 0, 0, Qt::AlignTop);
    grid->addWidget(title_, 0, 1);
    grid->addWidget(body_, 1, 1);
    grid->setColumnStretch(1, 1);
    body_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // Chinese has no spaces: without this a line would not be narrower than its text.
    title_->setMinimumWidth(1);
    body_->setMinimumWidth(1);
    connect(&theme_, &Theme::changed, this, &NoteBox::paintIcon);
}

void NoteBox::show(Tone tone, const QString& title, const QString& body) {
    tone_ = tone;
    static const char* const kTones[] = {"neutral", "ok", "warning", "error"};
    setLook(*this, "tone", QLatin1String(kTones[int(tone)]));
    title_->setText(title);
    body_->setText(body);
    body_->setVisible(!body.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(body);
    paintIcon();
    // Without a parent it would become a window of its own; a layout shows it with its parent.
    if (parentWidget() != nullptr)
        setVisible(true);
}

void NoteBox::paintIcon() {
    icon_->setPixmap(
        themedIcon(shapeOf(tone_), colorOf(tone_, theme_.colors())).pixmap(QSize(16, 16)));
}

}  // namespace wizard
