// Makes pictures of what people rarely see: refusals, questions, empty tables, long names, many
// servers. Usage: wizard_rare_states OUT_FOLDER [WIDTHxHEIGHT] [LOOK...], as wizard_screenshots.

#include <QLineEdit>

#include "camera.h"
#include "pages/install_page.h"
#include "support/fake_ssh_server.h"
#include "topology/generic.h"

using namespace wizard;

namespace {

const char* const kLong = "database-primary-of-the-second-production-datacenter-rack-17-unit-4";

deploy::Host serverAt(const char* name, const char* address) {
    deploy::Host host;
    host.name = deploy::HostId(name);
    host.address = address;
    host.user = "eng";
    host.sudo = deploy::SudoMode::Password;
    return host;
}

bool createReal(Camera& camera, const QString& folder, std::vector<deploy::Host> hosts) {
    deploy::ProjectContent content;
    content.name = fromQt(QStringLiteral("某某银行 / Example Bank"));
    content.mode = deploy::ModeId("small");
    content.inventory.hosts = std::move(hosts);
    camera.window.draft().close();
    return camera.window.draft().create(folder, content).has_value();
}

void type(const QWidget& inside, const char* name, const QString& text) {
    auto* edit = inside.findChild<QLineEdit*>(QLatin1String(name));
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

int lists(Camera camera, const QString& folder) {
    Frame& frame = camera.window.frame();
    if (!createReal(camera, folder + QStringLiteral("-empty"), {}))
        return 1;
    type(camera.window, "bundlePath", QStringLiteral("/no/such/bundle.tar.zst"));
    press(camera.window, "verifyBundle");
    QTest::qWait(300);
    frame.next();
    camera.take(1, "bundle-missing");
    frame.show(WizardStep::Servers);
    frame.next();
    camera.take(2, "servers-empty");
    deploy::Host jumped = serverAt(kLong, "10.20.0.13");
    jumped.jump = deploy::HostId("gone");
    jumped.notes = "机房二，第 17 机柜 / the second datacenter, rack 17, asset no. 004711";
    deploy::Host wrong = serverAt("s2", "not an address");
    wrong.auth = deploy::AuthMethod::Key;
    if (!createReal(camera, folder + QStringLiteral("-wrong"),
                    {serverAt("s1", "10.20.0.11"), serverAt("s1", "10.20.0.11"), wrong, jumped}))
        return 1;
    frame.show(WizardStep::Servers);
    frame.next();
    camera.take(2, "servers-wrong");
    frame.show(WizardStep::Review);
    camera.take(6, "review-too-early");
    frame.show(WizardStep::HandOver);
    camera.take(8, "hand-over-too-early");
    return 0;
}

/// A server that refuses the password, one that nobody can reach, one whose key is another now.
int refusals(Camera camera, const QString& folder) {
    Frame& frame = camera.window.frame();
    const FakeSshServer refusing({});
    const FakeSshServer changed({});
    deploy::Host closed = serverAt("closed", "127.0.0.9");
    closed.port = 9;
    if (!createReal(camera, folder + QStringLiteral("-refused"),
                    {refusing.host("refusing"), closed, changed.host("changed"),
                     serverAt(kLong, "no-such-name.invalid")}))
        return 1;
    Page& page = *frame.page(WizardStep::Probe);
    frame.show(WizardStep::Probe);
    press(page, "probeAll");
    if (!waitFor([&] { return !camera.window.frame().questions().empty(); }, "the question"))
        return 1;
    camera.take(3, "probe-password");
    type(camera.window, "questionSecret", QStringLiteral("wrong"));
    press(camera.window, "questionOption");
    press(camera.window, "questionChoice0");
    const auto* again = page.findChild<QAbstractButton*>(QStringLiteral("probeAll"));
    if (!waitFor([&] { return again->isEnabled(); }, "the first answers"))
        return 1;
    press(page, "tickAllKeys");
    camera.take(3, "probe-some-unreachable");
    press(page, "confirmKeys");
    if (!waitFor([&] { return again->isEnabled(); }, "the refusal"))
        return 1;
    frame.next();
    camera.take(3, "probe-refused");
    return 0;
}

/// What is asked before a failed check is accepted, and where a list is pasted.
int forms(Camera camera, const QString& folder) {
    Frame& frame = camera.window.frame();
    if (!create(camera, folder + QStringLiteral("-forms"), "small-too-small"))
        return 1;
    frame.next();
    press(camera.window, "pasteServers");
    camera.take(2, "servers-paste");
    press(camera.window, "importCancel");
    if (!probe(camera, false))
        return 1;
    frame.next();
    QTest::qWait(200);
    press(camera.window, "waive");
    camera.take(3, "probe-waive");
    return 0;
}

int hostKey(Camera camera, const QString& folder) {
    Frame& frame = camera.window.frame();
    if (!create(camera, folder + QStringLiteral("-key"), "small-changed-host-key"))
        return 1;
    if (!probe(camera, false))
        return 1;
    for (int i = 0; i < 4; ++i)
        frame.next();
    const auto* install = static_cast<InstallPage*>(frame.page(WizardStep::Install));
    QTest::qWait(500);
    if (!waitFor([&] { return !install->running(); }, "the run with another key"))
        return 1;
    camera.take(7, "install-changed-key");
    frame.show(WizardStep::Probe);
    Page& page = *frame.page(WizardStep::Probe);
    press(page, "probeAll");
    const auto* again = page.findChild<QAbstractButton*>(QStringLiteral("probeAll"));
    if (!waitFor([&] { return again->isEnabled(); }, "the changed key"))
        return 1;
    press(page, "tickAllKeys");
    camera.take(3, "probe-changed-key");
    return 0;
}

int resumed(Camera camera, const QString& folder) {
    Frame& frame = camera.window.frame();
    if (!create(camera, folder + QStringLiteral("-again"), "small-disk-full") ||
        !probe(camera, false))
        return 1;
    for (int i = 0; i < 4; ++i)
        frame.next();
    auto* install = static_cast<InstallPage*>(frame.page(WizardStep::Install));
    QTest::qWait(500);
    if (!waitFor([&] { return !install->running(); }, "the failure"))
        return 1;
    frame.next();
    camera.take(7, "install-cannot-go-on");
    camera.window.clocks().setSpeed(30);
    press(*install, "resume");
    QTest::qWait(700);
    camera.window.clocks().practice().setPaused(true);
    camera.take(7, "install-resumed");
    camera.window.clocks().practice().setPaused(false);
    camera.window.clocks().setSpeed(0);
    if (!waitFor([&] { return !install->running(); }, "the rest"))
        return 1;
    if (!install->reasons().empty()) {
        press(*install, "resume");
        if (!waitFor([&] { return install->reasons().empty(); }, "the end"))
            return 1;
    }
    frame.next();
    press(camera.window, "drill");
    camera.take(8, "drill-question");
    press(camera.window, "questionChoice0");
    press(camera.window, "rebalanceCache");
    camera.take(8, "rebalance-question");
    press(camera.window, "questionChoice0");
    return 0;
}

int wrongValues(Camera camera, const QString& folder) {
    Frame& frame = camera.window.frame();
    if (!create(camera, folder + QStringLiteral("-values"), "small-ok") || !probe(camera, false))
        return 1;
    frame.next();
    camera.window.draft().change(QStringLiteral("remove"), [](deploy::ProjectContent& content) {
        for (const char* server : {"s1", "s2"})
            content.topology =
                content.topology.unassign(deploy::RoleId("cache"), deploy::HostId(server));
        for (const char* server : {"s2", "s3", "s4"})
            content.topology =
                content.topology.unassign(deploy::RoleId("database"), deploy::HostId(server));
    });
    QTest::qWait(300);
    frame.next();
    camera.take(4, "topology-errors");
    press(camera.window, "showTable");
    camera.take(4, "topology-table");
    press(camera.window, "showTable");
    camera.window.draft().undoStack().undo();
    QTest::qWait(300);
    frame.next();
    type(camera.window, "virtual_address", QStringLiteral("10.20.1.11"));
    type(camera.window, "data_directory", QStringLiteral("not/absolute"));
    frame.next();
    camera.take(5, "settings-wrong");
    return 0;
}

int many(Camera camera, const QString& folder) {
    deploy::ProjectContent content =
        deploy::exploreContent(camera.window.draft().product().catalog, deploy::ModeId("large"));
    content.name = "30 servers";
    content.inventory = deploy::genericServers(14, 1, 2);
    content.inventory.hosts[3].name = deploy::HostId(kLong);
    content.topology = {};
    camera.window.draft().close();
    if (!camera.window.draft().create(folder + QStringLiteral("-many"), content))
        return 1;
    camera.window.frame().show(WizardStep::Topology);
    press(camera.window, "sideRules");
    camera.take(9, "many");
    press(camera.window, "sideWhatIf");
    camera.take(9, "many-what-if");
    press(camera.window, "foldSide");
    camera.take(9, "many-folded");
    press(camera.window, "foldSide");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return photograph(argc, argv, {lists, refusals, forms, hostKey, resumed, wrongValues, many});
}
