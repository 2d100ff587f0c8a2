#pragma once

#include <QFrame>
#include <vector>

#include "catalog/catalog.h"
#include "pages/page_context.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace wizard {

/// The roles of the mode, with how many are placed of how many are needed. Pressing one gives it to
/// the selected servers, or takes it from them.
class PaletteCard : public QFrame {
    Q_OBJECT
public:
    explicit PaletteCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    void setSelected(const std::vector<deploy::HostId>& hosts);
    void refresh();
    void focusSuggest();

private:
    struct Chip {
        deploy::RoleCount count;
        QPushButton* button;
        QLabel* name;
        QLabel* amount;
    };
    void makeChips(const std::vector<deploy::RoleCount>& roles);
    void toggle(const deploy::RoleId& role);
    void suggest();

    PageContext context_;
    std::vector<deploy::HostId> selected_;
    QLabel* title_;
    QLabel* hint_;
    QVBoxLayout* chipColumn_;
    std::vector<Chip> chips_;
    QPushButton* suggest_;
    QLabel* problem_;
};

}  // namespace wizard
