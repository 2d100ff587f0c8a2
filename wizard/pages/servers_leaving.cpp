#include "pages/servers_page.h"
#include "plan/take_back.h"
#include "text/convert.h"

namespace wizard {

namespace {

/// Servers of `before` that `after` does not have, with something of the installation on them.
QStringList installedThatLeave(const std::vector<deploy::RunRecord>& runs,
                               const deploy::Inventory& before, const deploy::Inventory& after) {
    const deploy::Plan present = deploy::presentPlan(runs);
    QStringList names;
    for (const deploy::Host& host : before.hosts)
        if (after.find(host.name) == nullptr && deploy::isInstalledOn(present, host.name))
            names << toQt(host.name);
    return names;
}

}  // namespace

deploy::HostId ServersPage::freeName() const {
    const deploy::Plan present = deploy::presentPlan(context_.assessment.runs());
    for (int i = 1;; ++i) {
        deploy::HostId name("s" + std::to_string(i));
        if (context_.draft.content().inventory.find(name) == nullptr &&
            !deploy::isInstalledOn(present, name))
            return name;
    }
}

void ServersPage::change(const QString& what,
                         const std::function<void(deploy::ProjectContent&)>& edit) {
    const deploy::Inventory before = context_.draft.content().inventory;
    deploy::ProjectContent after = context_.draft.content();
    edit(after);
    const QStringList leaving =
        installedThatLeave(context_.assessment.runs(), before, after.inventory);
    if (leaving.empty()) {
        context_.draft.change(what, edit);
        return;
    }
    const auto make = [leaving] {
        const QString names = leaving.join(QStringLiteral(", "));
        Question question;
        question.key = QStringLiteral("leaving");
        question.title = tr("Take %1 off the list?").arg(names);
        question.body =
            tr("Parts of the installation are on it, and nothing is taken back from a server that "
               "is not in the list.\nIf it can still be reached, move its roles to other servers "
               "on the drawing and install: that takes back what is on it.\nIf it is lost for "
               "ever, take it off: with the next installation the others forget it. Keep it off "
               "the network from then on.");
        question.choices = {tr("Keep it"), tr("It is lost: take it off")};
        return question;
    };
    context_.questions.ask(make, [this, what, before, edit](const Answer& answer) {
        if (answer.choice == 1 && context_.draft.content().inventory == before)
            context_.draft.change(what, edit);
    });
}

}  // namespace wizard
