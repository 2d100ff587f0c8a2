#pragma once

#include <QGraphicsView>
#include <memory>
#include <vector>

#include "diagram/items.h"

namespace wizard {

/// The drawing in its window: zoom to the cursor, fit, selection of servers.
class TopologyView : public QGraphicsView {
    Q_OBJECT
public:
    TopologyView(const Theme& theme, const Texts& texts, const deploy::Catalog& catalog,
                 QWidget* parent = nullptr);
    ~TopologyView() override;

    void show(Drawing drawing);
    const Drawing& drawing() const { return drawing_; }
    std::vector<deploy::HostId> selected() const;
    void select(const std::vector<deploy::HostId>& hosts);
    void fit();

Q_SIGNALS:
    void selectionChanged();

protected:
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void zoom(qreal factor);
    void step(int by);

    Drawing drawing_;
    DrawingLook look_;
    bool fitted_ = true;  ///< follows the window until a person zooms
};

}  // namespace wizard
