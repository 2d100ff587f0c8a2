// Makes pictures of every page from the real window: walks a practice job from the first page to
// the last and takes each page in both languages, light and dark. Usage:
//   wizard_screenshots OUT_FOLDER [--explore]
// With --explore the modes on made-up servers only.
// The scale is QT_SCALE_FACTOR; screenshots.sh runs it for 1x and 2x.

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include "base/file.h"
#include "diagram/topology_view.h"
#include "frame/theme.h"
#include "pages/install_page.h"
#include "pages/servers_page.h"
#include "remote/simulated.h"
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

    void takeImport();
    void take(int number, const char* name) {
        for (const char* language : {"zh_CN", "en"})
            for (const Appearance look : {Appearance::Light, Appearance::Dark}) {
                if (!texts.setLanguage(QLatin1String(language)))
                    return;
                theme.setAppearance(look);
                QTest::qWait(200);
                const QString file = QStringLiteral("%1-%2-%3-%4-%5x.png")
                                         .arg(number)
                                         .arg(QLatin1String(name), QLatin1String(language),
                                              look == Appearance::Dark ? QStringLiteral("dark")
                                                                       : QStringLiteral("light"))
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

int walk(Camera camera, const QString& folder) {
    WizardWindow& window = camera.window;
    Frame& frame = window.frame();
    camera.take(1, "start-empty");
    const auto scenario = deploy::Scenario::load("single-ok");
    if (!scenario) {
        QTextStream(stderr) << camera.texts.describe(scenario.error()) << Qt::endl;
        return 1;
    }
    deploy::ProjectContent content;
    content.name = fromQt(QStringLiteral("某某银行演练 / Example Bank"));
    content.kind = deploy::ProjectKind::Practice;
    content.scenario = scenario->name;
    content.mode = scenario->mode;
    content.inventory = scenario->inventory;
    window.clocks().setSpeed(0);
    if (const auto made = window.draft().create(folder, content); !made) {
        QTextStream(stderr) << camera.texts.describe(made.error()) << Qt::endl;
        return 1;
    }
    camera.take(1, "start");
    frame.next();
    camera.take(2, "servers");
    camera.takeImport();
    frame.next();
    camera.take(3, "probe-before");
    press(*frame.page(WizardStep::Probe), "probeAll");
    auto* keys = frame.page(WizardStep::Probe)->findChild<QWidget*>(QStringLiteral("hostKeys"));
    if (!waitFor([&] { return keys->isVisible(); }, "the host keys"))
        return 1;
    camera.take(3, "probe-host-keys");
    press(*frame.page(WizardStep::Probe), "tickAllKeys");
    press(*frame.page(WizardStep::Probe), "confirmKeys");
    const auto probed = [&] { return frame.page(WizardStep::Probe)->reasons().empty(); };
    if (!waitFor(probed, "the probe"))
        return 1;
    camera.take(3, "probe");
    frame.next();
    camera.take(4, "topology");
    frame.next();
    camera.take(5, "settings");
    frame.next();
    camera.take(6, "review");
    window.clocks().setSpeed(25);
    frame.next();
    QTest::qWait(2500);
    press(window, "trainer");
    camera.take(7, "install-running");
    press(window, "trainer");
    const auto done = [&] { return frame.page(WizardStep::Install)->reasons().empty(); };
    if (!waitFor(done, "the installation"))
        return 1;
    camera.take(7, "install");
    frame.next();
    camera.take(8, "hand-over");
    return 0;
}

/// The modes, advice and failures, on made-up servers.
int explore(Camera camera, const QString& folder) {
    WizardWindow& window = camera.window;
    const deploy::Catalog& catalog = window.draft().product().catalog;
    window.draft().close();
    deploy::ProjectContent content = deploy::exploreContent(catalog, deploy::ModeId("small"));
    content.name = fromQt(QStringLiteral("三种模式 / The modes"));
    if (const auto made = window.draft().create(folder, content); !made) {
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
        QTextStream(stderr) << "usage: wizard_screenshots OUT_FOLDER" << Qt::endl;
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
    const Camera camera{out, window, texts, theme};
    const bool exploreOnly = QCoreApplication::arguments().contains(QStringLiteral("--explore"));
    const int walked = exploreOnly ? 0 : walk(camera, project.filePath(QStringLiteral("project")));
    return walked != 0 ? walked : explore(camera, project.filePath(QStringLiteral("modes")));
}
