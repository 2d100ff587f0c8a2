#pragma once

#include <QFrame>
#include <vector>

#include "pages/page_context.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace wizard {

/// Passwords of the selected servers: masked, kept in memory for the session, never saved.
class SecretsCard : public QFrame {
    Q_OBJECT
public:
    explicit SecretsCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    void setServers(const std::vector<deploy::HostId>& servers);
    void focusFirst();

private:
    void use();

    PageContext context_;
    std::vector<deploy::HostId> servers_;
    QLabel* title_;
    QLabel* hint_;
    QLabel* labels_[3];
    QLineEdit* fields_[3];  ///< password, sudo, passphrase
    QPushButton* use_;
    QLabel* done_;
};

}  // namespace wizard
