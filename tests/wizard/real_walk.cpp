// A person's way through the whole wizard on real servers, by mouse and keyboard only:
//   wizard_real_walk PROJECT BUNDLE ADDRESS[,ADDRESS...] USER PASSWORD_FILE PICTURES
//   [VIRTUAL_ADDRESS [ROLE,...]]
// from the first page to the report: a single node on one server, a small cluster on more, without
// the roles that are named. Exit status 0: installed, verified, and a report written.

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTextStream>
#include <utility>

#include "diagram/drawing.h"
#include "driver.h"
#include "support/processor_time.h"
#include "text/convert.h"

using namespace wizard;

namespace {

struct Walk {
    Driver person;
    WizardWindow& window;
    const Texts& texts;
    QDir pictures;
    int picture = 0;

    void take(const char* name) {
        // What a new page brings is laid out in several rounds, however slow the machine is.
        for (int round = 0; round < 12; ++round)
            QTest::qWait(50);
        window.grab().save(pictures.filePath(QStringLiteral("%1-%2.png")
                                                 .arg(++picture, 2, 10, QLatin1Char('0'))
                                                 .arg(QLatin1String(name))));
    }
    bool fail(const QString& what) {
        take("failed");
        QTextStream(stderr) << what << Qt::endl;
        return false;
    }
    bool press(const char* name) {
        return person.click(name) || fail(QStringLiteral("cannot press ") + QLatin1String(name));
    }
    template <class Done>
    bool wait(Done done, int seconds, const char* what) {
        return QTest::qWaitFor(done, seconds * 1000) ||
               fail(QStringLiteral("gave up waiting for ") + QLatin1String(what));
    }
    /// Each change is judged anew beside the window.
    bool judged() {
        return wait([&] { return window.assessment().settled(); }, 30, "the checks");
    }
    bool next(WizardStep from) {
        if (!judged())
            return false;
        take("page");
        if (!press("next"))
            return false;
        return person.current() != from ||
               fail(QStringLiteral("cannot leave a page: ") + person.reasonsOf(from));
    }

    bool begin(const QString& project, const QString& bundle) {
        person.type("projectNameEdit", QStringLiteral("Lab"));
        person.type("projectFolderEdit", project);
        if (!press("createProject"))
            return false;
        person.type("bundlePath", bundle);
        return press("verifyBundle") &&
               wait([&] { return person.free(WizardStep::Start); }, 120, "the bundle") &&
               next(WizardStep::Start);
    }

    bool servers(const QStringList& addresses, const QString& user) {
        if (!press("pasteServers"))
            return false;
        auto* text = person.find<QPlainTextEdit>("pasteText");
        for (int i = 0; i < addresses.size(); ++i) {
            if (i > 0)
                QTest::keyClick(text, Qt::Key_Return);
            QTest::keyClicks(text, QStringLiteral("%1@%2 s%3").arg(user, addresses[i]).arg(i + 1));
        }
        return press("importTake") && next(WizardStep::Servers);
    }

    bool login(const QString& password, bool several) {
        if (!press("probeAll") ||
            !wait([&] { return person.sees("questionSecret"); }, 10, "the question"))
            return false;
        person.type("questionSecret", password);
        if (several && !press("questionOption"))
            return false;
        take("question");
        if (!press("questionChoice0") ||
            !wait([&] { return person.asksForHostKeys(); }, 60, "the host key"))
            return false;
        take("host-keys");
        return press("tickAllKeys") && press("confirmKeys") && probed();
    }

    bool probed() {
        const auto known = [&] {
            return person.find<QAbstractButton>("probeAll")->isEnabled() &&
                   !person.sees("hostKeys");
        };
        return wait(known, 180, "the probe");
    }

    /// A lab server is a container: what it cannot have is accepted by name.
    bool accept() {
        const auto settledOrWaivable = [&] {
            return person.free(WizardStep::Probe) || person.sees("waive");
        };
        for (int i = 0; i < 160 && judged() && !person.free(WizardStep::Probe); ++i) {
            // Next goes to the first server that is not settled.
            if (!press("next"))
                return false;
            if (!wait(settledOrWaivable, 10, "a check that may be accepted"))
                return false;
            if (!press("waive"))
                return false;
            person.type("waiverBy", QStringLiteral("Test Engineer"));
            person.type("waiverReason", QStringLiteral("a lab server is a container"));
            if (!press("waiveConfirm"))
                return false;
        }
        return next(WizardStep::Probe);
    }

    /// The mode decides what is asked of the servers, so they are probed once more.
    bool cluster(const QStringList& without) {
        if (!press("mode_small"))
            return false;
        if (!without.isEmpty() && !press("showTable"))
            return false;
        for (const QString& role : without)
            if (!takeAway(deploy::RoleId(role.toStdString())))
                return false;
        if (!judged() || !person.free(WizardStep::Topology))
            return fail(person.reasonsOf(WizardStep::Topology));
        take("cluster");
        return press("back") && press("probeAll") && probed() && accept();
    }

    /// In the table beside the drawing: Space takes the tick away.
    bool takeAway(const deploy::RoleId& role) {
        auto* table = person.find<QTableView>("drawingTable");
        const QString name = roleName(texts, role);
        for (int column = 0; column < table->model()->columnCount(); ++column) {
            if (table->model()->headerData(column, Qt::Horizontal).toString() != name)
                continue;
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                const QModelIndex cell = table->model()->index(row, column);
                if (cell.data(Qt::CheckStateRole).toInt() != Qt::Checked)
                    continue;
                table->scrollTo(cell);
                QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                                  table->visualRect(cell).center());
                QTest::keyClick(table, Qt::Key_Space);
            }
        }
        return window.draft().content().topology.hostsOf(role).empty() ||
               fail(QStringLiteral("cannot take away ") + name);
    }

    bool topology() { return next(WizardStep::Topology); }

    bool settings(const QString& virtualAddress) {
        if (!virtualAddress.isEmpty())
            person.type("virtual_address", virtualAddress);
        return next(WizardStep::Settings);
    }

    bool install() {
        QElapsedTimer longest;
        if (!next(WizardStep::Review) ||
            !wait([&] { return person.sees("questionSecretAgain"); }, 10, "the vault's question"))
            return false;
        person.type("questionSecret", QStringLiteral("canary-Vault 7"));
        person.type("questionSecretAgain", QStringLiteral("canary-Vault 7"));
        if (!press("questionChoice0"))
            return false;
        // The window is asked all the while: a frozen one answers late, and one that works, too.
        qint64 worst = 0;
        double work = 0;
        longest.start();
        double before = processorSeconds();
        const auto done = [&] {
            worst = std::max(worst, longest.restart());
            const double now = processorSeconds();
            work = std::max(work, now - std::exchange(before, now));
            return person.free(WizardStep::Install);
        };
        if (!wait(done, 1500, "the installation"))
            return fail(person.reasonsOf(WizardStep::Install));
        QTextStream(stdout) << "figure: longest pause of the window " << worst
                            << " ms; most work at once " << qint64(work * 1000)
                            << " ms of the processor" << Qt::endl;
        return next(WizardStep::Install);
    }

    bool handOver(const QString& project, const QString& expected) {
        take("hand-over");
        const QString entry = person.find<QLabel>("entryAddress")->text();
        if (!entry.contains(expected))
            return fail(QStringLiteral("no entry address"));
        const auto reports =
            QDir(project + QStringLiteral("/reports")).entryList({QStringLiteral("*.html")});
        return !reports.isEmpty() || fail(QStringLiteral("no report"));
    }
};

}  // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("finclip-deploy-test"));
    const QStringList args = QCoreApplication::arguments();
    if (args.size() < 7 || args.size() > 9) {
        QTextStream(stderr) << "usage: wizard_real_walk PROJECT BUNDLE ADDRESS[,ADDRESS...] USER "
                               "PASSWORD_FILE PICTURES [VIRTUAL_ADDRESS [ROLE,...]]"
                            << Qt::endl;
        return 2;
    }
    const QStringList addresses = args[3].split(QLatin1Char(','));
    const QString virtualAddress = args.value(7);
    const QStringList without = args.value(8).split(QLatin1Char(','), Qt::SkipEmptyParts);
    const bool several = addresses.size() > 1;
    QFile passwordFile(args[5]);
    if (!passwordFile.open(QIODevice::ReadOnly))
        return 2;
    QString password = QString::fromUtf8(passwordFile.readAll());
    while (password.endsWith(QLatin1Char('\n')))
        password.chop(1);
    Texts texts;
    Theme theme;
    const auto product = deploy::Product::load();
    if (!texts.setLanguage(QStringLiteral("zh_CN")) || !product)
        return 1;
    theme.setAppearance(Appearance::Light);
    WizardWindow window(*product, theme, texts, deploy::systemClock());
    window.show();
    // Without a window manager nobody else gives it the keyboard.
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window))
        return 1;
    QDir().mkpath(args[6]);
    Walk walk{Driver(window), window, texts, QDir(args[6])};
    const bool good = walk.begin(args[1], args[2]) && walk.servers(addresses, args[4]) &&
                      walk.login(password, several) && walk.accept() &&
                      (!several || walk.cluster(without)) && walk.topology() &&
                      walk.settings(virtualAddress) && walk.install() &&
                      walk.handOver(args[1], several ? virtualAddress : QStringLiteral("8000"));
    return good ? 0 : 1;
}
