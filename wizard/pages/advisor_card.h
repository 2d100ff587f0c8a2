#pragma once

#include <QFrame>

#include "pages/page_context.h"
#include "topology/advisor.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace wizard {

/// Asks what is wanted and recommends a mode and a size, with the reason and the difference to the
/// other modes.
class AdvisorCard : public QFrame {
    Q_OBJECT
public:
    explicit AdvisorCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    void refresh();
    /// It was opened: begins with the servers of the project.
    void begin();
    const deploy::ModeId& recommended() const { return advice_.recommended; }

Q_SIGNALS:
    void changed();
    void chosen(const deploy::ModeOption& option);

protected:
    /// As high as what it tells; where the window has less, it scrolls.
    QSize sizeHint() const override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void reckon();
    void fillTable();
    /// As high as its rows are, of which long words make two lines.
    void fitTable();

    PageContext context_;
    QWidget* inner_;
    QLabel* tpsLabel_;
    QSpinBox* tps_;
    QLabel* surviveLabel_;
    QComboBox* survive_;
    QLabel* serversLabel_;
    QSpinBox* servers_;
    QLabel* headline_;
    QLabel* reasons_;
    QPushButton* use_;
    QTableWidget* table_;
    QLabel* reference_;
    deploy::Advice advice_;
};

}  // namespace wizard
