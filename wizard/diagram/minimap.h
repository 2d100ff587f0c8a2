#pragma once

#include <QPixmap>
#include <QWidget>

namespace wizard {

class TopologyView;

/// The whole drawing in a corner of its window, with the part that is seen; a press or a drag goes
/// there. Hidden while everything is seen.
class Minimap : public QWidget {
    Q_OBJECT
public:
    explicit Minimap(TopologyView& view);

    /// The drawing is another one.
    void refresh();
    /// Another part of it is seen.
    void follow();
    /// The window has another size.
    void place();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    qreal factor() const;
    void go(const QPointF& position);
    void drawPicture();

    TopologyView& view_;
    QPixmap picture_;
};

}  // namespace wizard
