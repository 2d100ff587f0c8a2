#pragma once

#include <QAbstractButton>

#include "frame/theme.h"
#include "pages/parts.h"

namespace wizard {

/// One deployment mode as a card that can be chosen.
class ModeCard : public QAbstractButton {
    Q_OBJECT
public:
    explicit ModeCard(const Theme& theme, QWidget* parent = nullptr);

    void show(const QString& title, const QStringList& lines, Tone fitTone, const QString& fit);
    /// A word in the corner, such as "Recommended"; empty: none.
    void setBadge(const QString& badge);
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QString title_;
    QStringList lines_;
    Tone fitTone_ = Tone::Neutral;
    QString fit_;
    QString badge_;
};

}  // namespace wizard
