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

    /// Shows servers that are off and what becomes of the bands, until the next call. Servers and
    /// roles that the drawing does not have are passed over.
    void showFailure(FailureShown failure);
    void setPowerButtons(PowerButtons buttons);

Q_SIGNALS:
    void selectionChanged();
    /// A power button was pressed; showFailure() shows what follows.
    void powerPressed(const deploy::HostId& host);
    void datacenterPowerPressed(const std::string& datacenter);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void zoom(qreal factor);
    void step(int by);

    Drawing drawing_;
    FailureShown failure_;
    PowerButtons power_ = PowerButtons::Hidden;
    DrawingLook look_;
    bool fitted_ = true;  ///< follows the window until a person zooms
};

}  // namespace wizard
