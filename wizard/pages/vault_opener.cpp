#include "pages/vault_opener.h"

namespace wizard {

VaultOpener::VaultOpener(const PageContext& context, QObject* parent)
    : QObject(parent), context_(context) {}

void VaultOpener::open(const std::function<void(std::shared_ptr<deploy::Vault>)>& opened) {
    if (context_.draft.content().kind == deploy::ProjectKind::Practice) {
        opened(nullptr);
        return;
    }
    ask({}, opened);
}

void VaultOpener::ask(const QString& problem,
                      const std::function<void(std::shared_ptr<deploy::Vault>)>& opened) {
    const auto attempt = [this](const deploy::Secret& passphrase) {
        return deploy::Vault::open(context_.draft.folder().vaultFile(), context_.draft.content().id,
                                   passphrase);
    };
    deploy::Secret& known = context_.draft.credentials().vaultPassphrase;
    if (!known.empty()) {
        if (auto vault = attempt(known)) {
            opened(std::make_shared<deploy::Vault>(std::move(*vault)));
            return;
        }
        known = {};
    }
    const bool fresh = !std::filesystem::exists(context_.draft.folder().vaultFile());
    Question question;
    question.key = QStringLiteral("vault");
    question.title = fresh ? tr("Choose a passphrase for the project's vault")
                           : tr("Passphrase of the project's vault");
    question.body = !problem.isEmpty() ? problem
                    : fresh ? tr("Generated passwords are kept in the vault. Without the "
                                 "passphrase nobody can read them, not even you.")
                            : QString();
    question.secret = tr("Passphrase");
    question.twice = fresh;
    question.choices = {tr("Go on"), tr("Not now")};
    context_.questions.ask(question, [this, attempt, opened](const Answer& answer) {
        if (answer.choice != 0)
            return;
        auto vault = attempt(answer.secret);
        if (!vault) {
            ask(context_.texts.describe(vault.error()), opened);
            return;
        }
        context_.draft.credentials().vaultPassphrase = answer.secret;
        opened(std::make_shared<deploy::Vault>(std::move(*vault)));
    });
}

}  // namespace wizard
