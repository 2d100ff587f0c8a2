#include "pages/secrets_card.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <set>

#include "pages/parts.h"
#include "secret_state.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

SecretsCard::SecretsCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      group_(new QComboBox),
      title_(makeLabel("heading")),
      hint_(makeLabel("small")),
      use_(makeButton(QStringLiteral("useSecrets"))),
      done_(makeLabel("ok")) {
    setProperty("role", QStringLiteral("card"));
    setFixedWidth(264);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(6);
    group_->setObjectName(QStringLiteral("secretGroup"));
    group_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    column->addWidget(group_);
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
    connect(group_, &QComboBox::currentIndexChanged, this, [this] {
        done_->clear();
        refresh();
    });
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
    group_->setAccessibleName(tr("For which servers"));
    fillGroups();
}

void SecretsCard::setServers(const std::vector<deploy::HostId>& servers) {
    if (servers != servers_)
        done_->clear();
    servers_ = servers;
    refresh();
}

void SecretsCard::setInventory(const deploy::Inventory& inventory) {
    inventory_ = inventory;
    fillGroups();
}

void SecretsCard::fillGroups() {
    std::set<QString> users;
    std::set<QString> datacenters;
    for (const deploy::Host& host : inventory_.hosts) {
        users.insert(toQt(host.user));
        if (!host.datacenter.empty())
            datacenters.insert(toQt(host.datacenter));
    }
    const QVariant chosen = group_->currentData();
    const QSignalBlocker quiet(group_);
    group_->clear();
    const auto add = [&](const QString& text, const QString& meaning) {
        group_->addItem(text, meaning);
    };
    add(tr("For the selected servers"), QStringLiteral("selected"));
    add(tr("For all servers"), QStringLiteral("all"));
    add(tr("For all that lack a password"), QStringLiteral("missing"));
    for (const QString& user : users)
        add(tr("For all with the user %1").arg(user), QStringLiteral("user:") + user);
    for (const QString& datacenter : datacenters)
        add(tr("For the datacenter %1").arg(datacenter),
            QStringLiteral("datacenter:") + datacenter);
    group_->setCurrentIndex(std::max(0, group_->findData(chosen)));
    refresh();
}

std::vector<deploy::HostId> SecretsCard::addressed() const {
    const QString group = group_->currentData().toString();
    if (group == QStringLiteral("selected"))
        return servers_;
    const auto belongs = [&](const deploy::Host& host) {
        if (group == QStringLiteral("missing"))
            return secretStateOf(host, context_.draft.credentials()) == SecretState::Missing;
        return group == QStringLiteral("all") ||
               group == QStringLiteral("user:") + toQt(host.user) ||
               group == QStringLiteral("datacenter:") + toQt(host.datacenter);
    };
    std::vector<deploy::HostId> names;
    for (const deploy::Host& host : inventory_.hosts)
        if (belongs(host))
            names.push_back(host.name);
    return names;
}

void SecretsCard::refresh() {
    constexpr size_t kShown = 6;
    const auto servers = addressed();
    QStringList names;
    for (size_t i = 0; i < servers.size() && i < kShown; ++i)
        names << toQt(servers[i]);
    if (servers.size() > kShown)
        names << tr("%1 more").arg(servers.size() - kShown);
    title_->setText(!names.isEmpty()             ? tr("Passwords for %1").arg(listed(names))
                    : group_->currentIndex() > 0 ? tr("Passwords: no server is meant")
                                                 : tr("Passwords: select servers"));
    for (QLineEdit* field : fields_)
        field->setEnabled(!servers.empty());
    use_->setEnabled(!servers.empty());
}

void SecretsCard::focusFirst() {
    fields_[0]->setFocus();
}

void SecretsCard::use() {
    const auto servers = addressed();
    if (servers.empty())
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
    for (const deploy::HostId& server : servers) {
        deploy::Credential& kept = context_.draft.credentials().servers[server];
        if (!entered.password.empty())
            kept.password = entered.password;
        if (!entered.sudo.empty())
            kept.sudo = entered.sudo;
        if (!entered.passphrase.empty())
            kept.passphrase = entered.passphrase;
    }
    context_.draft.tellCredentialsChanged();
    done_->setText(tr("Entered for servers: %1").arg(servers.size()));
}

}  // namespace wizard
