// Makes pictures of every page from the real window: walks a small cluster's practice job from the
// first page to the last, meets a failed check, and explores the modes. Usage:
//   wizard_screenshots OUT_FOLDER [WIDTHxHEIGHT] [LOOK...]
// A LOOK is a language and an appearance, such as en-light; without one all four are taken. The
// scale is QT_SCALE_FACTOR.

#include <QSpinBox>

#include "base/file.h"
#include "camera.h"
#include "diagram/topology_view.h"
#include "pages/install_page.h"
#include "pages/servers_page.h"

using namespace wizard;

namespace {

/// A list as an engineer gets it: one server that is known, one that is better, new ones, and what
/// is wrong.
void takeImport(Camera& camera) {
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("customer.ini"));
    const auto written = deploy::writeFileAtomically(
        fromQt(file),
        "s1 ansible_host=10.77.0.11 ansible_user=ops ansible_port=2222\n\n"
        "[data]\ndb[01:03].bank.example ansible_user=eng ansible_password=hidden\n\n"
        "[business]\napp1 ansible_host=10.20.0.31 ansible_port=ssh\n"
        "app2 ansible_host='{{ app2_ip }}' ansible_ssh_private_key_file=~/.ssh/bank\n"
        "app3 ansible_host=10.20.0.31\n\n"
        "[all:vars]\nansible_ssh_common_args=-o ProxyJump=gate.bank.example\n");
    auto* page = qobject_cast<ServersPage*>(camera.window.frame().page(WizardStep::Servers));
    if (!written || page == nullptr)
        return;
    page->importList(file);
    camera.take(2, "servers-import");
    if (auto* cancel = page->findChild<QAbstractButton*>(QStringLiteral("importCancel")))
        cancel->click();
}

int walk(Camera camera, const QString& folder) {
    WizardWindow& window = camera.window;
    Frame& frame = window.frame();
    camera.take(1, "start-empty");
    press(window, "kindPractice");
    camera.take(1, "start-practice");
    if (!create(camera, folder, "small-ok"))
        return 1;
    camera.take(1, "start");
    frame.next();
    camera.take(2, "servers");
    takeImport(camera);
    if (!probe(camera, true))
        return 1;
    camera.take(3, "probe");
    frame.next();
    camera.take(4, "topology");
    press(window, "foldSide");
    camera.take(4, "topology-folded");
    press(window, "foldSide");
    window.draft().change(QStringLiteral("remove"), [](deploy::ProjectContent& content) {
        content.topology =
            content.topology.unassign(deploy::RoleId("database"), deploy::HostId("s4"));
    });
    camera.take(4, "topology-finding");
    window.draft().undoStack().undo();
    frame.next();
    camera.take(5, "settings");
    frame.next();
    camera.take(6, "review");
    press(window, "byServer");
    camera.take(6, "review-by-server");
    press(window, "firewallSheet");
    camera.take(6, "review-firewall");
    press(window, "byStage");
    window.clocks().setSpeed(30);
    frame.next();
    // Stopped in the middle, so that the pictures show one moment.
    const auto& runs = *static_cast<InstallPage*>(frame.page(WizardStep::Install));
    const auto half = [&] { return runs.subtitle().section(QLatin1Char(' '), 0, 0).toInt() >= 45; };
    if (!waitFor(half, "the middle"))
        return 1;
    window.clocks().practice().setPaused(true);
    camera.take(7, "install-running");
    press(window, "trainer");
    press(window, "practiceHints");
    camera.take(7, "install-trainer");
    press(window, "practiceHints");
    press(window, "trainer");
    window.close();
    camera.take(7, "install-closing");
    press(window, "questionChoice0");
    window.clocks().practice().setPaused(false);
    window.clocks().setSpeed(0);
    const auto done = [&] { return frame.page(WizardStep::Install)->reasons().empty(); };
    if (!waitFor(done, "the installation"))
        return 1;
    camera.take(7, "install");
    press(window, "showGraph");
    camera.take(7, "install-graph");
    press(window, "showGraph");
    frame.next();
    camera.take(8, "hand-over");
    return 0;
}

/// What goes wrong, and how it is told.
int trouble(Camera camera, const QString& folder) {
    Frame& frame = camera.window.frame();
    if (!create(camera, folder + QStringLiteral("-small"), "small-too-small") ||
        !probe(camera, false))
        return 1;
    if (const auto reasons = frame.page(WizardStep::Probe)->reasons(); !reasons.empty())
        reasons.front().go();
    frame.next();
    camera.take(3, "probe-failed");
    if (!create(camera, folder + QStringLiteral("-settings"), "small-settings") ||
        !probe(camera, false))
        return 1;
    camera.take(3, "probe-repairs");
    press(*frame.page(WizardStep::Probe), "showRepairs");
    camera.take(3, "probe-repairs-shown");
    if (!create(camera, folder + QStringLiteral("-full"), "small-disk-full") ||
        !probe(camera, false))
        return 1;
    for (int i = 0; i < 4; ++i)
        frame.next();
    QTest::qWait(1000);
    auto* install = static_cast<InstallPage*>(frame.page(WizardStep::Install));
    if (!waitFor([&] { return !install->running(); }, "the failure"))
        return 1;
    camera.take(7, "install-failed");
    return 0;
}

/// The modes, advice and failures, on made-up servers.
int explore(Camera camera, const QString& folder) {
    WizardWindow& window = camera.window;
    const deploy::Catalog& catalog = window.draft().product().catalog;
    window.draft().close();
    camera.take(1, "start-closed");
    deploy::ProjectContent content = deploy::exploreContent(catalog, deploy::ModeId("small"));
    content.name = fromQt(QStringLiteral("三种模式 / The modes"));
    if (const auto made = window.draft().create(folder + QStringLiteral("-modes"), content);
        !made) {
        QTextStream(stderr) << camera.texts.describe(made.error()) << Qt::endl;
        return 1;
    }
    window.frame().show(WizardStep::Topology);
    Page& page = *window.frame().page(WizardStep::Topology);
    camera.take(9, "explore");
    press(page, "sideWhatIf");
    camera.take(9, "explore-losses");
    if (auto* view = page.findChild<TopologyView*>())
        Q_EMIT view->powerPressed(deploy::HostId("s3"));
    camera.take(9, "explore-what-if");
    press(page, "allOn");
    press(page, "advise");
    if (auto* tps = page.findChild<QSpinBox*>(QStringLiteral("adviseTps")))
        tps->setValue(60000);
    camera.take(9, "explore-advice");
    press(page, "useAdvice");
    // The drawing before it fades.
    QTest::qWait(500);
    camera.take(9, "explore-large");
    press(page, "closeMoved");
    press(page, "foldSide");
    camera.take(9, "explore-large-folded");
    press(page, "foldSide");
    window.frame().show(WizardStep::Probe);
    camera.take(9, "explore-probe");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return photograph(argc, argv, {walk, trouble, explore});
}
