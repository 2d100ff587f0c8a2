#pragma once

#include <QAbstractButton>

#include "frame/theme.h"
#include "pages/parts.h"

namespace wizard {

/// One deployment mode as a card that can be chosen.
class ModeCard : public QAbstractButton {
    Q_OBJECT
public:
    /// In a low window the first line alone is shown; the tooltip has the rest.
    enum class Detail { Full, FirstLine };

    explicit ModeCard(const Theme& theme, QWidget* parent = nullptr);

    void show(const QString& title, const QStringList& lines, Tone fitTone, const QString& fit);
    /// A word in the corner, such as "Recommended"; empty: none.
    void setBadge(const QString& badge);
    void setDetail(Detail detail);
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList shownLines() const;
    int badgeWidth(const QFontMetrics& metrics) const;
    /// The badge has a line of its own: beside it the last one would be cut.
    bool isBadgeApart(const QFontMetrics& metrics, int width) const;

    const Theme& theme_;
    Detail detail_ = Detail::Full;
    QString title_;
    QStringList lines_;
    Tone fitTone_ = Tone::Neutral;
    QString fit_;
    QString badge_;
};

}  // namespace wizard
