// Makes pictures of every page from the real window: walks a small cluster's practice job from the
// first page to the last, meets a failed check, and explores the modes. Usage:
//   wizard_screenshots OUT_FOLDER [LOOK...]
// A LOOK is a language and an appearance, such as en-light; without one all four are taken. The
// scale is QT_SCALE_FACTOR.

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include "base/file.h"
#include "diagram/topology_view.h"
#include "frame/theme.h"
#include "pages/install_page.h"
#include "pages/servers_page.h"
#include "project/work.h"
#include "text/convert.h"
#include "text/texts.h"
#include "wizard_window.h"

using namespace wizard;

namespace {

struct Camera {
    QDir out;
    WizardWindow& window;
    Texts& texts;
    Theme& theme;
    QStringList looks;

    void takeImport();
    void take(int number, const char* name) {
        for (const QString& look : looks) {
            const QString language = look.section(QLatin1Char('-'), 0, 0);
            const bool dark = look.endsWith(QLatin1String("dark"));
            if (!texts.setLanguage(language))
                return;
            theme.setAppearance(dark ? Appearance::Dark : Appearance::Light);
            // What a new look brings comes in several rounds, however slow the machine is.
            for (int round = 0; round < 6; ++round)
                QTest::qWait(40);
            const QString file = QStringLiteral("%1-%2-%3-%4x.png")
                                     .arg(number)
                                     .arg(QLatin1String(name), look)
                                     .arg(window.devicePixelRatioF());
            window.grab().save(out.filePath(file));
        }
    }
};

/// A list as an engineer gets it: one server that is known, one that is better, new ones, and what
/// is wrong.
void Camera::takeImport() {
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
    auto* page = qobject_cast<ServersPage*>(window.frame().page(WizardStep::Servers));
    if (!written || page == nullptr)
        return;
    page->importList(file);
    take(2, "servers-import");
    if (auto* cancel = page->findChild<QAbstractButton*>(QStringLiteral("importCancel")))
        cancel->click();
}

template <class Done>
bool waitFor(Done done, const char* what) {
    if (QTest::qWaitFor(done, 60000))
        return true;
    QTextStream(stderr) << "gave up waiting for " << what << Qt::endl;
    return false;
}

void press(const QWidget& inside, const char* name) {
    if (auto* button = inside.findChild<QAbstractButton*>(QLatin1String(name)))
        button->click();
}

bool create(Camera& camera, const QString& folder, const char* scenario) {
    auto content = deploy::practiceContent(scenario);
    if (content) {
        content->name = fromQt(QStringLiteral("某某银行 / Example Bank"));
        camera.window.clocks().setSpeed(0);
        camera.window.draft().close();
        if (camera.window.draft().create(folder, *content))
            return true;
    }
    QTextStream(stderr) << "no project of " << scenario << Qt::endl;
    return false;
}

/// From the confirmed keys to the checks; pictures on the way where they are wanted.
bool probe(Camera& camera, bool pictures) {
    Frame& frame = camera.window.frame();
    Page& page = *frame.page(WizardStep::Probe);
    frame.show(WizardStep::Probe);
    if (pictures)
        camera.take(3, "probe-before");
    press(page, "probeAll");
    auto* table = page.findChild<QTableView*>(QStringLiteral("hostKeys"));
    const int servers = int(camera.window.draft().content().inventory.hosts.size());
    if (!waitFor([&] { return table->model()->rowCount() == servers; }, "the host keys"))
        return false;
    QTest::qWait(100);
    if (pictures)
        camera.take(3, "probe-host-keys");
    press(page, "tickAllKeys");
    press(page, "confirmKeys");
    const auto* again = page.findChild<QAbstractButton*>(QStringLiteral("probeAll"));
    return waitFor([&] { return again->isEnabled() && !table->isVisible(); }, "the probe");
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
    camera.takeImport();
    if (!probe(camera, true))
        return 1;
    camera.take(3, "probe");
    frame.next();
    camera.take(4, "topology");
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
    window.frame().show(WizardStep::Probe);
    camera.take(9, "explore-probe");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("finclip-deploy-screenshots"));
    if (argc < 2) {
        QTextStream(stderr) << "usage: wizard_screenshots OUT_FOLDER [LOOK...]" << Qt::endl;
        return 2;
    }
    Texts texts;
    if (const auto set = texts.setLanguage(QStringLiteral("en")); !set)
        return 1;
    Theme theme;
    theme.setAppearance(Appearance::Light);
    const auto product = deploy::Product::load();
    if (!product) {
        QTextStream(stderr) << texts.describe(product.error()) << Qt::endl;
        return 1;
    }
    const QDir out(QString::fromLocal8Bit(argv[1]));
    out.mkpath(QStringLiteral("."));
    QTemporaryDir project;
    WizardWindow window(*product, theme, texts, deploy::systemClock());
    window.show();
    QStringList looks = QCoreApplication::arguments().mid(2);
    if (looks.isEmpty())
        for (const char* look : {"zh_CN-light", "zh_CN-dark", "en-light", "en-dark"})
            looks << QLatin1String(look);
    const Camera camera{out, window, texts, theme, looks};
    for (const auto part : {walk, trouble, explore})
        if (const int ended = part(camera, project.filePath(QStringLiteral("project"))); ended != 0)
            return ended;
    return 0;
}
