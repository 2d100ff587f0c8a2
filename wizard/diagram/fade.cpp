#include "diagram/fade.h"

#include <QPainter>
#include <QVariantAnimation>
#include <QWidget>

namespace wizard {

namespace {

constexpr int kDurationMs = 240;

class Fade : public QWidget {
public:
    explicit Fade(QWidget& over) : QWidget(&over), picture_(over.grab()) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        setGeometry(over.rect());
        animation_.setDuration(kDurationMs);
        animation_.setStartValue(1.0);
        animation_.setEndValue(0.0);
        connect(&animation_, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
        connect(&animation_, &QVariantAnimation::finished, this, &QObject::deleteLater);
        QWidget::show();
        animation_.start();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setOpacity(animation_.currentValue().toReal());
        painter.drawPixmap(0, 0, picture_);
    }

private:
    QPixmap picture_;
    QVariantAnimation animation_;
};

}  // namespace

void fadeFrom(QWidget& widget) {
    if (widget.isVisible() && !widget.size().isEmpty())
        new Fade(widget);  // owned by the widget, and gone with the last frame
}

}  // namespace wizard
