#include <utility>

#include "pages/database_bar.h"
#include "pages/hand_over_page.h"
#include "pages/login_asker.h"
#include "plan/drill.h"
#include "text/convert.h"

// What is done to an installed platform from the last page, beside asking whether it works.

namespace wizard {

void HandOverPage::connectDatabase() {
    connect(database_, &DatabaseBar::asks, this, &HandOverPage::askServers);
    connect(database_, &DatabaseBar::confirmed, this,
            [this](const deploy::Plan& plan) { start(plan); });
    connect(database_, &DatabaseBar::refused, this, [this](const deploy::Error& error) {
        error_ = error;
        refresh();
    });
    connect(&asker_, &AskRunner::answered, this,
            [this](const Answers& answers) { answers_ = answers; });
    connect(&asker_, &Runner::finished, this, [this] {
        context_.draft.giveBack();
        refresh();
        if (const auto answers = std::exchange(answers_, std::nullopt))
            database_->answered(answers->value);
    });
}

void HandOverPage::askServers(const deploy::Plan& questions) {
    logins_->collectFor(questions, [this, questions] {
        if (running() || context_.draft.readOnly())
            return;
        auto servers = connector();
        if (!servers)
            return;
        context_.draft.lend();
        asker_.ask({context_.draft.product(), context_.draft.folder(), std::move(servers),
                    context_.clocks.of(context_.draft.content().kind), questions});
        refresh();
    });
}

/// What was done to the database or the cache asks nothing by itself.
void HandOverPage::settle(const deploy::RunState& state) {
    const std::string action = deploy::actionOf(asked_);
    if (action.empty() || action == "drill")
        return;
    if (state.outcome != deploy::RunOutcome::Succeeded) {
        for (const auto& [id, step] : state.steps)
            if (step.error)
                error_ = step.error;
        for (const auto& [host, server] : state.servers)
            if (server.error)
                error_ = server.error;
        return;
    }
    if (const deploy::HostId primary = deploy::newPrimary(asked_); !primary.empty())
        context_.draft.set([&](deploy::ProjectContent& content) {
            content.topology = deploy::withPrimary(content.topology, primary);
        });
    QMetaObject::invokeMethod(this, &HandOverPage::verify, Qt::QueuedConnection);
}

/// The one drill in which a person takes part.
void HandOverPage::tellPower(const deploy::StepId& step, const QByteArray& words) {
    const auto wish = deploy::powerWish(asked_, step, words.toStdString());
    if (!wish)
        return;
    const QString server = toQt(deploy::drilledServer(asked_));
    switch (*wish) {
        case deploy::PowerWish::Off:
            now_ = tr("Power %1 off now").arg(server);
            break;
        case deploy::PowerWish::On:
            now_ = tr("%1 is off: power it on again").arg(server);
            break;
        case deploy::PowerWish::Nothing:
            now_.clear();
            break;
    }
    refresh();
}

}  // namespace wizard
