#pragma once

#include <QFrame>
#include <vector>

#include "pages/page_context.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace wizard {

/// Passwords of the selected servers, or of a group of them (all, those that lack one, a user's, a
/// datacenter's): masked, kept in memory for the session, never saved.
class SecretsCard : public QFrame {
    Q_OBJECT
public:
    explicit SecretsCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    /// The servers selected in the table.
    void setServers(const std::vector<deploy::HostId>& servers);
    /// The groups follow the servers.
    void setInventory(const deploy::Inventory& inventory);
    void focusFirst();

private:
    void use();
    void refresh();
    void fillGroups();
    /// Whom the fields are for: the selected ones, or the chosen group.
    std::vector<deploy::HostId> addressed() const;

    PageContext context_;
    std::vector<deploy::HostId> servers_;
    deploy::Inventory inventory_;
    QComboBox* group_;
    QLabel* title_;
    QLabel* hint_;
    QLabel* labels_[3];
    QLineEdit* fields_[3];  ///< password, sudo, passphrase
    QPushButton* use_;
    QLabel* done_;
};

}  // namespace wizard
