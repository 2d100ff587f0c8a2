#pragma once

#include <QFrame>

#include "pages/page_context.h"
#include "plan/firewall.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace wizard {

/// What the customer's firewall must let through for this drawing; saved as a table.
class FirewallCard : public QFrame {
    Q_OBJECT
public:
    explicit FirewallCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    void refresh();

private:
    void save();

    PageContext context_;
    std::vector<deploy::FirewallRule> rules_;
    QLabel* title_;
    QLabel* hint_;
    QPushButton* save_;
    QTableWidget* table_;
};

}  // namespace wizard
