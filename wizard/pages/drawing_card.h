#pragma once

#include <QWidget>

#include "diagram/drawing.h"
#include "diagram/topology_edits.h"
#include "pages/page_context.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace wizard {

class TopologyTableModel;
class TopologyView;

/// The drawing or its table, with what belongs to both below: what was just said, search, zoom,
/// export.
class DrawingCard : public QWidget {
    Q_OBJECT
public:
    /// `edits` outlives it.
    DrawingCard(const PageContext& context, TopologyEdits& edits, QWidget* parent = nullptr);

    TopologyView& view() { return *view_; }
    void retranslate();
    void refresh();
    /// Selects servers and brings them into sight, in the drawing or the table.
    void find(const std::vector<deploy::HostId>& hosts);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitTable();
    /// In a narrow card the icon alone says it.
    void nameExport();
    void makeTools();
    void say(const QString& text);
    void search(const QString& text, int step);
    void showMenu(const QPoint& position);
    void exportDrawing();

    PageContext context_;
    TopologyEdits& edits_;
    TopologyView* view_;
    QTableView* table_;
    TopologyTableModel* model_;
    QStackedWidget* stack_;
    QLabel* said_;
    QLineEdit* search_;
    QPushButton* tableButton_;
    QPushButton* zoomIn_;
    QPushButton* zoomOut_;
    QPushButton* fit_;
    QPushButton* export_;
    size_t match_ = 0;
    deploy::ModeId mode_;  ///< that was drawn last
};

}  // namespace wizard
