#include "pages/vault_opener.h"

#include <QTimer>
#include <chrono>

namespace wizard {

namespace {
/// A keyring that is locked may wait for a person for ever: after this the wizard asks, too.
constexpr std::chrono::milliseconds kPatience{1500};

QString questionKey() {
    return QStringLiteral("vault");
}
}  // namespace

VaultOpener::VaultOpener(const PageContext& context, QObject* parent)
    : QObject(parent), context_(context) {
    connect(&context_.draft, &Draft::projectChanged, this, [this] {
        if (context_.draft.content().id == project_)
            return;
        opened_ = {};
        next_ = {};
        context_.questions.withdraw(questionKey());
    });
    connect(&runner_, &Runner::finished, this, [this] {
        if (const auto next = std::exchange(next_, {}))
            next();
    });
}

bool VaultOpener::fresh() const {
    return !std::filesystem::exists(context_.draft.folder().vaultFile());
}

void VaultOpener::open(const Opened& opened) {
    if (context_.draft.content().kind == deploy::ProjectKind::Practice) {
        opened(nullptr);
        return;
    }
    opened_ = opened;
    project_ = context_.draft.content().id;
    personAsked_ = false;
    const deploy::Secret known = context_.draft.credentials().vaultPassphrase;
    if (!known.empty())
        attempt(Source::Session, known);
    else if (fresh())
        askPerson({});
    else
        askKeyring();
}

void VaultOpener::askKeyring() {
    keyring_.read(project_, [this, project = project_](const deploy::Secret& passphrase) {
        if (!opened_ || project != project_)
            return;
        if (!passphrase.empty())
            attempt(Source::Keyring, passphrase);
        else if (!personAsked_)
            askPerson({});
    });
    QTimer::singleShot(kPatience, this, [this] {
        if (opened_ && !personAsked_ && !runner_.running())
            askPerson({});
    });
}

void VaultOpener::attempt(Source source, const deploy::Secret& passphrase, bool keepIt) {
    if (runner_.running()) {
        next_ = [this, source, passphrase, keepIt] {
            if (opened_)
                attempt(source, passphrase, keepIt);
        };
        return;
    }
    const auto answered = [this, source, passphrase,
                           keepIt](const deploy::Result<std::shared_ptr<deploy::Vault>>& vault) {
        if (!opened_)
            return;
        if (!vault) {
            context_.draft.credentials().vaultPassphrase = {};
            if (source == Source::Session)
                askKeyring();
            else if (source == Source::Person || !personAsked_)
                askPerson(source == Source::Person ? std::optional(vault.error()) : std::nullopt);
            return;
        }
        context_.questions.withdraw(questionKey());
        context_.draft.credentials().vaultPassphrase = passphrase;
        if (keepIt)
            keep(passphrase);
        std::exchange(opened_, {})(*vault);
    };
    connect(&runner_, &VaultRunner::opened, this, answered, Qt::SingleShotConnection);
    runner_.open(context_.draft.folder().vaultFile(), project_, passphrase);
}

void VaultOpener::askPerson(const std::optional<deploy::Error>& problem) {
    personAsked_ = true;
    const auto make = [this, problem, isNew = fresh()] {
        Question question;
        question.key = questionKey();
        question.title = isNew ? tr("Choose a passphrase for the project's vault")
                               : tr("Passphrase of the project's vault");
        question.body = problem ? context_.texts.describe(*problem)
                        : isNew ? tr("Generated passwords are kept in the vault. Without the "
                                     "passphrase nobody can read them, not even you.")
                                : QString();
        question.secret = tr("Passphrase");
        question.twice = isNew;
        if (VaultKeyring::built())
            question.option = tr("Keep it in this desktop's keyring; else it is asked each time");
        question.choices = {tr("Go on"), tr("Not now")};
        return question;
    };
    context_.questions.ask(make, [this](const Answer& answer) {
        if (!opened_)
            return;
        if (answer.choice == 0)
            attempt(Source::Person, answer.secret, answer.option);
        else
            opened_ = {};
    });
}

void VaultOpener::keep(const deploy::Secret& passphrase) {
    keyring_.keep(project_, passphrase, [this](const QString& problem) {
        if (problem.isEmpty())
            return;
        const auto make = [problem] {
            Question question;
            question.key = QStringLiteral("keyring");
            question.title = tr("The desktop's keyring did not take the passphrase");
            question.body = tr("It is asked each time instead; nothing was written elsewhere.") +
                            QLatin1Char('\n') + tr("The keyring says: %1").arg(problem);
            question.choices = {tr("Understood")};
            return question;
        };
        context_.questions.ask(make, {});
    });
}

}  // namespace wizard
