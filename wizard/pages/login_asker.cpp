#include "pages/login_asker.h"

#include <set>

#include "secret_state.h"
#include "text/convert.h"

namespace wizard {

LoginAsker::LoginAsker(const PageContext& context, QObject* parent)
    : QObject(parent), context_(context) {}

const deploy::Host* LoginAsker::firstMissing(const std::vector<deploy::HostId>& hosts) const {
    const deploy::Inventory& inventory = context_.draft.content().inventory;
    for (const deploy::HostId& name : hosts) {
        std::set<deploy::HostId> seen;  // jumps in a circle are the servers page's to tell
        for (const deploy::Host* host = inventory.find(name);
             host != nullptr && seen.insert(host->name).second; host = inventory.find(host->jump))
            if (secretStateOf(*host, context_.draft.credentials()) == SecretState::Missing)
                return host;
    }
    return nullptr;
}

void LoginAsker::collect(const std::vector<deploy::HostId>& hosts,
                         const std::function<void()>& then) {
    const bool real = context_.draft.content().kind == deploy::ProjectKind::Deploy;
    const deploy::Host* missing = real ? firstMissing(hosts) : nullptr;
    if (missing == nullptr)
        then();
    else
        ask(*missing, [this, hosts, then] { collect(hosts, then); });
}

void LoginAsker::collectFor(const deploy::Plan& plan, const std::function<void()>& then) {
    std::set<deploy::HostId> hosts;
    for (const deploy::Step& step : plan.steps)
        hosts.insert(step.host);
    collect({hosts.begin(), hosts.end()}, then);
}

void LoginAsker::ask(const deploy::Host& host, const std::function<void()>& then) {
    const auto make = [host] {
        const QString who = QStringLiteral("%1@%2").arg(toQt(host.user), toQt(host.name));
        Question question;
        question.key = QStringLiteral("password:") + toQt(host.name);
        question.title = tr("Password for %1 (%2)").arg(who, toQt(host.address));
        question.body =
            host.jump.empty() ? QString() : tr("Reached through %1.").arg(toQt(host.jump));
        question.secret =
            host.auth == deploy::AuthMethod::Password ? tr("Login password") : tr("sudo password");
        question.option = tr("The same for all servers that have none yet");
        question.choices = {tr("Use it"), tr("Not now")};
        return question;
    };
    context_.questions.ask(make, [this, host, then](const Answer& answer) {
        if (answer.choice != 0)
            return;
        auto& credentials = context_.draft.credentials();
        const auto give = [&](const deploy::Host& to) {
            deploy::Credential& kept = credentials.servers[to.name];
            (to.auth == deploy::AuthMethod::Password ? kept.password : kept.sudo) = answer.secret;
        };
        give(host);
        if (answer.option)
            for (const deploy::Host& other : context_.draft.content().inventory.hosts)
                if (secretStateOf(other, credentials) == SecretState::Missing)
                    give(other);
        context_.draft.tellCredentialsChanged();
        then();
    });
}

void LoginAsker::forgetRefused(const deploy::HostId& host, const deploy::Error& error) {
    if (error.code != deploy::ErrorCode::SshAuthFailed &&
        error.code != deploy::ErrorCode::SudoPasswordWrong)
        return;
    context_.draft.credentials().servers.erase(host);
    context_.draft.tellCredentialsChanged();
}

}  // namespace wizard
