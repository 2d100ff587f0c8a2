#pragma once

#include <QAbstractButton>

#include "frame/theme.h"
#include "pages/page.h"

namespace wizard {

/// What one line of the rail shows.
struct RailEntry {
    QString title;
    QString subtitle;
    StepState state = StepState::NotPossible;
    bool current = false;
    bool operator==(const RailEntry&) const = default;
};

/// The state in a word, for tooltips and screen readers.
QString stateWord(StepState state);

/// One step in the rail: number or state shape, title, small line.
class RailItem : public QAbstractButton {
    Q_OBJECT
public:
    /// Widths of the rail: with titles, and with the marks alone, whose tips are the titles.
    static constexpr int kWide = 208;
    static constexpr int kMarkOnly = 52;

    RailItem(int number, const Theme& theme, QWidget* parent = nullptr);

    void show(const RailEntry& entry);
    const RailEntry& entry() const { return entry_; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintBadge(QPainter& painter, const QRectF& circle) const;

    int number_;
    const Theme& theme_;
    RailEntry entry_;
};

}  // namespace wizard
