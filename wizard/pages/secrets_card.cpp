#include "pages/secrets_card.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "pages/parts.h"
#include "text/convert.h"

namespace wizard {

SecretsCard::SecretsCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      title_(makeLabel("heading")),
      hint_(makeLabel("small")),
      use_(makeButton(QStringLiteral("useSecrets"))),
      done_(makeLabel("ok")) {
    setProperty("role", QStringLiteral("card"));
    setFixedWidth(264);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(6);
    column->addWidget(title_);
    static const char* const kNames[] = {"secretPassword", "secretSudo", "secretPassphrase"};
    for (int i = 0; i < 3; ++i) {
        labels_[i] = makeLabel("muted");
        fields_[i] = new QLineEdit;
        fields_[i]->setObjectName(QLatin1String(kNames[i]));
        fields_[i]->setEchoMode(QLineEdit::Password);
        labels_[i]->setBuddy(fields_[i]);
        connect(fields_[i], &QLineEdit::returnPressed, this, &SecretsCard::use);
        column->addWidget(labels_[i]);
        column->addWidget(fields_[i]);
    }
    column->addWidget(use_);
    column->addWidget(done_);
    column->addWidget(hint_);
    column->addStretch();
    connect(use_, &QPushButton::clicked, this, &SecretsCard::use);
    retranslate();
}

void SecretsCard::retranslate() {
    labels_[0]->setText(tr("Login password"));
    labels_[1]->setText(tr("sudo password, if it is another"));
    labels_[2]->setText(tr("Passphrase of the key file"));
    for (int i = 0; i < 3; ++i)
        fields_[i]->setAccessibleName(labels_[i]->text());
    use_->setText(tr("Use for these servers"));
    hint_->setText(tr("Kept in memory until the wizard closes, and never written to a file."));
    setServers(servers_);
}

void SecretsCard::setServers(const std::vector<deploy::HostId>& servers) {
    if (servers != servers_)
        done_->clear();
    servers_ = servers;
    QStringList names;
    for (const deploy::HostId& server : servers_)
        names << toQt(server);
    title_->setText(names.isEmpty() ? tr("Passwords: select servers")
                                    : tr("Passwords for %1").arg(names.join(QStringLiteral(", "))));
    for (QLineEdit* field : fields_)
        field->setEnabled(!servers_.empty());
    use_->setEnabled(!servers_.empty());
}

void SecretsCard::focusFirst() {
    fields_[0]->setFocus();
}

void SecretsCard::use() {
    if (servers_.empty())
        return;
    const auto take = [&](int i, deploy::Secret& target) {
        if (!fields_[i]->text().isEmpty())
            target = deploy::Secret(fromQt(fields_[i]->text()));
        fields_[i]->clear();
    };
    deploy::Credential entered;
    take(0, entered.password);
    take(1, entered.sudo);
    take(2, entered.passphrase);
    for (const deploy::HostId& server : servers_) {
        deploy::Credential& kept = context_.draft.credentials().servers[server];
        if (!entered.password.empty())
            kept.password = entered.password;
        if (!entered.sudo.empty())
            kept.sudo = entered.sudo;
        if (!entered.passphrase.empty())
            kept.passphrase = entered.passphrase;
    }
    done_->setText(tr("Entered."));
    context_.draft.tellCredentialsChanged();
}

}  // namespace wizard
