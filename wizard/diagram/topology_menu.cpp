#include "diagram/topology_menu.h"

#include <QCoreApplication>

#include "diagram/drawing.h"
#include "diagram/topology_view.h"
#include "text/convert.h"

namespace wizard {

namespace {

using deploy::Carry;

/// More servers than this are chosen on the drawing itself.
constexpr size_t kMostServers = 24;

/// An action that does what the verdict says, or stands there disabled with the reason.
void addDrop(QMenu& menu, TopologyEdits& edits, const QString& text, const Load& load,
             const DropPlace& place, Carry carry) {
    const Verdict verdict = edits.judge(load, place, carry);
    if (verdict.kind == Verdict::Kind::Nothing)
        return;
    const bool legal = verdict.kind == Verdict::Kind::Legal;
    QAction* action =
        menu.addAction(legal ? text : QStringLiteral("%1 – %2").arg(text, verdict.text));
    action->setEnabled(legal);
    QObject::connect(action, &QAction::triggered, &edits,
                     [&edits, load, place, carry] { edits.drop(load, place, carry); });
}

void addServers(QMenu& menu, TopologyEdits& edits, const QString& title, const Load& load,
                Carry carry) {
    QMenu* sub = menu.addMenu(title);
    for (const deploy::Host& host : edits.drawn().hosts)
        addDrop(*sub, edits, toQt(host.name), load, {DropPlace::Kind::Server, host.name, {}},
                carry);
    sub->setEnabled(!sub->isEmpty());
}

void addRoles(QMenu& menu, TopologyEdits& edits, const Texts& texts,
              const std::vector<deploy::HostId>& hosts) {
    QMenu* sub = menu.addMenu(QCoreApplication::translate("TopologyMenu", "Give a role"));
    for (const deploy::RoleId& role : edits.placement().carriedRoles())
        if (hosts.size() == 1)
            addDrop(*sub, edits, roleName(texts, role), {{{role, {}}}, {}},
                    {DropPlace::Kind::Server, hosts.front(), {}}, Carry::Move);
        else
            addDrop(*sub, edits, roleName(texts, role), {{}, hosts},
                    {DropPlace::Kind::Band, {}, role}, Carry::Move);
    sub->setEnabled(!sub->isEmpty());
}

}  // namespace

QMenu* makeTopologyMenu(TopologyView& view, TopologyEdits& edits, const Texts& texts) {
    auto* menu = new QMenu(&view);
    menu->setObjectName(QStringLiteral("drawingMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Load load = view.loadOfSelection();
    if (edits.editable() && !load.empty()) {
        QAction* pick = menu->addAction(
            QCoreApplication::translate("TopologyMenu", "Pick up (Space), then choose a place"));
        QObject::connect(pick, &QAction::triggered, &view, [&view, load] { view.pickUp(load); });
        const bool few = edits.draft().content().inventory.hosts.size() <= kMostServers;
        if (!load.chips.empty() && few) {
            addServers(*menu, edits, QCoreApplication::translate("TopologyMenu", "Move to"), load,
                       Carry::Move);
            addServers(*menu, edits, QCoreApplication::translate("TopologyMenu", "Copy to"), load,
                       Carry::Copy);
        }
        if (!load.servers.empty())
            addRoles(*menu, edits, texts, load.servers);
        const Verdict verdict = edits.judge(load, {}, Carry::Move);
        if (verdict.kind == Verdict::Kind::Legal) {
            QAction* remove = menu->addAction(verdict.text);
            remove->setShortcut(QKeySequence::Delete);
            QObject::connect(remove, &QAction::triggered, &edits,
                             [&edits, load] { edits.remove(load); });
        }
        menu->addSeparator();
    }
    QObject::connect(menu->addAction(QCoreApplication::translate("TopologyMenu", "Fit to window")),
                     &QAction::triggered, &view, &TopologyView::fit);
    return menu;
}

}  // namespace wizard
